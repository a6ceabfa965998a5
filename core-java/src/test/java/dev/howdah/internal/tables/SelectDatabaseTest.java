package dev.howdah.internal.tables;

import static dev.howdah.internal.tables.Cores.await;
import static dev.howdah.internal.tables.Cores.column;
import static dev.howdah.query.Clauses.anyOf;
import static dev.howdah.query.Clauses.atLeast;
import static dev.howdah.query.Clauses.between;
import static dev.howdah.query.Clauses.columns;
import static dev.howdah.query.Clauses.containedBy;
import static dev.howdah.query.Clauses.contains;
import static dev.howdah.query.Clauses.differsFrom;
import static dev.howdah.query.Clauses.greaterThan;
import static dev.howdah.query.Clauses.hasAllKeys;
import static dev.howdah.query.Clauses.hasAnyKey;
import static dev.howdah.query.Clauses.hasElement;
import static dev.howdah.query.Clauses.hasKey;
import static dev.howdah.query.Clauses.ilike;
import static dev.howdah.query.Clauses.in;
import static dev.howdah.query.Clauses.isNull;
import static dev.howdah.query.Clauses.lessThan;
import static dev.howdah.query.Clauses.like;
import static dev.howdah.query.Clauses.limit;
import static dev.howdah.query.Clauses.not;
import static dev.howdah.query.Clauses.notEq;
import static dev.howdah.query.Clauses.notIn;
import static dev.howdah.query.Clauses.orderBy;
import static dev.howdah.query.Clauses.overlaps;
import static dev.howdah.query.Clauses.sql;
import static dev.howdah.query.Clauses.where;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.howdah.error.ClientException.UnknownColumn;
import dev.howdah.query.Condition;
import dev.howdah.query.Selection;
import dev.howdah.row.Row;
import dev.howdah.schema.TableName;
import dev.howdah.testing.PostgresTest;
import dev.howdah.testing.TestDatabase;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

@PostgresTest
class SelectDatabaseTest {
  private static final TableName T = TableName.of("t");

  private static final String TABLE =
      """
      CREATE TYPE mood AS ENUM ('sad', 'ok', 'happy');
      CREATE TABLE t (id int PRIMARY KEY, name text, age int, mood mood, tags text[], moods mood[],
        doc jsonb, raw json, uid uuid, code char(4), at timestamptz, price numeric(8,2));
      INSERT INTO t VALUES
        (1, 'Anna', 20, 'happy', '{a,b}', '{ok}', '{"k": 1, "l": [1, 2]}', '{"k":1}',
          '00000000-0000-0000-0000-000000000001', 'ab', '2024-01-01Z', 1.50),
        (2, 'Ben', NULL, 'sad', '{}', '{sad,ok}', '{"m": null}', '[1]', NULL, 'cd', '2024-06-01Z', 2),
        (3, 'anton', 30, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL),
        (4, 'O''Neill \\ 100%', 40, 'ok', '{c}', '{}', '[1, 2]', '{}', NULL, 'x', '2025-01-01Z', 3)\
      """;

  private static List<?> ids(Cores db, @Nullable Object where) {
    return column(await(db.core.select(T, where, orderBy("id"))), "id");
  }

  @Test
  void conditionsFindTheRowsTheySay(TestDatabase server) {
    server.sql(TABLE);
    try (Cores db = Cores.on(server)) {
      assertThat(ids(db, null)).isEqualTo(List.of(1, 2, 3, 4));
      assertThat(ids(db, Map.of())).isEqualTo(List.of(1, 2, 3, 4));
      assertThat(ids(db, Map.of("id", 3L))).isEqualTo(List.of(3));
      assertThat(ids(db, List.of(Map.of("id", 1), Map.of("id", 3), Map.of("id", 9))))
          .isEqualTo(List.of(1, 3));
      assertThat(ids(db, List.of())).isEmpty();
      assertThat(ids(db, where("age", null))).isEqualTo(List.of(2));
      assertThat(ids(db, where("age", notEq(20)))).isEqualTo(List.of(3, 4));
      assertThat(ids(db, where("age", differsFrom(20)))).isEqualTo(List.of(2, 3, 4));
      assertThat(ids(db, not(where("age", 20)))).isEqualTo(List.of(3, 4));
      assertThat(ids(db, where("age", atLeast(20)).and("name", like("A%")))).isEqualTo(List.of(1));
      assertThat(ids(db, where("name", ilike("a%")))).isEqualTo(List.of(1, 3));
      assertThat(ids(db, where("name", "O'Neill \\ 100%"))).isEqualTo(List.of(4));
      assertThat(ids(db, where("name", like("%\\\\ 100\\%")))).isEqualTo(List.of(4));
      assertThat(ids(db, where("age", between(20, 30)))).isEqualTo(List.of(1, 3));
      assertThat(ids(db, where("age", lessThan(25)).or("age", isNull()))).isEqualTo(List.of(1, 2));
      assertThat(ids(db, where("uid", new UUID(0, 1)))).isEqualTo(List.of(1));
      assertThat(ids(db, where("code", "ab"))).isEqualTo(List.of(1));
      assertThat(ids(db, where("price", 1.5))).isEqualTo(List.of(1));
      assertThat(ids(db, where("at", greaterThan(Instant.parse("2024-05-01T00:00:00Z")))))
          .isEqualTo(List.of(2, 4));
      assertThat(ids(db, where(sql("length(name) = :n", Map.of("n", 3))))).isEqualTo(List.of(2));
      assertThat(ids(db, where("age", greaterThan(sql("(SELECT $1::int + 5)", 20)))))
          .isEqualTo(List.of(3, 4));
    }
  }

