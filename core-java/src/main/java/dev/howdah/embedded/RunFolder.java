package dev.howdah.embedded;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.OptionalLong;

/**
 * The folder of one server run: the server's data, its log, and the lock that says that its JVM
 * lives. Only {@link #data()} belongs to the user the server runs as.
 */
final class RunFolder {
  private static final int LOG_TAIL = 4_000;

  private final Path path;
  private final FileChannel owner;

  private RunFolder(Path path, FileChannel owner) {
    this.path = path;
    this.owner = owner;
  }

  static RunFolder occupy(Path path) throws IOException {
    FileChannel owner =
        FileChannel.open(
            path.resolve("owner"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    if (owner.tryLock() == null) {
      owner.close();
      throw new IOException(path + " is in use by another JVM");
    }
    return new RunFolder(path, owner);
  }

  /** Whether the JVM that made this folder is gone. */
  static boolean isAbandoned(Path path) throws IOException {
    try (FileChannel owner = FileChannel.open(path.resolve("owner"), StandardOpenOption.WRITE);
        FileLock lock = owner.tryLock()) {
      return lock != null;
    } catch (NoSuchFileException e) {
      return true;
    }
  }

  /** Ends the server whose data is in this folder, if one still runs. */
  static void endServer(Path path) {
    pid(path.resolve("data"))
        .ifPresent(
            pid ->
                ProcessHandle.of(pid)
                    // A number may be in use again by something else since.
                    .filter(process -> process.info().command().orElse("").contains("postgres"))
                    .ifPresent(ProcessHandle::destroyForcibly));
  }

  Path path() {
    return path;
  }

  Path data() {
    return path.resolve("data");
  }

  Path log() {
    return path.resolve("server.log");
  }

  Path passwordFile() {
    return path.resolve("password");
  }

  /** The server's process number, as it wrote it. */
  OptionalLong pid() {
    return pid(data());
  }

  /** The server's process number once it has written that it takes connections. */
  OptionalLong readyPid() {
    List<String> lines = pidFile(data());
    return lines.size() >= 8 && lines.get(7).strip().equals("ready")
        ? number(lines)
        : OptionalLong.empty();
  }

  /** Where the log ends now, to read later what came after. */
  long logEnd() throws IOException {
    return Files.exists(log()) ? Files.size(log()) : 0;
  }

  /** What the server wrote after that point, its end if it is long. */
  String logSince(long position) {
    return tail(log(), position);
  }

  /** The end of a text file after a position; empty if there is none. */
  static String tail(Path file, long position) {
    try {
      byte[] bytes = Files.readAllBytes(file);
      int from = (int) Math.max(Math.min(position, bytes.length), bytes.length - LOG_TAIL);
      return new String(bytes, from, bytes.length - from, StandardCharsets.UTF_8).strip();
    } catch (IOException e) {
      return "";
    }
  }

  /** Lets others see that this JVM no longer uses the folder. */
  void leave() throws IOException {
    owner.close();
  }

  private static OptionalLong pid(Path data) {
    return number(pidFile(data));
  }

  private static OptionalLong number(List<String> pidFile) {
    try {
      return pidFile.isEmpty()
          ? OptionalLong.empty()
          : OptionalLong.of(Long.parseLong(pidFile.get(0).strip()));
    } catch (NumberFormatException e) {
      return OptionalLong.empty();
    }
  }

  private static List<String> pidFile(Path data) {
    try {
      return Files.readAllLines(data.resolve("postmaster.pid"), StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      return List.of(); // not there yet, or no longer, or being written
    }
  }
}
