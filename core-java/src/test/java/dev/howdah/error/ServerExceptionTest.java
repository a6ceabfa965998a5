package dev.howdah.error;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ServerExceptionTest {
  private static ServerReport.Builder unknownColumn() {
    return ServerReport.builder()
        .sqlState("42703")
        .message("column \"nmae\" does not exist")
        .position(8)
        .hint("Perhaps you meant \"name\".");
  }

  @Test
  void messageShowsTheLineBetweenMessageAndHint() {
    ServerException failure =
        ServerErrors.of(unknownColumn().detail("d").build(), "SELECT nmae\nFROM users", null);
    assertThat(failure.getMessage())
        .isEqualTo(
            """
            column "nmae" does not exist
            LINE 1: SELECT nmae
                           ^
            DETAIL:  d
            HINT:  Perhaps you meant "name".\
            """);
    assertThat(failure.message()).isEqualTo("column \"nmae\" does not exist");
    assertThat(failure)
        .hasToString(
            """
            UndefinedColumn: column "nmae" does not exist
              LINE 1: SELECT nmae
                             ^
              DETAIL: d
              HINT:   Perhaps you meant "name".
              SQL:    SELECT nmae
                      FROM users
              SQLSTATE 42703\
            """);
  }

  @Test
  void blockDoesNotRepeatAStatementOfOneLine() {
    ServerException failure =
        ServerErrors.of(unknownColumn().hint(null).build(), "SELECT nmae FROM users\n", null);
    assertThat(failure)
        .hasToString(
            """
            UndefinedColumn: column "nmae" does not exist
              LINE 1: SELECT nmae FROM users
                             ^
              SQLSTATE 42703\
            """);
    assertThat(failure.sql()).isEqualTo("SELECT nmae FROM users\n");
    String longer = "SELECT nmae FROM users -- " + "x".repeat(60);
    assertThat(ServerErrors.of(unknownColumn().build(), longer, null).toString())
        .contains("\n  SQL:    SELECT nmae FROM users -- x");
  }

  @Test
  void positionInAFunctionsQueryIsShownForThatQuery() {
    ServerException failure =
        ServerErrors.of(
            unknownColumn()
                .position(null)
                .hint("h")
                .internalPosition(10)
                .internalQuery("SELECT\n  nmae")
                .build(),
            "SELECT f()",
            null);
    assertThat(failure.getMessage())
        .isEqualTo(
            """
            column "nmae" does not exist
            LINE 2:   nmae
                      ^
            HINT:  h
            QUERY:  SELECT
              nmae\
            """);
    assertThat(failure)
        .hasToString(
            """
            UndefinedColumn: column "nmae" does not exist
              LINE 2:   nmae
                        ^
              HINT:   h
              SQL:    SELECT f()
              QUERY:  SELECT
                        nmae
              SQLSTATE 42703\
            """);
    assertThat(failure.internalPosition()).isEqualTo(10);
    assertThat(failure.internalQuery()).isEqualTo("SELECT\n  nmae");
    assertThat(failure.position()).isZero();
  }

  @Test
  void aFunctionsOneLineQueryDoesNotHideTheStatement() {
    ServerException failure =
        ServerErrors.of(
            unknownColumn().position(null).internalPosition(8).internalQuery("SELECT nmae").build(),
            "SELECT f()",
            null);
    assertThat(failure.toString()).contains("\n  SQL:    SELECT f()\n");
  }

  @Test
  void longFunctionQueryIsCutInMessages() {
    ServerException failure =
        ServerErrors.of(
            unknownColumn()
                .position(null)
                .internalPosition(8)
                .internalQuery("SELECT nmae, '" + "x".repeat(100_000) + "'")
                .build(),
            null,
            null);
    assertThat(failure.getMessage()).hasSizeLessThan(900).contains("… (+");
    assertThat(failure.toString()).hasSizeLessThan(900);
  }

  @Test
  void positionOutsideTheStatementIsNotShown() {
    assertThat(ServerErrors.of(unknownColumn().position(99).hint(null).build(), "SELECT 1", null))
        .hasMessage("column \"nmae\" does not exist");
    assertThat(ServerErrors.of(unknownColumn().hint(null).build(), null, null))
        .hasMessage("column \"nmae\" does not exist");
  }

  @Test
  void parametersAreShownWhereTheyAreGiven() {
    ServerException failure =
        ServerErrors.of(unknownColumn().build(), "SELECT nmae\nWHERE $1", "$1 = 'Anna'", "4711");
    assertThat(failure.parameters()).isEqualTo("$1 = 'Anna'");
    assertThat(failure.toString())
        .contains("WHERE $1\n  PARAMS: $1 = 'Anna'\n  SQLSTATE 42703, connection 4711");
    assertThat(failure.getMessage()).doesNotContain("Anna");
    assertThat(ServerErrors.of(unknownColumn().build(), "x", null).parameters()).isNull();
  }

  @Test
  void codesAreToldByTheirClassKnownOrNot() {
    ServerException known = ServerErrors.of(unknownColumn().build(), null, null);
    assertThat(known.isOfClass("42")).isTrue();
    assertThat(known.isOfClass("23")).isFalse();
    assertThat(known.isOfClass("4")).isFalse();
    assertThat(known.isOfClass("")).isFalse();
    assertThat(known.isOfClass("42703")).isFalse();
    ServerException unknown =
        ServerErrors.of(ServerReport.builder().sqlState("ZZ999").build(), null, null);
    assertThat(unknown).isInstanceOf(UnknownServerError.class);
    assertThat(unknown.isOfClass("ZZ")).isTrue();
    assertThat(new ClientException.PoolTimeout("m").isOfClass("08")).isFalse();
    assertThat(new ClientException.ConnectFailure("m", null).isOfClass("08")).isTrue();
  }

  @Test
  void aRefusedLoginSentNoStatement() {
    ServerReport report = ServerReport.builder().sqlState("53300").message("too many").build();
    assertThat(ServerErrors.ofLogin(report, "h:1/d as u"))
        .isInstanceOf(InsufficientResources.TooManyConnections.class)
        .hasToString("TooManyConnections: too many\n  SQLSTATE 53300, connection h:1/d as u");
    assertThat(ServerErrors.ofLogin(report, null).nothingWasSent()).isTrue();
    assertThat(ServerErrors.of(report, null, null).nothingWasSent()).isFalse();
  }
}
