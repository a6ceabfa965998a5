package dev.howdah;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.howdah.config.DatabaseOptions;
import dev.howdah.error.ClientException.ConnectFailure;
import dev.howdah.error.ClientException.MappingFailure;
import dev.howdah.error.DatabaseException;
import dev.howdah.error.IntegrityViolation.UniqueViolation;
import dev.howdah.error.OperatorIntervention.AdminShutdown;
import dev.howdah.error.ServerException;
import dev.howdah.error.SyntaxOrAccess.SyntaxError;
import dev.howdah.error.SyntaxOrAccess.UndefinedColumn;
import dev.howdah.error.UndefinedDatabase;
import dev.howdah.error.UnknownServerError;
import dev.howdah.observe.ParameterDisplay;
import dev.howdah.testing.PostgresTest;
import dev.howdah.testing.TestDatabase;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

/** What a real server's errors look like when they arrive. */
@PostgresTest
class ErrorsDatabaseTest {

  private static <E extends DatabaseException> E failure(
      Class<E> type, CompletableFuture<?> future) {
    CompletionException thrown = catchThrowableOfType(CompletionException.class, future::join);
    assertThat(thrown).isNotNull();
    assertThat(thrown.getCause()).isInstanceOf(type);
    return type.cast(thrown.getCause());
  }

  private static ServerException serverFailure(CompletableFuture<?> future) {
    return failure(ServerException.class, future);
  }

  @Test
  void theLineOfTheStatementIsShown(TestDatabase server) {
    try (Database db = Database.connect(server.url()).join()) {
      assertThat(serverFailure(db.fetch("SELECT 1,\n\t'é😀' AS x, nope\nFROM pg_class")))
          .isInstanceOf(UndefinedColumn.class)
          .hasMessage(
              """
              column "nope" does not exist
              LINE 2:  'é😀' AS x, nope
              %s^\
              """,
              " ".repeat(8 + 13));
      assertThat(serverFailure(db.execute("\n-- why\n  SELEC 1;\n")))
          .isInstanceOf(SyntaxError.class)
          .hasMessage("syntax error at or near \"SELEC\"\nLINE 3:   SELEC 1;\n          ^");
      assertThat(serverFailure(db.execute("SELECT (1 +")))
          .hasMessage("syntax error at end of input\nLINE 1: SELECT (1 +\n                   ^");
    }
  }

  @Test
  void positionIsInTheTextThatIsSentWithOrWithoutParameters(TestDatabase server) {
    try (Database db = Database.connect(server.url()).join()) {
      ServerException named =
          serverFailure(
              db.fetch(
                  "\n /* :no */ SELECT :first::int, :longer_name::int, nope ; -- end",
                  Map.of("first", 1, "longer_name", 2)));
      assertThat(named.getMessage())
          .startsWith(
              "column \"nope\" does not exist\nLINE 2:  /* :no */ SELECT $1::int, $2::int, nope");
      assertThat(named.sql()).isEqualTo("\n /* :no */ SELECT $1::int, $2::int, nope   -- end");
      assertThat(named.sql().substring(named.position() - 1)).startsWith("nope");

      ServerException numbered = serverFailure(db.fetch("  SELECT $1::int,\n nope", 1));
      assertThat(numbered.getMessage()).endsWith("\nLINE 2:  nope\n         ^");
      // Again, when the driver might have the statement in its cache.
      assertThat(serverFailure(db.fetch("  SELECT $1::int,\n nope", 1)))
          .hasMessage(numbered.getMessage());
    }
  }

  @Test
  void scriptsShowTheLineOfTheWholeText(TestDatabase server) {
    try (Database db = Database.connect(server.url()).join()) {
      assertThat(serverFailure(db.executeScript("SELECT 1;\nSELECT 2;\nSELECT nope;")))
          .hasMessage("column \"nope\" does not exist\nLINE 3: SELECT nope;\n               ^");
    }
  }

