package dev.howdah.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The scoreboard's end of a contender's JVM, {@link ContenderMain}. Idle until it is told to
 * measure; used by one thread; {@link #close} ends it.
 */
final class ContenderProcess implements AutoCloseable {
  private final Contender contender;
  private final Process process;
  private final Path log;
  private final Writer orders;
  private final BufferedReader answers;

  private ContenderProcess(Contender contender, Process process, Path log) {
    this.contender = contender;
    this.process = process;
    this.log = log;
    this.orders = process.outputWriter(StandardCharsets.UTF_8);
    this.answers = process.inputReader(StandardCharsets.UTF_8);
  }

  /** Starts a JVM like this one, with the same options, that will use this server. */
  static ContenderProcess start(Contender contender, Server server) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Xmx1g");
    command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    if (server.isEmbedded()) {
      // One that was named reaches the other JVM as it reached us: by option or environment.
      command.add("-D" + Server.URL_PROPERTY + "=" + server.url());
    }
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(ContenderMain.class.getName());
    command.add(contender.name());
    Path log = Files.createTempFile("howdah-bench-", ".log");
    return new ContenderProcess(
        contender, new ProcessBuilder(command).redirectError(log.toFile()).start(), log);
  }

  /**
   * Has the contender connect, warm up, be measured and disconnect.
   *
   * @throws IllegalStateException if it fails, with the end of what it printed
   */
  Measurement measure(Workload workload, int round, int warmup, int seconds) throws IOException {
    String answer = ask(workload.name() + " " + warmup + " " + seconds + "\n");
    if (answer == null) {
      List<String> said = Files.readAllLines(log);
      throw new IllegalStateException(
          contender
              + " failed in "
              + workload.label()
              + ":\n"
              + String.join("\n", said.subList(Math.max(0, said.size() - 60), said.size())));
    }
    String[] words = answer.split(" ", -1);
    return new Measurement(
        workload, contender, round, Double.parseDouble(words[0]), Double.parseDouble(words[1]));
  }

  /** Null when the process has ended. */
  private @Nullable String ask(String order) throws IOException {
    try {
      orders.write(order);
      orders.flush();
    } catch (IOException ended) {
      return null;
    }
    return answers.readLine();
  }

  @Override
  public void close() {
    try {
      orders.close();
      process.waitFor(5, TimeUnit.SECONDS);
      Files.delete(log);
    } catch (IOException e) {
      System.err.println("Could not clean up after " + contender + ": " + e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      process.destroyForcibly();
    }
  }
}
