package dev.howdah;

import static dev.howdah.testing.JavaHandles.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.howdah.config.Isolation;
import dev.howdah.config.TransactionOptions;
import dev.howdah.error.ClientException.InvalidOption;
import dev.howdah.error.ClientException.TransactionState;
import dev.howdah.error.InvalidTransactionState.ReadOnlyTransaction;
import dev.howdah.row.Row;
import dev.howdah.testing.Pools;
import dev.howdah.testing.PostgresTest;
import dev.howdah.testing.TestDatabase;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Isolation × read-only × deferrable, against every default that a session can have. */
@PostgresTest
class TransactionModesDatabaseTest {
  private static final String MODES =
      "SELECT current_setting('transaction_isolation'), current_setting('transaction_read_only'),"
          + " current_setting('transaction_deferrable')";

  private static final List<@Nullable Boolean> EITHER = Arrays.asList(null, true, false);

  private static List<TransactionOptions> possible() {
    List<@Nullable Isolation> isolations = new ArrayList<>(List.of(Isolation.values()));
    isolations.add(null);
    List<TransactionOptions> all = new ArrayList<>();
    for (Isolation isolation : isolations) {
      for (Boolean readOnly : EITHER) {
        for (Boolean deferrable : EITHER) {
          try {
            all.add(new TransactionOptions(isolation, readOnly, deferrable, 0, false));
          } catch (InvalidOption withoutEffect) {
            assertThat(deferrable).isTrue();
          }
        }
      }
    }
    return all;
  }

  private static String onOff(boolean on) {
    return on ? "on" : "off";
  }

  private static List<Object> expected(
      TransactionOptions asked, Isolation isolation, boolean readOnly, boolean deferrable) {
    Isolation level = asked.isolation() == null ? isolation : asked.isolation();
    return List.of(
        level.sql().toLowerCase(Locale.ROOT),
        onOff(asked.readOnly() == null ? readOnly : asked.readOnly()),
        onOff(asked.deferrable() == null ? deferrable : asked.deferrable()));
  }

  @TestFactory
  Stream<DynamicTest> whatIsAskedForWinsAndTheSessionsDefaultFillsTheRest(TestDatabase server) {
    assertThat(possible()).hasSizeGreaterThan(30);
    return Stream.of(Isolation.values())
        .flatMap(
            isolation ->
                Stream.of(true, false)
                    .flatMap(
                        readOnly ->
                            Stream.of(true, false)
                                .map(
                                    deferrable ->
                                        dynamicTest(
                                            isolation + ", " + readOnly + ", " + deferrable,
                                            () ->
                                                against(
                                                    server, isolation, readOnly, deferrable)))));
  }

  private static void against(
      TestDatabase server, Isolation isolation, boolean readOnly, boolean deferrable) {
    String set = "ALTER DATABASE " + server.name() + " SET default_transaction_";
    server.server().admin(set + "isolation = '" + isolation.sql().toLowerCase(Locale.ROOT) + "'");
    server.server().admin(set + "read_only = " + onOff(readOnly));
    server.server().admin(set + "deferrable = " + onOff(deferrable));
    try (Database db = Pools.of(server, 1)) {
      for (TransactionOptions asked : possible()) {
        List<Object> expected = expected(asked, isolation, readOnly, deferrable);
        Row pooled = await(db.transaction(asked, tx -> tx.fetchOne(MODES)));
        assertThat(pooled.values()).as(asked.beginSql()).isEqualTo(expected);
        Row held = await(db.connection(one -> one.transaction(asked, tx -> tx.fetchOne(MODES))));
        assertThat(held.values()).as(asked.beginSql()).isEqualTo(expected);
      }
      // None of it stays behind.
      assertThat(await(db.fetchOne(MODES)).values())
          .isEqualTo(expected(TransactionOptions.defaults(), isolation, readOnly, deferrable));
    }
  }

  @Test
  void aReadOnlyDefaultIsOvercomeByAskingForWrites(TestDatabase server) {
    server.sql("CREATE TABLE t (id int)");
    server
        .server()
        .admin("ALTER DATABASE " + server.name() + " SET default_transaction_read_only = on");
    TransactionOptions writing = TransactionOptions.defaults().withReadOnly(false);
    try (Database db = Pools.of(server, 1)) {
      assertThatThrownBy(() -> await(db.execute("INSERT INTO t VALUES (1)")))
          .isInstanceOf(ReadOnlyTransaction.class);
      Long inserted = await(db.transaction(writing, tx -> tx.execute("INSERT INTO t VALUES (1)")));
      assertThat(inserted).isEqualTo(1);
    }
  }

  /** Each level keeps its promise, not only its name. */
  @Test
  void theLevelDecidesWhatASecondReadSees(TestDatabase server) {
    server.sql("CREATE TABLE t (id int)");
    try (Database db = Pools.of(server, 1)) {
      for (Isolation level : Isolation.values()) {
        server.sql("TRUNCATE t");
        Long seen =
            await(
                db.transaction(
                    TransactionOptions.defaults().withIsolation(level),
                    tx -> {
                      await(tx.fetch("SELECT * FROM t"));
                      server.sql("INSERT INTO t VALUES (1)");
                      return tx.fetchOne(Long.class, "SELECT count(*) FROM t");
                    }));
        boolean oneSnapshot = level.compareTo(Isolation.REPEATABLE_READ) >= 0;
        assertThat(seen).as(level.sql()).isEqualTo(oneSnapshot ? 0L : 1L);
      }
    }
  }

  @Test
  void aNestedTransactionCannotHaveAnotherIsolationAndBothAreNamed(TestDatabase server) {
    try (Database db = Pools.of(server, 1)) {
      for (Isolation outer : Isolation.values()) {
        for (Isolation inner : Isolation.values()) {
          CompletableFuture<Long> block =
              db.transaction(
                  TransactionOptions.defaults().withIsolation(outer),
                  tx ->
                      tx.transaction(
                          TransactionOptions.defaults().withIsolation(inner),
                          nested -> nested.execute("SELECT 1")));
          if (outer == inner) {
            assertThat(await(block)).isEqualTo(1);
          } else {
            assertThatThrownBy(() -> await(block))
                .isInstanceOf(TransactionState.class)
                .hasMessageContaining(outer.sql())
                .hasMessageContaining(inner.sql());
          }
        }
      }
    }
  }
}
