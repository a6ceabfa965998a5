package dev.howdah.testing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.howdah.error.ClientException.MappingFailure;
import dev.howdah.error.ClientException.NoRow;
import dev.howdah.error.ClientException.QueryTimeout;
import dev.howdah.error.ClientException.TooManyRows;
import dev.howdah.error.ClientException.UnknownColumn;
import dev.howdah.error.ClientException.WrongArguments;
import dev.howdah.error.DataError;
import dev.howdah.error.IntegrityViolation;
import dev.howdah.error.SyntaxOrAccess;
import dev.howdah.query.CopyIn;
import dev.howdah.query.CopyOut;
import dev.howdah.query.CopyRecords;
import dev.howdah.query.Query;
import dev.howdah.row.Row;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * What every handle with verbs promises: a database, a connection, a transaction; in any language.
 */
public interface QueriesContract extends HandleUnderTest {
  /** A row of the tests. */
  record User(long userId, String name, @Nullable Integer age) {}

  private void withUsers(TestDatabase server, Consumer<BlockingQueries> test) {
    server.sql(
        "CREATE TABLE users (user_id bigint PRIMARY KEY, name text NOT NULL UNIQUE, age integer);"
            + "INSERT INTO users VALUES (1, 'Anna', 30), (2, 'Boris', NULL), (3, 'Vera', 17)");
    with(server, test);
  }

  @Test
  default void fetchGivesAllRowsInOrder(TestDatabase server) {
    withUsers(
        server,
        db -> {
          List<Row> rows = db.fetch("SELECT * FROM users ORDER BY user_id");
          assertThat(rows).hasSize(3);
          assertThat(rows.get(0).asMap())
              .containsExactly(
                  Map.entry("user_id", 1L), Map.entry("name", "Anna"), Map.entry("age", 30));
          assertThat(rows.get(1).get("age")).isNull();
          assertThat(rows.get(2)).hasToString("{user_id=3, name=Vera, age=17}");
        });
  }

  @Test
  default void fetchMapsRowsToRecords(TestDatabase server) {
    withUsers(
        server,
        db ->
            assertThat(db.fetch(User.class, "SELECT * FROM users ORDER BY user_id"))
                .containsExactly(
                    new User(1, "Anna", 30), new User(2, "Boris", null), new User(3, "Vera", 17)));
  }

  @Test
  default void fetchOfNothingIsAnEmptyList(TestDatabase server) {
    withUsers(
        server,
        db -> {
          assertThat(db.fetch("SELECT * FROM users WHERE user_id = $1", 99)).isEmpty();
          assertThat(db.fetch(User.class, "SELECT * FROM users WHERE false")).isEmpty();
        });
  }

  @Test
  default void fetchOfOneColumnMapsToSingleValues(TestDatabase server) {
    withUsers(
        server,
        db ->
            assertThat(db.fetch(Integer.class, "SELECT age FROM users ORDER BY user_id"))
                .containsExactly(30, null, 17));
  }

  @Test
  default void fetchRowGivesTheFirstOrNothing(TestDatabase server) {
    withUsers(
        server,
        db -> {
          assertThat(db.fetchRow("SELECT name FROM users ORDER BY user_id").orElseThrow())
              .hasToString("{name=Anna}");
          assertThat(db.fetchRow(User.class, "SELECT * FROM users WHERE user_id = $1", 3))
              .contains(new User(3, "Vera", 17));
          assertThat(db.fetchRow("SELECT * FROM users WHERE user_id = $1", 99)).isEmpty();
        });
  }

  @Test
  default void fetchOneWantsExactlyOneRow(TestDatabase server) {
    withUsers(
        server,
        db -> {
          assertThat(db.fetchOne(User.class, "SELECT * FROM users WHERE user_id = 2"))
              .isEqualTo(new User(2, "Boris", null));
          assertThatThrownBy(() -> db.fetchOne("SELECT * FROM users WHERE user_id = 99"))
              .isInstanceOf(NoRow.class)
              .hasMessageContaining("exactly one row");
          assertThatThrownBy(() -> db.fetchOne("SELECT * FROM users"))
              .isInstanceOf(TooManyRows.class);
        });
  }

  @Test
  default void fetchValueGivesTheFirstColumnOrNothing(TestDatabase server) {
    withUsers(
        server,
        db -> {
          assertThat(db.fetchValue(Long.class, "SELECT count(*) FROM users")).contains(3L);
          assertThat(db.fetchValue(Integer.class, "SELECT count(*) FROM users")).contains(3);
          assertThat(db.fetchValue(Integer.class, "SELECT age FROM users WHERE user_id = 2"))
              .isEmpty();
          assertThat(db.fetchValue(Integer.class, "SELECT age FROM users WHERE false")).isEmpty();
        });
  }

