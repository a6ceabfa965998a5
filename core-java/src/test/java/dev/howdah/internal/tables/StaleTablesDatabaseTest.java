package dev.howdah.internal.tables;

import static dev.howdah.internal.tables.Cores.await;
import static dev.howdah.internal.tables.Cores.column;
import static dev.howdah.internal.tables.Cores.finish;
import static dev.howdah.query.Clauses.columns;
import static dev.howdah.query.Clauses.in;
import static dev.howdah.query.Clauses.onConflict;
import static dev.howdah.query.Clauses.set;
import static dev.howdah.query.Clauses.where;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.howdah.config.ManagerOptions;
import dev.howdah.config.TransactionOptions;
import dev.howdah.error.ClientException.UnknownColumn;
import dev.howdah.error.ClientException.UnknownTable;
import dev.howdah.error.ClientException.WrongArguments;
import dev.howdah.error.DataError.InvalidTextRepresentation;
import dev.howdah.internal.engine.CopyCall;
import dev.howdah.internal.engine.CopyFeed;
import dev.howdah.internal.engine.Elements;
import dev.howdah.internal.engine.Engine;
import dev.howdah.internal.type.Codecs;
import dev.howdah.query.CopySql;
import dev.howdah.query.ManyQuery;
import dev.howdah.query.Query;
import dev.howdah.row.RowSet;
import dev.howdah.schema.Column;
import dev.howdah.schema.CreateTable;
import dev.howdah.schema.TableName;
import dev.howdah.testing.PostgresTest;
import dev.howdah.testing.TestDatabase;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** What is known of a table is read once, and again after somebody has changed it. */
@PostgresTest
class StaleTablesDatabaseTest {
  private static final TableName T = TableName.of("t");

  /** Counts how often the catalog is read. */
  private static final class Counting implements Engine {
    private final Engine engine;
    final AtomicInteger readings = new AtomicInteger();

    Counting(Engine engine) {
      this.engine = engine;
    }

    @Override
    public Mono<RowSet> run(Query<?> query) {
      if (query.sql().contains("to_regclass")) {
        readings.incrementAndGet();
      }
      return engine.run(query);
    }

    @Override
    public Mono<Void> script(String sql, @Nullable Duration timeout) {
      return engine.script(sql, timeout);
    }

    @Override
    public Mono<RowSet> many(ManyQuery query, Elements elements) {
      return engine.many(query, elements);
    }

    @Override
    public Mono<Long> copyIn(CopyCall call, Mono<CopyFeed> feed) {
      return engine.copyIn(call, feed);
    }

    @Override
    public Mono<Long> copyOut(
        CopyCall call, CopySql statement, Function<ByteBuffer, Mono<Void>> consumer) {
      return engine.copyOut(call, statement, consumer);
    }

    @Override
    public Codecs codecs() {
      return engine.codecs();
    }

    @Override
    public Mono<Pages> stream(Query<?> query) {
      return engine.stream(query);
    }

    @Override
    public Mono<Scope> begin(TransactionOptions options, EndedBy endedBy) {
      return engine.begin(options, endedBy);
    }
  }

  @Test
  void aTableIsReadOnceForAllCallers(TestDatabase server) {
    server.sql("CREATE TABLE t (id int PRIMARY KEY)");
    try (Cores db = Cores.on(server)) {
      Counting counting = new Counting(db.engine);
      TablesCore core = new TablesCore(counting, ManagerOptions.of("x"), Cores.SCHEDULER);
      await(
          Flux.range(0, 200)
              .flatMap(i -> core.insert(T, List.of(Map.of("id", i)), null), 50)
              .collectList());
      assertThat(await(core.count(T, null))).isEqualTo(200);
      assertThat(counting.readings).hasValue(1);
      assertThatThrownBy(() -> await(core.count(T, where("nope", 1))))
          .isInstanceOf(UnknownColumn.class);
      assertThat(counting.readings).hasValue(2);
    }
  }

  @Test
  void columnsAddedRenamedAndDroppedByOthersAreNoticed(TestDatabase server) {
    server.sql("CREATE TABLE t (id int PRIMARY KEY, name text)");
    try (Cores db = Cores.on(server)) {
      db.insert("t", List.of(Map.of("id", 1, "name", "a")));
      server.sql("ALTER TABLE t ADD COLUMN age int");
      assertThat(db.insert("t", List.of(Map.of("id", 2, "age", 5)))).isEqualTo(1);
      server.sql("ALTER TABLE t RENAME COLUMN age TO years");
      assertThat(await(db.core.update(T, where("years", 5), set("years", 6)))).isEqualTo(1);
      server.sql("ALTER TABLE t DROP COLUMN name");
      assertThatThrownBy(() -> db.insert("t", List.of(Map.of("id", 3, "name", "x"))))
          .isInstanceOf(UnknownColumn.class)
          .hasMessageContaining("it has: id, years");
      assertThat(await(db.core.select(T, null, columns("years"))).rows()).hasSize(2);
    }
  }

  @Test
  void typesChangedByOthersAreNoticed(TestDatabase server) {
    server.sql(
        "CREATE TYPE mood AS ENUM ('a'); CREATE TABLE t (id int PRIMARY KEY, v text, m mood)");
    try (Cores db = Cores.on(server)) {
      db.insert("t", List.of(Map.of("id", 1, "v", "1", "m", "a"), Map.of("id", 2, "v", "2")));
      server.sql("ALTER TABLE t ALTER id TYPE bigint");
      assertThat(db.insert("t", List.of(Map.of("id", 1L << 40), Map.of("id", 1L << 41))))
          .isEqualTo(2);
      server.sql("ALTER TABLE t ALTER v TYPE int USING v::int");
      assertThat(column(db.select("t", where("v", in("2", "3"))), "id")).containsExactly(2L);
      server.sql(
          "ALTER TABLE t DROP m; DROP TYPE mood; CREATE TYPE mood AS ENUM ('a', 'b');"
              + " ALTER TABLE t ADD m mood");
      assertThat(db.insert("t", List.of(Map.of("id", 8, "m", "b"), Map.of("id", 9, "m", "a"))))
          .isEqualTo(2);
      assertThat(column(db.select("t", where("m", in("b"))), "id")).containsExactly(8L);
    }
  }

