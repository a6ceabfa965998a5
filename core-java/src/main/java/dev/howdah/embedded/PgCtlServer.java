package dev.howdah.embedded;

import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A server under Windows, where there is no {@code sh} and only {@code pg_ctl} can start a server
 * for an administrator. A second, tiny JVM ({@link Watchdog}) ends the server and removes the
 * folder when this one is gone; where it cannot be started, a shutdown hook does what it can and
 * the next embedded server of this user clears up the rest.
 */
final class PgCtlServer extends ServerProcess {
  private static final System.Logger LOG = System.getLogger("dev.howdah.embedded");
  private static final Duration RELEASE_TIMEOUT = Duration.ofSeconds(20);

  private final Privileges privileges;
  private final @Nullable Process watchdog;
  private @Nullable Process starter;
  private @Nullable Thread hook;

  PgCtlServer(RunFolder folder, Path bin, Privileges privileges) throws IOException {
    super(folder, bin);
    this.privileges = privileges;
    privileges.own(Files.createFile(folder.log()));
    watchdog = startWatchdog();
    if (watchdog == null) {
      hook =
          new Thread(
              () -> Watchdog.clearUp(folder.path(), bin, privileges.prefix()),
              "howdah-embedded-end");
      Runtime.getRuntime().addShutdownHook(hook);
    }
  }

  @Override
  String initialise(List<String> arguments, Duration timeout) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                bin.resolve("initdb").toString(),
                "-D",
                folder.data().toString(),
                "--pwfile=" + folder.passwordFile()));
    command.addAll(arguments);
    Command.Outcome outcome = Command.run(timeout, privileges.command(command));
    return outcome.succeeded() ? "" : outcome.output();
  }

  @Override
  void launch(int port) throws IOException {
    starter =
        Command.quiet(
                pgCtl(
                    "start",
                    "-w",
                    "-l",
                    folder.log().toString(),
                    "-o",
                    String.format(Locale.ROOT, "-p %d", port)))
            .start();
  }

  @Override
  boolean hasEnded() {
    Process starting = starter;
    if (starting == null) {
      return true;
    }
    if (starting.isAlive()) {
      return false;
    }
    return starting.exitValue() != 0
        || folder.pid().stream()
            .mapToObj(ProcessHandle::of)
            .noneMatch(server -> server.filter(ProcessHandle::isAlive).isPresent());
  }

  @Override
  void ask(Stop stop) throws IOException {
    Command.quiet(pgCtl("stop", "-W", "-m", stop.mode())).start();
  }

  @Override
  void release() throws IOException {
    Process dog = watchdog;
    if (dog != null) {
      dog.getOutputStream().close();
      if (!Await.until(RELEASE_TIMEOUT, () -> !dog.isAlive())) {
        dog.destroyForcibly();
      }
    }
    Watchdog.clearUp(folder.path(), bin, privileges.prefix());
    Thread unneeded = hook;
    if (unneeded != null) {
      hook = null;
      try {
        Runtime.getRuntime().removeShutdownHook(unneeded);
      } catch (IllegalStateException e) {
        LOG.log(System.Logger.Level.TRACE, "The JVM is ending already", e);
      }
    }
  }

  private List<String> pgCtl(String... arguments) {
    List<String> command =
        new ArrayList<>(List.of(bin.resolve("pg_ctl").toString(), "-D", folder.data().toString()));
    command.addAll(List.of(arguments));
    return privileges.command(command);
  }

  private @Nullable Process startWatchdog() {
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    Path classes = ownClasses();
    if (classes == null) {
      return null;
    }
    List<String> command =
        new ArrayList<>(
            List.of(
                java.toString(),
                "-Xmx32m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                classes.toString(),
                Watchdog.class.getName(),
                folder.path().toString(),
                bin.toString()));
    command.addAll(privileges.prefix());
    try {
      return Command.quiet(command).start();
    } catch (IOException e) {
      LOG.log(
          System.Logger.Level.WARNING,
          "No second JVM to watch over the embedded server could be started; if this one crashes,"
              + " the server stays until the next embedded server is started",
          e);
      return null;
    }
  }

  /** The jar or folder this class comes from; null if it is inside another jar. */
  private static @Nullable Path ownClasses() {
    CodeSource source = PgCtlServer.class.getProtectionDomain().getCodeSource();
    URL location = source == null ? null : source.getLocation();
    if (location == null || !location.getProtocol().equals("file")) {
      return null;
    }
    try {
      Path path = Path.of(location.toURI());
      return Files.exists(path) ? path : null;
    } catch (URISyntaxException e) {
      return null;
    }
  }
}