  @Test
  void aFunctionsQueryIsShownWithItsOwnLine(TestDatabase server) {
    server.sql(
        "CREATE FUNCTION f() RETURNS int LANGUAGE plpgsql AS"
            + " 'BEGIN RETURN (SELECT nope FROM pg_class); END'");
    try (Database db = Database.connect(server.url()).join()) {
      ServerException failure = serverFailure(db.fetch("SELECT f()"));
      assertThat(failure.getMessage())
          .startsWith("column \"nope\" does not exist\nLINE 1: ")
          .contains("SELECT nope FROM pg_class")
          .contains("\nQUERY:  ");
      String[] lines = failure.getMessage().split("\n");
      assertThat(lines[1].substring(lines[2].indexOf('^'))).startsWith("nope");
      assertThat(failure.internalQuery()).contains("SELECT nope FROM pg_class");
      assertThat(failure.internalPosition()).isPositive();
      assertThat(failure.toString()).contains("\n  SQL:    SELECT f()\n  QUERY:  ");
      assertThat(failure.where()).contains("PL/pgSQL function f()");
      assertThat(failure.toString()).doesNotContain("PL/pgSQL function");
    }
  }

  @Test
  void everyFieldArrives(TestDatabase server) {
    try (Database db = Database.connect(server.url()).join()) {
      ServerException failure =
          serverFailure(
              db.execute(
                  "DO $$BEGIN RAISE EXCEPTION 'it failed' USING ERRCODE = 'ZZ999', DETAIL = 'd',"
                      + " HINT = 'h', SCHEMA = 's', TABLE = 't', COLUMN = 'c', DATATYPE = 'y',"
                      + " CONSTRAINT = 'k'; END$$"));
      assertThat(failure).isExactlyInstanceOf(UnknownServerError.class);
      assertThat(failure.isOfClass("ZZ")).isTrue();
      assertThat(failure.severity()).isEqualTo("ERROR");
      assertThat(failure.getMessage()).isEqualTo("it failed\nDETAIL:  d\nHINT:  h");
      assertThat(
              List.of(
                  failure.schema(),
                  failure.table(),
                  failure.column(),
                  failure.dataType(),
                  failure.constraint()))
          .containsExactly("s", "t", "c", "y", "k");
      assertThat(failure.report().file()).isEqualTo("pl_exec.c");
      assertThat(failure.report().line()).isPositive();
      assertThat(failure.report().routine()).isEqualTo("exec_stmt_raise");
      assertThat(failure.toString())
          .contains("SQLSTATE ZZ999, table s.t, column c, type y, constraint k, connection ");
    }
  }

  private static String duplicate(TestDatabase server, ParameterDisplay display, boolean held) {
    DatabaseOptions options =
        DatabaseOptions.builder().url(server.url()).parameterDisplay(display).build();
    try (Database db = Database.connect(options).join()) {
      String sql = "INSERT INTO users VALUES (:id, :name)";
      Map<String, Object> user = Map.of("id", 1, "name", "O'Hara " + "x".repeat(100));
      CompletableFuture<Long> inserted =
          held ? db.transaction(tx -> tx.execute(sql, user)) : db.execute(sql, user);
      return failure(UniqueViolation.class, inserted).toString();
    }
  }

  @Test
  void parametersAreShownOnlyWhenAskedFor(TestDatabase server) {
    server.sql("CREATE TABLE users (id int PRIMARY KEY, name text); INSERT INTO users VALUES (1)");
    for (boolean held : new boolean[] {false, true}) {
      assertThat(duplicate(server, ParameterDisplay.HIDDEN, held))
          .contains("SQL:    INSERT INTO users VALUES ($1, $2)")
          .doesNotContain("PARAMS", "Hara");
      assertThat(duplicate(server, ParameterDisplay.SHORT, held))
          .contains("PARAMS: $1 = '1', $2 = 'O''Hara " + "x".repeat(53) + "…'\n");
      assertThat(duplicate(server, ParameterDisplay.FULL, held))
          .contains("PARAMS: $1 = '1', $2 = 'O''Hara " + "x".repeat(100) + "'\n");
    }
  }