  @Test
  default void executeCountsTheRowsItChanged(TestDatabase server) {
    withUsers(
        server,
        db -> {
          assertThat(db.execute("UPDATE users SET age = 1 WHERE user_id <= $1", 2)).isEqualTo(2);
          assertThat(db.execute("DELETE FROM users WHERE user_id = 99")).isZero();
          assertThat(db.execute("INSERT INTO users VALUES ($1, $2, $3)", 4, "Gleb", null))
              .isEqualTo(1);
          assertThat(db.execute("CREATE TABLE other (id int)")).isZero();
        });
  }

  @Test
  default void namedParametersBindByName(TestDatabase server) {
    withUsers(
        server,
        db -> {
          assertThat(
                  db.fetch(
                      String.class,
                      "SELECT name FROM users WHERE age >= :age AND age < :age + :span"
                          + " AND name <> ':age' -- :not\n ORDER BY user_id::int",
                      Map.of("age", 17, "span", 100)))
              .containsExactly("Anna", "Vera");
          assertThatThrownBy(() -> db.fetch("SELECT :age", Map.of("agee", 1)))
              .isInstanceOf(WrongArguments.class)
              .hasMessageContaining("age");
        });
  }

  @Test
  default void wrongNumberOfArgumentsIsRefusedInWords(TestDatabase server) {
    with(
        server,
        db -> {
          assertThatThrownBy(() -> db.fetch("SELECT $1::int, $2::int", 1))
              .isInstanceOf(WrongArguments.class)
              .hasMessageContaining("the server expects 2 arguments, 1 was passed");
          assertThatThrownBy(() -> db.execute("SELECT 1", 1))
              .isInstanceOf(WrongArguments.class)
              .hasMessageContaining("the server expects 0 arguments, 1 was passed");
          assertThat(db.fetchValue(Integer.class, "SELECT 1")).contains(1);
        });
  }

  @Test
  default void aTypeThatCannotBeBoundIsNamed(TestDatabase server) {
    with(
        server,
        db ->
            assertThatThrownBy(() -> db.fetch("SELECT $1::int, $2", 1, new Object()))
                .isInstanceOf(WrongArguments.class)
                .hasMessageContaining("$2")
                .hasMessageContaining("java.lang.Object"));
  }

  @Test
  default void textWithNulIsRefusedBeforeItIsSent(TestDatabase server) {
    with(
        server,
        db ->
            assertThatThrownBy(() -> db.fetch("SELECT $1", "a\0b"))
                .isInstanceOf(WrongArguments.class)
                .hasMessageContaining("$1")
                .hasMessageContaining("NUL"));
  }

  @Test
  default void hostileTextComesBackAsItWent(TestDatabase server) {
    with(
        server,
        db -> {
          List<String> texts =
              List.of(
                  "",
                  " ",
                  "'; DROP TABLE users; --",
                  "\\' \\\\ \" $1 :name ?",
                  "quote ' double '' \"",
                  "emoji \uD83D\uDC18 Ünïcödé Ελλ мир 漢字",
                  "line\r\nbreak\ttab",
                  "NULL",
                  "{a,b}",
                  "x".repeat(10_000_000));
          for (String text : texts) {
            assertThat(db.fetchValue(String.class, "SELECT $1", text).orElseThrow())
                .isEqualTo(text);
          }
        });
  }

  @Test
  default void bytesComeBackAsTheyWent(TestDatabase server) {
    with(
        server,
        db -> {
          byte[] all = new byte[10_000_000];
          for (int i = 0; i < all.length; i++) {
            all[i] = (byte) (i * 31);
          }
          assertThat(db.fetchValue(byte[].class, "SELECT $1::bytea", (Object) all))
              .hasValueSatisfying(back -> assertThat(back).isEqualTo(all));
          assertThat(db.fetchValue(byte[].class, "SELECT $1::bytea", (Object) new byte[0]))
              .hasValueSatisfying(back -> assertThat(back).isEmpty());
        });
  }

  @Test
  default void nullTravelsBothWays(TestDatabase server) {
    with(
        server,
        db -> {
          Row row =
              db.fetchOne("SELECT $1::int AS a, $2::text AS b, $3::uuid AS c", null, null, null);
          assertThat(row.values()).containsOnlyNulls();
          assertThat(db.fetchValue(Boolean.class, "SELECT $1::int IS NULL", (Object) null))
              .contains(true);
        });
  }

  @Test
  default void duplicateColumnNamesKeepAllValues(TestDatabase server) {
    with(
        server,
        db -> {
          Row row = db.fetchOne("SELECT 1 AS a, 2 AS a, 3 AS b");
          assertThat(row.values()).containsExactly(1, 2, 3);
          assertThat(row.get(1)).isEqualTo(2);
        });
  }

