package dev.howdah.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the scoreboard tells its entrants to do, they do; those outside a JVM if they are here. */
@Tag("database")
class EntrantDatabaseTest {
  private static final int SIZE = 20;
  private static final Duration MOMENT = Duration.ofMillis(1);

  @SuppressWarnings("NullAway.Init")
  private static Server server;

  @SuppressWarnings("NullAway.Init")
  private static Tables tables;

  @BeforeAll
  static void start() {
    server = Server.givenOrEmbedded();
    tables = Tables.open(server);
  }

  @AfterAll
  static void stop() {
    tables.close();
    server.close();
  }

  static Stream<Contender> outsiders() {
    return Stream.concat(
        Stream.of(Contender.HOWDAH_JAVA),
        Arrays.stream(Contender.values()).filter(c -> !c.isJava() && c.isPresent()));
  }

  @ParameterizedTest
  @MethodSource("outsiders")
  void everyWorkloadIsMeasured(Contender contender) throws IOException {
    try (Entrant entrant = Entrant.start(contender, server)) {
      for (Workload workload : Workload.values()) {
        if (contender.plays(workload)) {
          Entrant.Figures figures = entrant.measure(small(workload), MOMENT, MOMENT);
          assertThat(figures.perSecond()).as(workload.label()).isPositive();
          assertThat(Double.isNaN(figures.bytes())).isEqualTo(!contender.isJava());
        }
      }
    }
  }

  /** Where Python has it; elsewhere nobody answers for it. */
  @Test
  void asyncpgAnswersAsTheOthersDo() throws IOException {
    if (!Contender.ASYNCPG.isPresent()) {
      assertThatThrownBy(() -> Entrant.start(Contender.ASYNCPG, server))
          .hasMessage("no Python with asyncpg is here");
      return;
    }
    tables.run("UPDATE howdah_bench_balances SET balance = 0");
    try (ContenderProcess asyncpg = ContenderProcess.start(Contender.ASYNCPG, server)) {
      for (Workload workload : Workload.values()) {
        assertThat(asyncpg.check(small(workload)))
            .as(workload.label())
            .isEqualTo(expected(small(workload)));
        if (workload.writes()) {
          assertThat(tables.number("SELECT sum(amount) FROM howdah_bench_items"))
              .as(workload.label())
              .isEqualTo(Items.of(SIZE).stream().mapToLong(Item::amount).sum());
        }
      }
    }
  }

  @Test
  void whatAContenderPrintedIsInTheError() throws IOException {
    try (Entrant entrant = Entrant.start(Contender.HOWDAH_ENGINE, server)) {
      assertThatThrownBy(() -> entrant.measure(small(Workload.UPSERT), MOMENT, MOMENT))
          .hasMessageStartingWith("HOWDAH_ENGINE failed in upsert:\n")
          .hasMessageContaining("HOWDAH_ENGINE does not play UPSERT");
    }
  }

  private static Trial small(Workload workload) {
    return switch (workload) {
      case SINGLE, START -> new Trial(workload, 1, 2);
      case FETCH_ROWS, FETCH_RECORDS, STREAM -> new Trial(workload, Accounts.ROWS, 2);
      default -> new Trial(workload, SIZE, 2);
    };
  }

  private static long expected(Trial trial) {
    return switch (trial.workload()) {
      case GATHER, MIXED, SINGLE, START, CALLERS ->
          IntStream.rangeClosed(1, trial.operations())
              .mapToLong(key -> Account.expected(key).abalance())
              .sum();
      case FETCH_ROWS, FETCH_RECORDS, STREAM ->
          IntStream.rangeClosed(1, Accounts.ROWS)
              .mapToLong(key -> Account.expected(key).checksum())
              .sum();
      case TRANSACTION, UPSERT, INSERT, INSERT_BATCH, EXECUTE_MANY, UPDATE_MANY -> SIZE;
    };
  }
}