  @Test
  void listsOfValuesOfAnyType(TestDatabase server) {
    server.sql(TABLE);
    try (Cores db = Cores.on(server)) {
      assertThat(ids(db, where("id", in(1, 4, 7)))).isEqualTo(List.of(1, 4));
      assertThat(ids(db, where("id", List.of()))).isEmpty();
      assertThat(ids(db, where("id", in(Arrays.asList(1, null))))).isEqualTo(List.of(1));
      assertThat(ids(db, where("age", in(20, null)))).isEqualTo(List.of(1, 2));
      assertThat(ids(db, where("age", notIn(20)))).isEqualTo(List.of(3, 4));
      assertThat(ids(db, where("age", notIn(20, null)))).isEqualTo(List.of(3, 4));
      assertThat(ids(db, where("age", notIn()))).isEqualTo(List.of(1, 2, 3, 4));
      assertThat(ids(db, where("mood", in("happy", "ok")))).isEqualTo(List.of(1, 4));
      assertThat(ids(db, where("mood", atLeast("ok")))).isEqualTo(List.of(1, 4));
      assertThat(ids(db, where("name", in("Ben", "O'Neill \\ 100%")))).isEqualTo(List.of(2, 4));
      assertThat(ids(db, where("code", in("ab", "x")))).isEqualTo(List.of(1, 4));
      assertThat(ids(db, where("uid", List.of(new UUID(0, 1))))).isEqualTo(List.of(1));
      assertThat(ids(db, where("doc", in(List.of(1, 2), Map.of("m", 1))))).isEqualTo(List.of(4));
      assertThat(ids(db, where("raw", in(List.of(1), Map.of())))).isEqualTo(List.of(2, 4));
      assertThat(ids(db, where("tags", in(List.of("c"), List.of())))).isEqualTo(List.of(2, 4));
      List<Integer> many = new ArrayList<>();
      for (int i = 3; i < 100_000; i++) {
        many.add(i);
      }
      assertThat(ids(db, where("id", in(many)))).isEqualTo(List.of(3, 4));
    }
  }

  @Test
  void arraysAndDocuments(TestDatabase server) {
    server.sql(TABLE);
    try (Cores db = Cores.on(server)) {
      assertThat(ids(db, where("tags", List.of("a", "b")))).isEqualTo(List.of(1));
      assertThat(ids(db, where("tags", List.of()))).isEqualTo(List.of(2));
      assertThat(ids(db, where("tags", contains("b")))).isEqualTo(List.of(1));
      assertThat(ids(db, where("tags", contains(List.of("b", "a"))))).isEqualTo(List.of(1));
      assertThat(ids(db, where("tags", containedBy(List.of("c", "d"))))).isEqualTo(List.of(2, 4));
      assertThat(ids(db, where("tags", overlaps(List.of("b", "c"))))).isEqualTo(List.of(1, 4));
      assertThat(ids(db, where("tags", hasElement("c")))).isEqualTo(List.of(4));
      assertThat(ids(db, where("moods", hasElement("ok")))).isEqualTo(List.of(1, 2));
      assertThat(ids(db, where("moods", contains("sad")))).isEqualTo(List.of(2));
      assertThat(ids(db, where("doc", contains(Map.of("l", List.of(2)))))).isEqualTo(List.of(1));
      assertThat(ids(db, where("doc", List.of(1, 2)))).isEqualTo(List.of(4));
      assertThat(ids(db, where("doc", hasKey("m")))).isEqualTo(List.of(2));
      assertThat(ids(db, where("doc", hasAnyKey("m", "k")))).isEqualTo(List.of(1, 2));
      assertThat(ids(db, where("doc", hasAllKeys("l", "k")))).isEqualTo(List.of(1));
      assertThat(ids(db, where("raw", Map.of("k", 1)))).isEqualTo(List.of(1));
      assertThat(ids(db, where("raw", contains(1)))).isEqualTo(List.of(2));
    }
  }

