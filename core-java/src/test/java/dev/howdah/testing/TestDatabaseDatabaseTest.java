package dev.howdah.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@PostgresTest
class TestDatabaseDatabaseTest {
  private String prepared = "";

  @BeforeEach
  void prepare(TestDatabase database) {
    prepared = database.name();
    assertThat(database.query("SELECT count(*) FROM pg_class WHERE relname = 'mine'"))
        .isEqualTo(List.of(List.of(0L)));
    database.sql("CREATE TABLE mine (id int, name text); INSERT INTO mine VALUES (1, 'Anna')");
  }

  @Test
  void isTheSameForAllMethodsOfATest(TestDatabase database) {
    assertThat(database.name()).isEqualTo(prepared);
    assertThat(database.query("SELECT * FROM mine")).isEqualTo(List.of(List.of(1, "Anna")));
    assertThat(database.query("SELECT current_database()")).isEqualTo(List.of(List.of(prepared)));
  }

  @Test
  void isNewForEachTest(TestDatabase database) {
    try (TestDatabase other = TestDatabase.create()) {
      assertThat(other.name()).isNotEqualTo(database.name());
      assertThat(other.query("SELECT count(*) FROM pg_class WHERE relname = 'mine'"))
          .isEqualTo(List.of(List.of(0L)));
    }
  }

  @Test
  void copiesTakeWhatIsInIt(TestDatabase database) {
    try (TestDatabase copy = database.copy()) {
      copy.sql("INSERT INTO mine VALUES (2, 'Boris')");

      assertThat(copy.query("SELECT count(*) FROM mine")).isEqualTo(List.of(List.of(2L)));
      assertThat(database.query("SELECT count(*) FROM mine")).isEqualTo(List.of(List.of(1L)));
    }
  }

  @Test
  void countsTheConnectionsOfOthersOnly(TestDatabase database) throws SQLException {
    assertThat(database.connections()).isZero();
    Connection other = connect(database);
    assertThat(database.connections()).isEqualTo(1);
    other.close();
    database.requireNoConnections();
    assertThat(database.connections()).isZero();
  }

  @Test
  void namesWhatIsLeftOpenWithItsLastStatement(TestDatabase database) throws SQLException {
    try (Connection left = connect(database);
        Statement statement = left.createStatement()) {
      statement.execute("SET application_name = 'forgetful'");
      left.setAutoCommit(false);
      statement.execute("SELECT 42 AS the_last_one");

      assertThatThrownBy(() -> database.requireNoConnections(Duration.ofMillis(1)))
          .isInstanceOf(AssertionError.class)
          .hasMessageContaining("1 connections to " + database.name())
          .hasMessageContaining("(forgetful): idle in transaction")
          .hasMessageContaining("last statement: SELECT 42 AS the_last_one");
    }
  }

  @Test
  void droppingEndsTheSessionsInIt() throws SQLException {
    TestDatabase database = TestDatabase.create();
    try (Connection left = connect(database)) {
      database.close();

      assertThatThrownBy(() -> left.createStatement().execute("SELECT 1"))
          .isInstanceOf(SQLException.class);
    }
    assertThat(
            PostgresServer.shared()
                .adminQuery("SELECT 1 FROM pg_database WHERE datname = '" + database.name() + "'"))
        .isEmpty();
  }

  private static Connection connect(TestDatabase database) throws SQLException {
    return DriverManager.getConnection(
        "jdbc:postgresql://" + database.address() + "/" + database.name(),
        database.user(),
        database.password());
  }
}