  @Test
  default void unknownColumnListsTheKnownOnes(TestDatabase server) {
    withUsers(
        server,
        db ->
            assertThatThrownBy(
                    () -> db.fetchOne("SELECT * FROM users WHERE user_id = 1").get("nmae"))
                .isInstanceOf(UnknownColumn.class)
                .hasMessageContaining("nmae")
                .hasMessageContaining("user_id, name, age"));
  }

  @Test
  default void aRowThatDoesNotFitItsRecordSaysWhy(TestDatabase server) {
    withUsers(
        server,
        db -> {
          assertThatThrownBy(() -> db.fetch(User.class, "SELECT user_id, age FROM users"))
              .isInstanceOf(MappingFailure.class)
              .hasMessageContaining("name");
          assertThat(db.fetch("SELECT 1")).hasSize(1);
        });
  }

  @Test
  default void serverErrorsAreTypedAndLeaveTheHandleUsableOutsideTransactions(TestDatabase server) {
    withUsers(
        server,
        db ->
            assertThatThrownBy(() -> db.execute("INSERT INTO users VALUES ($1, $2)", 1, "again"))
                .isInstanceOfSatisfying(
                    IntegrityViolation.UniqueViolation.class,
                    duplicate -> {
                      assertThat(duplicate.sqlState()).isEqualTo("23505");
                      assertThat(duplicate.constraint()).isEqualTo("users_pkey");
                      assertThat(duplicate.table()).isEqualTo("users");
                      assertThat(duplicate.detail()).isEqualTo("Key (user_id)=(1) already exists.");
                      assertThat(duplicate.getMessage())
                          .endsWith("DETAIL:  Key (user_id)=(1) already exists.");
                      assertThat(duplicate.sql()).contains("INSERT INTO users");
                    }));
  }

  @Test
  default void errorsStartFromTheSqlState(TestDatabase server) {
    with(
        server,
        db -> {
          assertThatThrownBy(() -> db.fetch("SELECT * FROM nowhere"))
              .isInstanceOf(SyntaxOrAccess.UndefinedTable.class);
        });
    with(
        server,
        db ->
            assertThatThrownBy(() -> db.fetch("SELECT 1 / $1", 0))
                .isInstanceOf(DataError.DivisionByZero.class));
    with(
        server,
        db ->
            assertThatThrownBy(() -> db.fetch("SELEKT 1"))
                .isInstanceOf(SyntaxOrAccess.SyntaxError.class));
  }

  @Test
  default void severalStatementsNeedAScript(TestDatabase server) {
    with(
        server,
        db ->
            assertThatThrownBy(() -> db.execute("SELECT 1; SELECT 2"))
                .isInstanceOf(WrongArguments.class)
                .hasMessageContaining("executeScript"));
  }

  @Test
  default void scriptsAreAllOrNothing(TestDatabase server) {
    with(
        server,
        db -> {
          db.executeScript("CREATE TABLE a (id int); INSERT INTO a VALUES (1); -- done\n");
          assertThat(db.fetchValue(Long.class, "SELECT count(*) FROM a")).contains(1L);
        });
    with(
        server,
        db ->
            assertThatThrownBy(
                    () ->
                        db.executeScript(
                            "INSERT INTO a VALUES (2); INSERT INTO nowhere VALUES (1)"))
                .isInstanceOf(SyntaxOrAccess.UndefinedTable.class));
    assertThat(server.query("SELECT count(*) FROM a WHERE id = 2").get(0).get(0)).isEqualTo(0L);
  }

  @Test
  default void aQueryThatTakesTooLongIsStoppedOnTheServer(TestDatabase server) {
    with(
        server,
        db -> {
          assertThatThrownBy(
                  () -> db.run(Query.rows("SELECT pg_sleep(600)").timeout(Duration.ofMillis(100))))
              .isInstanceOf(QueryTimeout.class)
              .hasMessageContaining("100 ms");
        });
    // The leak check that follows every test sees that nothing runs any more.
  }

  @Test
  default void listsAndArraysBindAsArrays(TestDatabase server) {
    withUsers(
        server,
        db -> {
          assertThat(
                  db.fetch(
                      Long.class,
                      "SELECT user_id FROM users WHERE user_id = ANY($1) ORDER BY 1",
                      List.of(1, 3)))
              .containsExactly(1L, 3L);
          assertThat(
                  db.fetch(
                      Long.class,
                      "SELECT user_id FROM users WHERE name = ANY($1)",
                      (Object) new String[] {"Vera", "it's \"quoted\", {odd}"}))
              .containsExactly(3L);
          assertThat(
                  db.fetchValue(
                      List.class,
                      "SELECT $1::text[]",
                      Arrays.asList("a", null, "", "NULL", "b\\\"c,{}")))
              .contains(Arrays.asList("a", null, "", "NULL", "b\\\"c,{}"));
          assertThat(db.fetchValue(List.class, "SELECT $1::int[]", Collections.emptyList()))
              .contains(List.of());
          assertThat(db.fetchValue(int[].class, "SELECT ARRAY[1,2,3]"))
              .hasValueSatisfying(back -> assertThat(back).containsExactly(1, 2, 3));
        });
  }

