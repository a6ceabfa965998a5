package dev.howdah;

import static dev.howdah.testing.JavaHandles.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.howdah.config.ExplainOptions;
import dev.howdah.error.ClientException.RolledBack;
import dev.howdah.query.Query;
import dev.howdah.testing.JavaServer;
import dev.howdah.testing.PostgresTest;
import dev.howdah.testing.ServerContract;
import dev.howdah.testing.TestDatabase;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What the server tells of itself, by each handle. */
@PostgresTest
class ServerDatabaseTest {
  @Nested
  @PostgresTest
  class ADatabase implements ServerContract {
    @Override
    public void withServer(TestDatabase server, Consumer<Handle> test) {
      try (Database db = await(Database.connect(server.url()))) {
        test.accept(new JavaServer(db));
      }
    }
  }

  @Nested
  @PostgresTest
  class AConnection implements ServerContract {
    @Override
    public void withServer(TestDatabase server, Consumer<Handle> test) {
      try (Database db = await(Database.connect(server.url()));
          Connection held = await(db.acquire())) {
        test.accept(new JavaServer(held));
      }
    }
  }

  @Nested
  @PostgresTest
  class ATransaction implements ServerContract {
    @Override
    public void withServer(TestDatabase server, Consumer<Handle> test) {
      try (Database db = await(Database.connect(server.url()))) {
        await(
            db.transaction(
                tx -> {
                  test.accept(new JavaServer(tx));
                  return CompletableFuture.completedFuture("done");
                }));
      } catch (RolledBack afterAnExpectedError) {
        // The test provoked an error of the server's, which no transaction survives.
      }
    }
  }

  @Test
  void analyzingInATransactionUndoesItsOwnWorkOnly(TestDatabase server) {
    server.sql("CREATE TABLE t (n int)");
    try (Database db = await(Database.connect(server.url()))) {
      await(
          db.transaction(
              tx ->
                  tx.execute("INSERT INTO t VALUES (1)")
                      .thenCompose(
                          n -> tx.explain(ExplainOptions.analyzing(), "INSERT INTO t VALUES (2)"))
                      .thenCompose(plan -> tx.execute("INSERT INTO t VALUES (3)"))));
      assertThat(await(db.fetch(Integer.class, "SELECT n FROM t ORDER BY n")))
          .containsExactly(1, 3);
    }
  }

  @Test
  void analyzingTellsTheQuerysListenerWhatItHeard(TestDatabase server) {
    server.sql(
        """
        CREATE FUNCTION talk() RETURNS int LANGUAGE plpgsql AS $$
        BEGIN RAISE NOTICE 'talking'; RETURN 1; END $$""");
    List<String> heard = new CopyOnWriteArrayList<>();
    Query<?> query = Query.rows("SELECT talk()").onNotice(notice -> heard.add(notice.message()));
    try (Database db = await(Database.connect(server.url()))) {
      await(db.explain(query));
      assertThat(heard).isEmpty();
      await(db.explain(ExplainOptions.analyzing(), query));
      assertThat(heard).containsExactly("talking");
    }
  }
}
