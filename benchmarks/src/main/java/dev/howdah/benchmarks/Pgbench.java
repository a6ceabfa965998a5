package dev.howdah.benchmarks;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.IntFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * pgbench, PostgreSQL's own client in C that reads no answer it is not made to: what the server
 * could do if clients cost nothing. Look-ups travel a hundred in a pipeline, or a hundred keys in
 * one statement; single ones and transactions as they are.
 */
final class Pgbench implements Entrant {
  private static final Pattern RATE = Pattern.compile("(?m)^tps = ([0-9.]+) ");
  private static final int TOGETHER = 100;

  private final Contender contender;
  private final Server server;
  private final Path script;

  Pgbench(Contender contender, Server server) throws IOException {
    this.contender = contender;
    this.server = server;
    this.script = Files.createTempFile("howdah-bench-", ".sql");
  }

  @Override
  public Figures measure(Trial trial, Duration warmup, Duration time) throws IOException {
    // It has nothing to warm up, and counts whole seconds.
    int seconds = Math.max(1, (int) time.toSeconds());
    Files.writeString(script, script(contender, trial.workload()));
    double scripts = rate(run(trial, List.of("-T", Integer.toString(seconds))));
    return new Figures(scripts * unitsInScript(trial.workload()), Double.NaN);
  }

  @Override
  public void close() {
    try {
      Files.deleteIfExists(script);
    } catch (IOException e) {
      System.err.println("Could not clean up after pgbench: " + e);
    }
  }

  /** What it runs for a workload. */
  static String script(Contender contender, Workload workload) {
    return switch (workload) {
      case SINGLE -> keys(1) + lookUp(0, Accounts.LOOK_UP);
      case TRANSACTION ->
          keys(1)
              + "BEGIN;\n"
              + Ledger.UPDATE.replace("$1", "1").replace("$2", ":key0")
              + ";\n"
              + Ledger.SELECT.replace("$1", ":key0")
              + ";\n"
              + Ledger.INSERT.replace("$1", ":key0").replace("$2", "1")
              + ";\nCOMMIT;\n";
      case GATHER ->
          contender == Contender.LIMIT_PGBENCH_ANY
              ? keys(TOGETHER) + lookUpAny()
              : pipeline(index -> Accounts.LOOK_UP);
      case MIXED -> pipeline(Accounts::mixed);
      default -> throw new IllegalArgumentException("pgbench does not play " + workload);
    };
  }

  /** Scripts per second, as its last lines say. */
  static double rate(String printed) {
    Matcher found = RATE.matcher(printed);
    if (!found.find()) {
      throw new IllegalStateException("pgbench failed:\n" + printed);
    }
    return Double.parseDouble(found.group(1));
  }

  private static int unitsInScript(Workload workload) {
    return workload == Workload.GATHER || workload == Workload.MIXED ? TOGETHER : 1;
  }

  private String run(Trial trial, List<String> length) throws IOException {
    String program =
        Programs.pgbench().orElseThrow(() -> new IllegalStateException("pgbench is not here"));
    int clients = trial.workload() == Workload.SINGLE ? 1 : trial.pool();
    ProcessBuilder builder =
        new ProcessBuilder(program, "-n", "-M", "prepared", "-f", script.toString());
    builder.command().addAll(List.of("-c", Integer.toString(clients), "-j", "1"));
    builder.command().addAll(length);
    server.toEnvironment(builder.environment());
    Process process = builder.redirectErrorStream(true).start();
    process.getOutputStream().close();
    return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  private static String pipeline(IntFunction<String> sql) {
    return keys(TOGETHER)
        + "\\startpipeline\n"
        + IntStream.range(0, TOGETHER)
            .mapToObj(index -> lookUp(index, sql.apply(index)))
            .collect(Collectors.joining())
        + "\\endpipeline\n";
  }

  private static String lookUp(int index, String sql) {
    return sql.replace("$1", ":key" + index) + ";\n";
  }

  private static String lookUpAny() {
    return IntStream.range(0, TOGETHER)
        .mapToObj(index -> ":key" + index)
        .collect(
            Collectors.joining(",", Accounts.LOOK_UP.replace("$1", "ANY(ARRAY["), "]::int4[]);\n"));
  }

  private static String keys(int count) {
    return IntStream.range(0, count)
        .mapToObj(
            index ->
                String.format(Locale.ROOT, "\\set key%d random(1, %d)%n", index, Accounts.ROWS))
        .collect(Collectors.joining());
  }
}
