package dev.howdah.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.Writer;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The scoreboard's end of a contender's process: a JVM with {@link ContenderMain}, or a Python with
 * {@code asyncpg_contender.py}. It ends with {@link #close}, or with this JVM.
 */
final class ContenderProcess implements Entrant {
  private final Contender contender;
  private final Process process;
  private final Path log;
  private final Writer orders;
  private final BufferedReader answers;

  private ContenderProcess(Contender contender, ProcessBuilder builder) throws IOException {
    this.contender = contender;
    this.log = Files.createTempFile("howdah-bench-", ".log");
    this.process = builder.redirectError(log.toFile()).start();
    this.orders = process.outputWriter(StandardCharsets.UTF_8);
    this.answers = process.inputReader(StandardCharsets.UTF_8);
  }

  static ContenderProcess start(Contender contender, Server server) throws IOException {
    return new ContenderProcess(
        contender, contender.isJava() ? java(contender, server) : python(server));
  }

  /** A JVM like this one, with the same options. */
  private static ProcessBuilder java(Contender contender, Server server) {
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
    return new ProcessBuilder(command);
  }

  /** The script travels as an argument, the password in the environment. */
  private static ProcessBuilder python(Server server) throws IOException {
    String python =
        Programs.python()
            .orElseThrow(() -> new IllegalStateException("no Python with asyncpg is here"));
    ProcessBuilder builder = new ProcessBuilder(python, "-u", "-c", script());
    server.toEnvironment(builder.environment());
    return builder;
  }

  private static String script() throws IOException {
    try (InputStream script = ContenderProcess.class.getResourceAsStream("asyncpg_contender.py")) {
      if (script == null) {
        throw new IllegalStateException("asyncpg_contender.py is not on the class path");
      }
      return new String(script.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Override
  public Figures measure(Trial trial, Duration warmup, Duration time) throws IOException {
    return Figures.of(ask(trial, trial.order() + " " + warmup.toMillis() + " " + time.toMillis()));
  }

  /** Has a Python do what a trial is about once; the sum that {@link Client} would answer. */
  long check(Trial trial) throws IOException {
    return Long.parseLong(ask(trial, "CHECK " + trial.order()));
  }

  private String ask(Trial trial, String order) throws IOException {
    String answer = answer(order);
    if (answer == null) {
      List<String> said = Files.readAllLines(log);
      throw new IllegalStateException(
          contender
              + " failed in "
              + trial.workload().label()
              + ":\n"
              + String.join("\n", said.subList(Math.max(0, said.size() - 60), said.size())));
    }
    return answer;
  }

  /** Null when the process has ended. */
  private @Nullable String answer(String order) throws IOException {
    try {
      orders.write(order + "\n");
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