  @Test
  void selectionsShapeTheAnswer(TestDatabase server) {
    server.sql(TABLE);
    try (Cores db = Cores.on(server)) {
      Selection names = columns("name", "id").orderBy("age").desc().nullsLast().limit(2);
      assertThat(await(db.core.select(T, null, names)).rows().stream().map(Row::values).toList())
          .isEqualTo(List.of(List.of("O'Neill \\ 100%", 4), List.of("anton", 3)));
      assertThat(column(await(db.core.select(T, null, orderBy("id").offset(2).limit(9))), "id"))
          .containsExactly(3, 4);
      assertThat(await(db.core.select(T, null, limit(0))).rows()).isEmpty();
      server.sql("UPDATE t SET age = 20 WHERE age = 30");
      assertThat(column(await(db.core.select(T, null, columns("age").distinct())), "age"))
          .containsExactlyInAnyOrder(20, 40, null);
      assertThat(await(db.core.selectOne(T, where("id", 3), null)).get("name")).isEqualTo("anton");
      assertThat(db.core.selectOne(T, where("id", 33), null).block()).isNull();
    }
  }

  @Test
  void rowsAreCounted(TestDatabase server) {
    server.sql(TABLE);
    try (Cores db = Cores.on(server)) {
      assertThat(await(db.core.count(T, null))).isEqualTo(4);
      assertThat(await(db.core.count(T, where("age", null)))).isEqualTo(1);
      assertThat(await(db.core.count(T, List.of()))).isZero();
      assertThat(await(db.core.exists(T, where("age", 40)))).isTrue();
      assertThat(await(db.core.exists(T, where("age", 41)))).isFalse();
      assertThat(await(db.core.exists(T, null))).isTrue();
    }
  }

  @RepeatedTest(5)
  void keysetPagesSeeEveryRowOnceInOrder(TestDatabase server) {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    server.sql(
        "CREATE TABLE t (id int PRIMARY KEY, a int, b text, c int NOT NULL); INSERT INTO t SELECT"
            + " i, nullif((random() * 4)::int, 0), nullif(chr(64 + (random() * 3)::int), '@'),"
            + " (random() * 3)::int FROM generate_series(1, 120) AS i");
    Selection order = orderBy(random.nextBoolean() ? "a" : "c");
    order = shaped(order, random);
    order = shaped(order.then("b"), random);
    order = shaped(order.then("id"), random);
    String first = order.toString().contains("[a") ? "a" : "c";
    try (Cores db = Cores.on(server)) {
      List<?> whole = column(await(db.core.select(T, null, order)), "id");
      List<Object> paged = new ArrayList<>();
      Selection page = order.limit(7);
      Condition all = Condition.of(null);
      while (true) {
        List<Row> rows = await(db.core.select(T, all, page)).rows();
        paged.addAll(column(rows, "id"));
        if (rows.isEmpty()) {
          break;
        }
        Row last = rows.get(rows.size() - 1);
        page = order.after(last.get(first), last.get("b"), last.get("id")).limit(7);
      }
      assertThat(paged).as("seed %d, %s", seed, order).isEqualTo(whole).hasSize(120);
    }
  }

  private static Selection shaped(Selection order, Random random) {
    Selection directed = random.nextBoolean() ? order.desc() : order.asc();
    return switch (random.nextInt(3)) {
      case 0 -> directed.nullsFirst();
      case 1 -> directed.nullsLast();
      default -> directed;
    };
  }

  @Test
  void unknownColumnsFailBeforeTheStatementIsSent(TestDatabase server) {
    server.sql(TABLE);
    try (Cores db = Cores.on(server)) {
      assertThatThrownBy(() -> ids(db, anyOf(where("id", 1), where("nmae", in()))))
          .isInstanceOf(UnknownColumn.class)
          .hasMessageContaining("no column 'nmae' in table 't'; it has: id, name")
          .extracting(failure -> ((UnknownColumn) failure).nothingWasSent())
          .isEqualTo(true);
    }
  }
}
