package dev.howdah;

import static dev.howdah.testing.JavaHandles.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.howdah.config.DatabaseOptions;
import dev.howdah.config.ManagerOptions;
import dev.howdah.config.TransactionOptions;
import dev.howdah.error.ClientException.WrongArguments;
import dev.howdah.query.Query;
import dev.howdah.row.Row;
import dev.howdah.row.RowMapper;
import dev.howdah.testing.Backends;
import dev.howdah.testing.Pools;
import dev.howdah.testing.PostgresTest;
import dev.howdah.testing.TestDatabase;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Null where something is needed: refused at the call, before a connection is taken. */
@PostgresTest
class BadInputDatabaseTest {
  private static final String SQL = "SELECT 1";

  private interface Call<H> {
    CompletableFuture<?> on(H handle);
  }

  private record Wrong<H>(String name, Call<H> call) {}

  private static Stream<Wrong<Queries>> ofEveryHandle() {
    return Stream.of(
        new Wrong<>("execute(null)", on -> on.execute(null)),
        new Wrong<>("executeScript(null)", on -> on.executeScript(null)),
        new Wrong<>("fetch(null)", on -> on.fetch((String) null)),
        new Wrong<>("fetch(null type)", on -> on.fetch((Class<String>) null, SQL)),
        new Wrong<>("fetch(null mapper)", on -> on.fetch((RowMapper<Row>) null, SQL)),
        new Wrong<>("fetchRow(null)", on -> on.fetchRow((String) null)),
        new Wrong<>("fetchRow(null mapper)", on -> on.fetchRow((RowMapper<Row>) null, SQL)),
        new Wrong<>("fetchOne(null)", on -> on.fetchOne((String) null)),
        new Wrong<>("fetchOne(null mapper)", on -> on.fetchOne((RowMapper<Row>) null, SQL)),
        new Wrong<>("fetchValue(null)", on -> on.fetchValue(String.class, null)),
        new Wrong<>("fetchValue(null type)", on -> on.fetchValue((Class<String>) null, SQL)),
        new Wrong<>("run(null)", on -> on.run((Query<Long>) null)),
        new Wrong<>("execute of nothing", on -> on.execute("  -- nothing\n")));
  }

  private static <T> Function<T, CompletableFuture<Object>> none() {
    return null;
  }

  private static <T> Function<T, CompletableFuture<Object>> nothing() {
    return handle -> CompletableFuture.completedFuture(null);
  }

  private static Stream<Wrong<Database>> ofDatabase() {
    return Stream.of(
        new Wrong<>("gather(null)", on -> on.gather(null)),
        new Wrong<>("gather(null element)", on -> on.gather(Arrays.asList((Query<Long>) null))),
        new Wrong<>("gatherOutcomes(null)", on -> on.gatherOutcomes(null)),
        new Wrong<>("transaction(null)", on -> on.transaction(none())),
        new Wrong<>("transaction(null options)", on -> on.transaction(null, nothing())),
        new Wrong<>(
            "transaction(options, null)",
            on -> on.transaction(TransactionOptions.serializable().withRetries(3), none())),
        new Wrong<>("connection(null)", on -> on.connection(none())),
        new Wrong<>(
            "manager.transaction(null)",
            on -> DatabaseManager.of(on, ManagerOptions.of("pw")).transaction(none())));
  }

  private static <H> void requireRefused(H handle, Wrong<H> wrong) {
    assertThatThrownBy(() -> wrong.call().on(handle))
        .isInstanceOfAny(WrongArguments.class, NullPointerException.class);
  }

  @Test
  void connectingWithNullSaysWhatIsNeeded() {
    assertThatThrownBy(() -> Database.connect((String) null))
        .isInstanceOf(WrongArguments.class)
        .hasMessageContaining("needs a URL");
    assertThatThrownBy(() -> Database.connect((DatabaseOptions) null))
        .isInstanceOf(WrongArguments.class)
        .hasMessage("connect needs options, it was given null");
    assertThatThrownBy(() -> Database.open((DatabaseOptions) null))
        .isInstanceOf(WrongArguments.class)
        .hasMessage("open needs options, it was given null");
  }

  @TestFactory
  Stream<DynamicTest> theDatabaseRefusesIt(TestDatabase server) {
    Backends backends = Backends.of(server);
    return Stream.concat(
        ofEveryHandle()
            .map(
                wrong ->
                    backends.test(
                        wrong.name(), () -> onDatabase(server, db -> requireRefused(db, wrong)))),
        ofDatabase()
            .map(
                wrong ->
                    backends.test(
                        wrong.name(), () -> onDatabase(server, db -> requireRefused(db, wrong)))));
  }

  private interface Use<H> {
    void of(H handle);
  }

  private static void onDatabase(TestDatabase server, Use<Database> use) {
    try (Database db = Pools.of(server, 1)) {
      use.of(db);
      assertThat(db.status().inUse()).isZero();
      assertThat(db.status().waiting()).isZero();
      assertThat(await(db.fetchValue(Integer.class, "SELECT 42"))).contains(42);
    }
  }

  @TestFactory
  Stream<DynamicTest> aConnectionRefusesItAndGoesOn(TestDatabase server) {
    Backends backends = Backends.of(server);
    Wrong<Connection> transaction = new Wrong<>("transaction(null)", on -> on.transaction(none()));
    return Stream.concat(
            ofEveryHandle()
                .map(wrong -> new Wrong<Connection>(wrong.name(), on -> wrong.call().on(on))),
            Stream.of(transaction))
        .map(
            wrong ->
                backends.test(
                    wrong.name(),
                    () ->
                        onDatabase(
                            server,
                            db -> {
                              try (Connection held = await(db.acquire())) {
                                requireRefused(held, wrong);
                                assertThat(await(held.fetchValue(Integer.class, "SELECT 42")))
                                    .contains(42);
                              }
                            })));
  }

  @TestFactory
  Stream<DynamicTest> aTransactionRefusesItAndGoesOn(TestDatabase server) {
    Backends backends = Backends.of(server);
    Wrong<Transaction> transaction = new Wrong<>("transaction(null)", on -> on.transaction(none()));
    return Stream.concat(
            ofEveryHandle()
                .map(wrong -> new Wrong<Transaction>(wrong.name(), on -> wrong.call().on(on))),
            Stream.of(transaction))
        .map(
            wrong ->
                backends.test(
                    wrong.name(),
                    () ->
                        onDatabase(
                            server,
                            db -> {
                              CompletableFuture<Integer> block =
                                  db.transaction(
                                      tx -> {
                                        requireRefused(tx, wrong);
                                        return tx.fetchOne(Integer.class, "SELECT 42");
                                      });
                              assertThat(await(block)).isEqualTo(42);
                            })));
  }
}
