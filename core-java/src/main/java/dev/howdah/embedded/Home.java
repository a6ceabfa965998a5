package dev.howdah.embedded;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * The folder of one user in which unpacked servers are kept and data folders live; shared by all
 * JVMs of that user, so changes to its entries happen under a file lock.
 */
final class Home {
  private static final System.Logger LOG = System.getLogger("dev.howdah.embedded");
  private static final Duration LOCK_TIMEOUT = Duration.ofMinutes(2);
  private static final SecureRandom RANDOM = new SecureRandom();

  private final Path path;
  private final boolean root;

  private Home(Path path, boolean root) {
    this.path = path;
    this.root = root;
  }

  /** Something to do while no other JVM changes the folder. */
  interface Work<T> {
    T run() throws IOException;
  }

  /** Opens the given folder, or this user's own below the temporary folder; makes it if needed. */
  static Home open(@Nullable Path directory) throws IOException {
    Path path =
        directory != null
            ? directory.toAbsolutePath().normalize()
            : Path.of(System.getProperty("java.io.tmpdir"), "howdah-embedded-" + userName())
                .toAbsolutePath();
    boolean made = make(path);
    Path probe = Files.createTempFile(path, "owner", "");
    int me = Tree.owner(probe);
    Files.delete(probe);
    boolean root = me == 0;
    if (made) {
      // Root's server runs as somebody else, who must be able to read the programs.
      Tree.permit(path, root ? "rwxr-xr-x" : "rwx------");
    } else if (directory == null && (Tree.owner(path) != me || Tree.othersMayWrite(path))) {
      // The name can be guessed, so somebody else could put their programs there for us to run.
      throw new IOException(
          path
              + " belongs to another user or others may write into it; remove it, or choose a"
              + " folder with EmbeddedOptions.withDirectory");
    }
    return new Home(path, root);
  }

  Path path() {
    return path;
  }

  /** Whether this JVM runs as root, seen from who owns the files it makes. */
  boolean root() {
    return root;
  }

  /** Runs the work while no other thread or JVM is in here. */
  <T> T locked(Work<T> work) throws IOException {
    synchronized (Home.class) {
      try (FileChannel channel =
              FileChannel.open(
                  path.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
          FileLock lock = lock(channel)) {
        assert lock.isValid();
        return work.run();
      }
    }
  }

  /** Makes the folder of one server run and marks it as in use by this JVM. */
  RunFolder newRun() throws IOException {
    return locked(
        () -> {
          removeAbandoned();
          byte[] random = new byte[8];
          RANDOM.nextBytes(random);
          Path folder =
              Files.createDirectory(path.resolve(ownPrefix() + HexFormat.of().formatHex(random)));
          Tree.permit(folder, root ? "rwxr-xr-x" : "rwx------");
          return RunFolder.occupy(folder);
        });
  }

  /**
   * Clears up after JVMs whose machine or container went away together with everything that watched
   * over the server.
   */
  private void removeAbandoned() throws IOException {
    try (DirectoryStream<Path> runs = Files.newDirectoryStream(path, "run-*")) {
      for (Path run : runs) {
        // Trying the lock of a folder of this very JVM would release it on some systems.
        if (!run.getFileName().toString().startsWith(ownPrefix()) && RunFolder.isAbandoned(run)) {
          try {
            RunFolder.endServer(run);
            Tree.delete(run);
          } catch (IOException e) {
            LOG.log(System.Logger.Level.DEBUG, "Could not remove the abandoned " + run, e);
          }
        }
      }
    }
  }

  private static FileLock lock(FileChannel channel) throws IOException {
    long end = System.nanoTime() + LOCK_TIMEOUT.toNanos();
    while (true) {
      try {
        FileLock lock = channel.tryLock();
        if (lock != null) {
          return lock;
        }
      } catch (OverlappingFileLockException e) {
        // Another class loader of this JVM holds it; the same as another JVM.
        LOG.log(System.Logger.Level.TRACE, "The lock is held in this JVM", e);
      }
      if (System.nanoTime() > end) {
        throw new IOException("another JVM holds the lock of this folder for too long");
      }
      Await.nap();
    }
  }

  private static boolean make(Path path) throws IOException {
    if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
      return false;
    }
    Path parent = path.getParent();
    if (parent != null) {
      Files.createDirectories(parent);
    }
    try {
      Files.createDirectory(path);
      return true;
    } catch (FileAlreadyExistsException e) {
      if (Files.isDirectory(path)) {
        return false; // another JVM was faster
      }
      throw e;
    }
  }

  private static String ownPrefix() {
    return "run-" + ProcessHandle.current().pid() + "-";
  }

  private static String userName() {
    return System.getProperty("user.name", "unknown").replaceAll("[^A-Za-z0-9._-]", "_");
  }
}