  @Test
  default void jsonIsTextOrMapsAndLists(TestDatabase server) {
    with(
        server,
        db -> {
          Map<String, Object> doc = Map.of("name", "Anna", "tags", List.of("a", 1, true));
          assertThat(db.fetchValue(Map.class, "SELECT $1::jsonb", doc)).contains(doc);
          assertThat(db.fetchValue(String.class, "SELECT $1::jsonb", "{\"a\": [1, null]}"))
              .contains("{\"a\": [1, null]}");
          assertThat(db.fetchValue(List.class, "SELECT '[1, \"x\"]'::json"))
              .contains(List.of(1, "x"));
        });
  }

  /** An enum of the tests. */
  enum Mood {
    happy,
    sad
  }

  @Test
  default void enumsNeedNoRegistration(TestDatabase server) {
    server.sql("CREATE TYPE mood AS ENUM ('happy', 'sad')");
    with(
        server,
        db -> {
          assertThat(db.fetchValue(String.class, "SELECT $1::mood", Mood.sad)).contains("sad");
          assertThat(db.fetchValue(Mood.class, "SELECT 'happy'::mood")).contains(Mood.happy);
          assertThat(db.fetchValue(Mood.class, "SELECT $1::mood", "sad")).contains(Mood.sad);
        });
  }

  @Test
  default void recordsAreCopiedIn(TestDatabase server) {
    withUsers(
        server,
        db -> {
          assertThat(
                  db.copyIn(
                      CopyRecords.into("users"),
                      List.of(new User(4, "Gleb", null), new User(5, "Dina", 50))))
              .isEqualTo(2);
          assertThat(
                  db.copyIn(
                      CopyRecords.into("users").columns("name", "user_id"),
                      List.of(List.of("Emma", 6L))))
              .isEqualTo(1);
          assertThat(db.copyIn(CopyRecords.into("users"), List.of())).isZero();
          assertThat(db.fetch(User.class, "SELECT * FROM users WHERE user_id > 3 ORDER BY 1"))
              .containsExactly(
                  new User(4, "Gleb", null), new User(5, "Dina", 50), new User(6, "Emma", null));
          assertThatThrownBy(
                  () ->
                      db.copyIn(
                          CopyRecords.into("users").columns("user_id", "name", "age"),
                          List.of(List.of(7, "x", 1), List.of(8, "y", 1L << 40))))
              .isInstanceOf(WrongArguments.class)
              .hasMessageContaining("record 1 of copyIn (from 0): column 'age'");
        });
  }

  @Test
  default void bytesAreCopiedInAndOut(TestDatabase server) {
    withUsers(
        server,
        db -> {
          byte[] csv = "user_id,name,age\n4,Gleb,\n5,\"Di,na\",50\n".getBytes(UTF_8);
          assertThat(db.copyIn(CopyIn.csv("users").header(), csv)).isEqualTo(2);
          Query<?> some = Query.rows("SELECT * FROM users WHERE user_id > $1 ORDER BY 1", 3);
          assertThat(db.copyOut(CopyOut.csv(some).header())).isEqualTo(csv);
          assertThat(new String(db.copyOut(CopyOut.text("users").columns("name")), UTF_8))
              .isEqualTo("Anna\nBoris\nVera\nGleb\nDi,na\n");
        });
  }

  @Test
  default void aCopyThatFailsLeavesNothing(TestDatabase server) {
    server.sql("CREATE TABLE numbers (n int)");
    with(
        server,
        db -> {
          assertThatThrownBy(
                  () ->
                      db.transaction(
                          nested -> nested.copyIn(CopyIn.csv("numbers"), "1\nx\n".getBytes(UTF_8))))
              .isInstanceOfSatisfying(
                  DataError.InvalidTextRepresentation.class,
                  wrong ->
                      assertThat(wrong.where()).isEqualTo("COPY numbers, line 2, column n: \"x\""));
          assertThat(db.fetchValue(Long.class, "SELECT count(*) FROM numbers")).contains(0L);
        });
  }

  @Test
  default void queryValuesRunOnAnyHandle(TestDatabase server) {
    withUsers(
        server,
        db -> {
          Query<Optional<User>> vera =
              Query.row(User.class, "SELECT * FROM users WHERE name = $1", "Vera");
          assertThat(db.run(vera)).contains(new User(3, "Vera", 17));
          assertThat(db.run(vera)).contains(new User(3, "Vera", 17));
          assertThat(db.run(Query.execute("DELETE FROM users"))).isEqualTo(3L);
        });
  }
}
