package dev.howdah;

import static dev.howdah.testing.JavaHandles.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.howdah.config.DatabaseOptions;
import dev.howdah.config.PoolOptions;
import dev.howdah.error.ClientException.WrongArguments;
import dev.howdah.testing.Eventually;
import dev.howdah.testing.PostgresTest;
import dev.howdah.testing.TestDatabase;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What futures add to explicit transactions; the rest is in the contracts. */
@PostgresTest
class ExplicitTransactionDatabaseTest {
  private static Database poolOfOne(TestDatabase server) {
    return await(
        Database.connect(
            DatabaseOptions.of(server.url()).withPool(PoolOptions.defaults().withSize(0, 1))));
  }

  @Test
  void portionsOfTwoCursorsAskedForAtOnceAreNotMixed(TestDatabase server) {
    try (Database db = poolOfOne(server);
        Transaction tx = await(db.begin())) {
      Cursor<Integer> ones = await(tx.cursor(Integer.class, "VALUES (1), (1), (1)"));
      Cursor<Integer> twos = await(tx.cursor(Integer.class, "VALUES (2), (2), (2)"));
      CompletableFuture<List<Integer>> a = ones.fetch(2);
      CompletableFuture<List<Integer>> b = twos.fetch(2);
      assertThat(await(a)).containsExactly(1, 1);
      assertThat(await(b)).containsExactly(2, 2);
      assertThat(await(ones.fetch(2))).containsExactly(1);
    }
  }

  @Test
  void aCancelledBeginHoldsNoConnection(TestDatabase server) {
    try (Database db = poolOfOne(server)) {
      Connection held = await(db.acquire());
      CompletableFuture<Transaction> begin = db.begin();
      Eventually.require("it waits", () -> db.status().waiting() == 1);
      begin.cancel(true);
      held.close();
      Eventually.require("all are back", () -> db.status().inUse() == 0);
      for (int i = 0; i < 200; i++) {
        CompletableFuture<Transaction> again = db.begin();
        if (!again.cancel(true)) {
          await(again).close(); // it was quicker, and is ours
        }
      }
      Eventually.require("all are back", () -> db.status().inUse() == 0);
      assertThat(await(db.fetchValue(Integer.class, "SELECT 42"))).contains(42);
    }
  }

  @Test
  void aCommitIsNotStoppedByItsCaller(TestDatabase server) {
    server.sql("CREATE TABLE t (id int)");
    try (Database db = poolOfOne(server)) {
      for (int i = 1; i <= 50; i++) {
        Transaction tx = await(db.begin());
        await(tx.execute("INSERT INTO t VALUES (1)"));
        tx.commit().cancel(true);
        Eventually.require("the connection is back", () -> db.status().inUse() == 0);
        assertThat(server.query("SELECT count(*) FROM t").get(0).get(0)).isEqualTo((long) i);
      }
    }
  }

  @Test
  void aSavepointThatNobodyGotIsNotInTheWay(TestDatabase server) {
    try (Database db = poolOfOne(server);
        Transaction tx = await(db.begin())) {
      for (int i = 0; i < 100; i++) {
        CompletableFuture<Savepoint> mark = tx.savepoint("mark");
        if (!mark.cancel(true)) {
          await(await(mark).release()); // it was quicker, and is ours
        }
        Eventually.require("the name is free again", () -> isFree(tx));
      }
    }
  }

  private static boolean isFree(Transaction tx) {
    try {
      await(tx.savepoint("mark").thenCompose(Savepoint::release));
      return true;
    } catch (dev.howdah.error.ClientException.TransactionState stillSet) {
      return false;
    }
  }

  @Test
  void nullIsRefusedAtTheCall(TestDatabase server) {
    try (Database db = poolOfOne(server)) {
      assertThatThrownBy(() -> db.transaction(null)).isInstanceOf(WrongArguments.class);
      assertThatThrownBy(() -> db.connection(null)).isInstanceOf(WrongArguments.class);
      assertThatThrownBy(() -> db.release(null)).isInstanceOf(WrongArguments.class);
      assertThatThrownBy(() -> db.begin(null)).isInstanceOf(WrongArguments.class);
      assertThatThrownBy(() -> db.transaction(null, tx -> tx.execute("SELECT 1")))
          .isInstanceOf(WrongArguments.class);
      assertThatThrownBy(() -> await(db.transaction(tx -> tx.savepoint(null))))
          .isInstanceOf(WrongArguments.class);
      assertThatThrownBy(() -> await(db.transaction(tx -> null)))
          .isInstanceOf(NullPointerException.class)
          .hasMessageContaining("the block returned null");
      assertThat(db.status().inUse()).isZero();
    }
  }
}
