package dev.howdah.embedded;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Runs one short program to its end; it must not leave others behind that keep its output. */
final class Command {
  private Command() {}

  /**
   * How a program ended.
   *
   * @param code its exit code, 0 for success
   * @param output what it printed, standard output and standard error together
   */
  record Outcome(int code, String output) {
    boolean succeeded() {
      return code == 0;
    }
  }

  /**
   * Runs a program and waits for it.
   *
   * @throws IOException if it cannot be started, or does not end in time (it is ended then)
   */
  static Outcome run(Duration timeout, List<String> command) throws IOException {
    Process process =
        quiet(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.PIPE)
            .start();
    process.getOutputStream().close();
    // They print a page at most, which the system keeps until we read it.
    if (!Await.until(timeout, () -> !process.isAlive())) {
      process.destroyForcibly();
      throw new IOException(command.get(0) + " did not end within " + timeout.toSeconds() + " s");
    }
    try (InputStream output = process.getInputStream()) {
      return new Outcome(
          process.exitValue(),
          new String(output.readAllBytes(), StandardCharsets.ISO_8859_1).strip());
    }
  }

  /** Prepares a program that prints nothing and is not led astray by our environment. */
  static ProcessBuilder quiet(List<String> command) {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.redirectOutput(ProcessBuilder.Redirect.DISCARD);
    builder.redirectError(ProcessBuilder.Redirect.DISCARD);
    Map<String, String> environment = builder.environment();
    // PGDATA, PGPORT, PGTZ and the like would change what the programs do.
    new ArrayList<>(environment.keySet())
        .stream().filter(name -> name.startsWith("PG")).forEach(environment::remove);
    environment.put("LC_ALL", "C");
    environment.remove("LANGUAGE");
    return builder;
  }
}
