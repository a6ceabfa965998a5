package dev.howdah.testing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.howdah.error.ClientException.NoRow;
import dev.howdah.error.ClientException.TooManyRows;
import dev.howdah.error.ClientException.WrongArguments;
import dev.howdah.error.DataError;
import dev.howdah.query.CopyIn;
import dev.howdah.query.CopyOut;
import dev.howdah.query.CopyRecords;
import dev.howdah.query.Query;
import dev.howdah.row.Row;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * What every handle with verbs promises: a database, a connection, a transaction; in any language.
 */
public interface QueriesContract extends ValuesContract, WrongQueriesContract {
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
