package dev.howdah.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.howdah.error.ClientException.MappingFailure;
import dev.howdah.error.ClientException.QueryTimeout;
import dev.howdah.error.ClientException.UnknownColumn;
import dev.howdah.error.ClientException.WrongArguments;
import dev.howdah.error.DataError;
import dev.howdah.error.IntegrityViolation;
import dev.howdah.error.SyntaxOrAccess;
import dev.howdah.query.Query;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/**
 * What every handle promises for queries that are wrong: an error that says so, and a usable
 * handle.
 */
public interface WrongQueriesContract extends UsersUnderTest {
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
}