  @Test
  void aBatchShowsTheParametersOfTheElementThatFailed(TestDatabase server) {
    server.sql("CREATE TABLE users (id int PRIMARY KEY, name text); INSERT INTO users VALUES (3)");
    DatabaseOptions options =
        DatabaseOptions.builder()
            .url(server.url())
            .parameterDisplay(ParameterDisplay.SHORT)
            .build();
    try (Database db = Database.connect(options).join()) {
      List<List<Object>> users =
          List.of(List.of(1, "Anna"), List.of(2, "Boris"), List.of(3, "Clara"), List.of(4, "Doe"));
      ServerException failure =
          serverFailure(db.executeMany("INSERT INTO users VALUES ($1, $2)", users));
      assertThat(failure.parameters()).isEqualTo("$1 = '3', $2 = 'Clara'");
    }
  }

  @Test
  void noPartOfAFailureShowsAPassword(TestDatabase server) {
    try (Database db = Database.connect(server.url()).join()) {
      for (String sql :
          List.of(
              "ALTER ROLE postgres PASSWORD 'S3cret' NOPE",
              "ALTER ROLE postgres PASSWORD $x$S3cret$x$ NOPE",
              "CREATE ROLE x PASSWORD 'S3cret' NOPE PASSWORD 'S3cret'")) {
        ServerException failure = serverFailure(db.execute(sql));
        assertThat(failure.getMessage()).contains("PASSWORD '***' NOPE").doesNotContain("S3cret");
        assertThat(failure.toString()).doesNotContain("S3cret");
        String[] lines = failure.getMessage().split("\n");
        assertThat(lines[1].substring(lines[2].indexOf('^'))).startsWith("NOPE");
      }
    }
  }

  @Test
  void aFailureOfALongStatementStaysSmall(TestDatabase server) {
    try (Database db = Database.connect(server.url()).join()) {
      String sql =
          "SELECT '" + "é".repeat(500_000) + "', nope, '" + "z".repeat(500_000) + "' FROM pg_class";
      ServerException failure = serverFailure(db.fetch(sql));
      assertThat(failure.getMessage()).contains("é', nope, 'zz").hasSizeLessThan(300);
      assertThat(failure.toString()).hasSizeLessThan(1_200);
      assertThat(failure.sql()).hasSizeLessThan(600).endsWith("characters)");
      assertThat(failure.position()).isEqualTo(8 + 500_000 + 4);
    }
  }

  @Test
  void aRefusedLoginSentNothing(TestDatabase server) {
    ServerException failure =
        serverFailure(Database.connect(server.url().replace(server.name(), "no_such_database")));
    assertThat(failure).isExactlyInstanceOf(UndefinedDatabase.class);
    assertThat(failure.nothingWasSent()).isTrue();
    assertThat(failure.severity()).isEqualTo("FATAL");
  }

  private static DatabaseException copied(DatabaseException failure)
      throws IOException, ClassNotFoundException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(failure);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      return (DatabaseException) in.readObject();
    }
  }

  @Test
  void failuresOfEveryKindSurviveSerialization(TestDatabase server) throws Exception {
    List<DatabaseException> failures;
    try (Database db = Database.connect(server.url()).join()) {
      failures =
          List.of(
              failure(ConnectFailure.class, Database.connect("postgresql://u@127.0.0.1:1/none")),
              serverFailure(db.fetch("SELECT nope")),
              serverFailure(Database.connect(server.url().replace(server.name(), "nowhere"))),
              failure(MappingFailure.class, db.fetch(Long.class, "SELECT 'x'")),
              failure(
                  AdminShutdown.class,
                  db.execute("SELECT pg_catalog.pg_terminate_backend(pg_backend_pid())")));
    }
    for (DatabaseException failure : failures) {
      DatabaseException copy = copied(failure);
      assertThat(copy).hasToString(failure.toString()).hasMessage(failure.getMessage());
      assertThat(copy.nothingWasSent()).isEqualTo(failure.nothingWasSent());
      assertThat(copy.sqlState()).isEqualTo(failure.sqlState());
    }
  }
}
