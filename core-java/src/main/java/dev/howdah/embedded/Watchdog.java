package dev.howdah.embedded;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The program of the second JVM that {@link PgCtlServer} starts: it waits until the first one is
 * gone, ends the server and removes its folder.
 */
final class Watchdog {
  private static final System.Logger LOG = System.getLogger("dev.howdah.embedded");
  private static final Duration STOP_TIMEOUT = Duration.ofSeconds(20);
  private static final Duration DELETE_TIMEOUT = Duration.ofSeconds(10);

  private Watchdog() {}

  /** Arguments: the run folder, the folder of the server's programs, what drops root's rights. */
  public static void main(String[] arguments) throws IOException {
    // The system closes our input when the JVM that started us is gone, however it went.
    System.in.transferTo(OutputStream.nullOutputStream());
    clearUp(
        Path.of(arguments[0]),
        Path.of(arguments[1]),
        Arrays.asList(arguments).subList(2, arguments.length));
  }

  /** Ends the server of this folder if it runs, and removes the folder; never fails. */
  static void clearUp(Path folder, Path bin, List<String> prefix) {
    Path data = folder.resolve("data");
    try {
      if (Files.exists(data.resolve("postmaster.pid"))) {
        List<String> stop = new ArrayList<>(prefix);
        stop.addAll(
            List.of(
                bin.resolve("pg_ctl").toString(),
                "-D",
                data.toString(),
                "stop",
                "-m",
                "immediate"));
        Command.run(STOP_TIMEOUT, stop);
      }
    } catch (IOException e) {
      LOG.log(System.Logger.Level.DEBUG, "Could not stop the server in " + folder, e);
    }
    // Windows keeps files in use for a moment after their process has ended.
    Await.until(DELETE_TIMEOUT, () -> deleted(folder));
  }

  private static boolean deleted(Path folder) {
    try {
      Tree.delete(folder);
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