  @Test
  void valuesThatAColumnRefusedAreSentOnceMoreIfItsTypeWasChanged(TestDatabase server) {
    server.sql("CREATE TABLE t (id int, n int)");
    try (Cores db = Cores.on(server)) {
      Counting counting = new Counting(db.engine);
      TablesCore core = new TablesCore(counting, ManagerOptions.of("x"), Cores.SCHEDULER);
      await(core.insert(T, List.of(Map.of("id", 1, "n", 1)), null));
      assertThatThrownBy(() -> await(core.insert(T, List.of(Map.of("n", "abc")), null)))
          .isInstanceOf(InvalidTextRepresentation.class);
      assertThat(counting.readings).hasValue(2);
      server.sql("ALTER TABLE t ALTER n TYPE text");
      assertThat(await(core.insert(T, List.of(Map.of("id", 2, "n", "abc")), null))).isEqualTo(1);
      assertThat(counting.readings).hasValue(3);
      assertThat(await(core.update(T, where("id", 1), set("n", "x")))).isEqualTo(1);
    }
  }

  @Test
  void keysAddedAndDroppedByOthersAreNoticed(TestDatabase server) {
    server.sql("CREATE TABLE t (id int, n int)");
    try (Cores db = Cores.on(server)) {
      List<Map<String, Integer>> record = List.of(Map.of("id", 1, "n", 1));
      assertThatThrownBy(() -> db.upsert("t", record, onConflict("id")))
          .isInstanceOf(WrongArguments.class)
          .hasMessageContaining("nothing");
      server.sql("ALTER TABLE t ADD CONSTRAINT k UNIQUE (id)");
      assertThat(db.upsert("t", record, onConflict("id"))).isEqualTo(1);
      server.sql("ALTER TABLE t DROP CONSTRAINT k");
      assertThatThrownBy(() -> db.upsert("t", record, onConflict("id")))
          .isInstanceOf(WrongArguments.class);
    }
  }

  @Test
  void tablesDroppedAndMadeAgainAreNoticed(TestDatabase server) {
    server.sql("CREATE TABLE t (id int PRIMARY KEY)");
    try (Cores db = Cores.on(server)) {
      db.insert("t", List.of(Map.of("id", 1)));
      server.sql("DROP TABLE t");
      assertThatThrownBy(() -> db.select("t", null))
          .isInstanceOf(UnknownTable.class)
          .hasMessageContaining("'t'");
      server.sql("CREATE TABLE t (name text)");
      assertThat(db.insert("t", List.of(Map.of("name", "x")))).isEqualTo(1);
      finish(db.core.dropTable(T, Cores.PASSWORD));
      await(db.core.createTable(CreateTable.of(T, Column.uuid("u"))));
      assertThatThrownBy(() -> db.insert("t", List.of(Map.of("name", "x"))))
          .isInstanceOf(UnknownColumn.class)
          .hasMessageContaining("it has: u");
    }
  }

  @Test
  void viewsAreWrittenThroughAndTheServerJudgesTheirKeys(TestDatabase server) {
    server.sql(
        "CREATE TABLE base (id int PRIMARY KEY, n int DEFAULT 3); CREATE VIEW t AS SELECT * FROM"
            + " base");
    try (Cores db = Cores.on(server)) {
      assertThat(db.upsert("t", List.of(Map.of("id", 1), Map.of("id", 2)), onConflict("id")))
          .isEqualTo(2);
      assertThat(db.upsert("t", List.of(Map.of("id", 1, "n", 9)), onConflict("id"))).isEqualTo(1);
      assertThat(await(db.core.count(T, where("n", in(3, 9))))).isEqualTo(2);
    }
  }

  @Test
  void whatATransactionLearnsStaysThereUntilItIsCommitted(TestDatabase server) {
    server.sql("CREATE TABLE t (id int PRIMARY KEY)");
    try (Cores db = Cores.on(server)) {
      db.insert("t", List.of(Map.of("id", 1)));
      Mono<Long> undone =
          db.engine.inTransaction(
              TransactionOptions.defaults(),
              scope -> {
                TablesCore inside = db.core.on(scope);
                TableName fresh = TableName.of("fresh");
                return inside
                    .insert(T, List.of(Map.of("id", 2)), null)
                    .then(inside.createTable(CreateTable.of(fresh, Column.text("x"))))
                    .then(inside.insert(fresh, List.of(Map.of("x", "y")), null))
                    .then(scope.script("ALTER TABLE t ADD COLUMN more int"))
                    .then(inside.update(T, where("id", 2), set("more", 1)))
                    .flatMap(n -> Mono.error(new IllegalStateException("undo " + n)));
              });
      assertThatThrownBy(() -> await(undone)).hasMessage("undo 1");
      assertThatThrownBy(() -> db.select("fresh", null)).isInstanceOf(UnknownTable.class);
      assertThatThrownBy(() -> db.select("t", where("more", 1))).isInstanceOf(UnknownColumn.class);
      assertThat(column(db.select("t", null), "id")).containsExactly(1);
    }
  }
}
