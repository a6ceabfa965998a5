package dev.howdah.testing;

import static dev.howdah.testing.DatabaseUnderTest.poolOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.howdah.config.TransactionOptions;
import dev.howdah.error.ClientException.TransactionState;
import dev.howdah.error.DataError;
import dev.howdah.error.TransactionRollback;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the retries of a transaction promise: the whole block, a bounded number of times. */
public interface RetryContract extends DatabaseUnderTest {
  private void withTries(TestDatabase server, Consumer<BlockingDatabase> test) {
    server.sql("CREATE TABLE tries (n int); INSERT INTO tries VALUES (0)");
    onDatabase(poolOf(server, 4), test);
  }

  private static void fail(BlockingQueries tx, String sqlState) {
    tx.execute("DO $$ BEGIN RAISE EXCEPTION 'conflict' USING ERRCODE = '" + sqlState + "'; END $$");
  }

  @ParameterizedTest
  @ValueSource(strings = {"40001", "40P01"})
  default void theWholeBlockRunsAgain(String sqlState, TestDatabase server) {
    withTries(
        server,
        db -> {
          AtomicInteger runs = new AtomicInteger();
          long changed =
              db.transaction(
                  TransactionOptions.serializable().withRetries(3),
                  tx -> {
                    long rows = tx.execute("UPDATE tries SET n = n + 1");
                    if (runs.incrementAndGet() < 3) {
                      fail(tx, sqlState);
                    }
                    return rows;
                  });
          assertThat(changed).isEqualTo(1);
          assertThat(runs).hasValue(3);
          assertThat(db.fetchValue(Integer.class, "SELECT n FROM tries")).contains(1);
        });
  }

  @Test
  default void retriesAreBoundedAndTheLastFailureArrives(TestDatabase server) {
    withTries(
        server,
        db -> {
          AtomicInteger runs = new AtomicInteger();
          assertThatThrownBy(
                  () ->
                      db.transaction(
                          TransactionOptions.defaults().withRetries(2),
                          tx -> {
                            runs.incrementAndGet();
                            fail(tx, "40001");
                            return "never";
                          }))
              .isInstanceOf(TransactionRollback.SerializationFailure.class);
          assertThat(runs).hasValue(3);
        });
  }

  @Test
  default void otherFailuresAreNotRetried(TestDatabase server) {
    withTries(
        server,
        db -> {
          AtomicInteger runs = new AtomicInteger();
          assertThatThrownBy(
                  () ->
                      db.transaction(
                          TransactionOptions.defaults().withRetries(5),
                          tx -> {
                            runs.incrementAndGet();
                            return tx.fetchOne("SELECT 1 / $1", 0);
                          }))
              .isInstanceOf(DataError.DivisionByZero.class);
          assertThat(runs).hasValue(1);
        });
  }

  @Test
  default void aConflictThatShowsAtCommitIsRetriedToo(TestDatabase server) {
    withTries(
        server,
        db -> {
          server.sql(
              "CREATE SEQUENCE commits;"
                  + " CREATE FUNCTION conflict() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
                  + " IF nextval('commits') < 3 THEN"
                  + " RAISE EXCEPTION 'conflict' USING ERRCODE = '40001'; END IF;"
                  + " RETURN NULL; END $$;"
                  + " CREATE CONSTRAINT TRIGGER late AFTER UPDATE ON tries"
                  + " DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION conflict()");
          AtomicInteger runs = new AtomicInteger();
          db.transaction(
              TransactionOptions.defaults().withRetries(5),
              tx -> {
                runs.incrementAndGet();
                return tx.execute("UPDATE tries SET n = n + 1");
              });
          assertThat(runs).hasValue(3);
          assertThat(db.fetchValue(Integer.class, "SELECT n FROM tries")).contains(1);
        });
  }

  @Test
  default void twoThatWouldSkewWritesBothSucceedInTheEnd(TestDatabase server) {
    withTries(
        server,
        db -> {
          CompletableFuture<Void> bothHaveRead = new CompletableFuture<>();
          AtomicInteger runs = new AtomicInteger();
          Runnable readThenAdd =
              () ->
                  db.transaction(
                      TransactionOptions.serializable().withRetries(5),
                      tx -> {
                        long rows = tx.fetchOne(Long.class, "SELECT count(*) FROM tries");
                        if (runs.incrementAndGet() == 2) {
                          bothHaveRead.complete(null);
                        }
                        // A wait that lets the executor go on with another thread.
                        bothHaveRead.join();
                        return tx.execute("INSERT INTO tries VALUES ($1)", rows);
                      });
          CompletableFuture<Void> other = CompletableFuture.runAsync(readThenAdd);
          readThenAdd.run();
          other.join();
          assertThat(runs).hasValueGreaterThan(2);
          assertThat(db.fetch(Integer.class, "SELECT n FROM tries ORDER BY n"))
              .containsExactly(0, 1, 2);
        });
  }

  @Test
  default void retriesGoWithAWholeBlockOnly(TestDatabase server) {
    withTries(
        server,
        db -> {
          TransactionOptions retrying = TransactionOptions.serializable().withRetries(2);
          assertThatThrownBy(() -> db.begin(retrying))
              .isInstanceOf(TransactionState.class)
              .hasMessageContaining("retries");
          assertThatThrownBy(
                  () -> db.transaction(tx -> tx.transaction(retrying, nested -> "never")))
              .isInstanceOf(TransactionState.class);
        });
  }
}
