package dev.howdah.error;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.howdah.error.ClientException.PoolTimeout;
import dev.howdah.error.ClientException.QueryTimeout;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ErrorTextTest {
  private static final String PRIMARY =
      "duplicate key value violates unique constraint \"users_pkey\"";

  private static ServerReport.Builder duplicate() {
    return ServerReport.builder()
        .severity("ERROR")
        .sqlState("23505")
        .message(PRIMARY)
        .detail("Key (user_id)=(1) already exists.")
        .schema("public")
        .table("users")
        .constraint("users_pkey");
  }

  @Test
  void messageEndsWithDetailAndHintAsPostgresqlPrintsThem() {
    ServerException failure = ServerErrors.of(duplicate().hint("Try 2.").build(), "x", "1");

    assertThat(failure.getMessage())
        .isEqualTo(PRIMARY + "\nDETAIL:  Key (user_id)=(1) already exists.\nHINT:  Try 2.");
    assertThat(failure.message()).isEqualTo(PRIMARY);
  }

  @Test
  void messageWithoutDetailAndHintIsThePrimaryMessage() {
    ServerException failure = ServerErrors.of(duplicate().detail(null).build(), null, null);

    assertThat(failure.getMessage()).isEqualTo(PRIMARY);
  }

  @Test
  void blockShowsWhatIsKnown() {
    ServerException failure =
        ServerErrors.of(
            duplicate().build(), "INSERT INTO users VALUES ($1, $2)", "4711 (10.0.0.5:5432/shop)");

    assertThat(failure)
        .hasToString(
            """
            UniqueViolation: duplicate key value violates unique constraint "users_pkey"
              DETAIL: Key (user_id)=(1) already exists.
              SQL:    INSERT INTO users VALUES ($1, $2)
              SQLSTATE 23505, table users, constraint users_pkey, connection 4711 (10.0.0.5:5432/shop)\
            """);
  }

  @Test
  void blockLeavesOutWhatIsNotKnown() {
    ServerReport report = ServerReport.builder().sqlState("42601").message("syntax error").build();

    assertThat(ServerErrors.of(report, null, null))
        .hasToString("SyntaxError: syntax error\n  SQLSTATE 42601");
  }

  @Test
  void blockIndentsTextOfSeveralLinesAndNamesForeignSchemas() {
    ServerReport report =
        duplicate().detail("one\ntwo").hint("Mend it.").schema("audit").column("a").build();

    assertThat(ServerErrors.of(report, "SELECT 1,\n2\n", null))
        .hasToString(
            "UniqueViolation: "
                + PRIMARY
                + "\n  DETAIL: one\n          two\n  HINT:   Mend it."
                + "\n  SQL:    SELECT 1,\n          2"
                + "\n  SQLSTATE 23505, table audit.users, column a, constraint users_pkey");
  }

  @Test
  void callStackOfFunctionsIsKeptButNotShownForItMayQuoteData() {
    ServerException failure =
        ServerErrors.of(duplicate().where("COPY users, line 1: \"secret\"").build(), null, null);

    assertThat(failure.where()).contains("secret");
    assertThat(failure.toString()).doesNotContain("secret");
    assertThat(failure.getMessage()).doesNotContain("secret");
  }

  @Test
  void everyFieldOfTheReportIsTyped() {
    ServerReport report =
        duplicate().position(15).column("user_id").dataType("mood").hint("h").where("w").build();
    ServerException failure = ServerErrors.of(report, null, "4711");

    assertThat(failure.report()).isSameAs(report);
    assertThat(failure.detail()).isEqualTo("Key (user_id)=(1) already exists.");
    assertThat(failure.hint()).isEqualTo("h");
    assertThat(failure.schema()).isEqualTo("public");
    assertThat(failure.table()).isEqualTo("users");
    assertThat(failure.column()).isEqualTo("user_id");
    assertThat(failure.dataType()).isEqualTo("mood");
    assertThat(failure.constraint()).isEqualTo("users_pkey");
    assertThat(failure.position()).isEqualTo(15);
    assertThat(failure.where()).isEqualTo("w");
    assertThat(failure.connection()).isEqualTo("4711");
    assertThat(ServerErrors.of(duplicate().build(), null, null).position()).isZero();
  }

  @Test
  void emptyReportGivesTextsThatAreNeverNull() {
    ServerException failure =
        ServerErrors.of(
            ServerReport.builder().severity(null).sqlState(null).message(null).build(), null, null);

    assertThat(failure.getMessage()).isEmpty();
    assertThat(failure.message()).isEmpty();
    assertThat(failure.sqlState()).isEmpty();
    assertThat(failure.report().severity()).isEqualTo("ERROR");
    assertThat(failure).hasToString("UnknownServerError: \n  SQLSTATE unknown");
  }

  @Test
  @SuppressWarnings("NullAway") // callers in other languages may pass null
  void reportRefusesToBeWithoutItsThreeFields() {
    assertThatThrownBy(
            () ->
                new ServerReport(
                    "ERROR", null, "m", null, null, null, null, null, null, null, null, null, null,
                    null, null, null, null))
        .isInstanceOf(NullPointerException.class)
        .hasMessage("sqlState");
  }

  @Test
  void longSqlIsCutAndSaysByHowMuch() {
    String sql = "x".repeat(1_734);

    assertThat(ErrorText.bounded(sql)).isEqualTo("x".repeat(500) + "… (+1234 characters)");
    assertThat(new QueryTimeout("late", sql).sql()).isEqualTo(ErrorText.bounded(sql));
    assertThat(ErrorText.bounded("x".repeat(500))).isEqualTo("x".repeat(500));
    assertThat(ErrorText.bounded(null)).isNull();
  }

  @Test
  void cutNeverSplitsACharacterOutsideTheBasicPlane() {
    assertThat(ErrorText.bounded("x".repeat(499) + "😀😀"))
        .isEqualTo("x".repeat(499) + "… (+4 characters)");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "ALTER ROLE a PASSWORD 'sec''ret' LOGIN | ALTER ROLE a PASSWORD '***' LOGIN",
        "create user a with encrypted password E'secret' | create user a with encrypted password"
            + " E'***'",
        "UPDATE u SET password = 'secret' | UPDATE u SET password = '***'",
        "UPDATE u SET \"password\"='secret' | UPDATE u SET \"password\"='***'",
        "ALTER ROLE a PASSWORD $$secret$$ LOGIN | ALTER ROLE a PASSWORD '***' LOGIN",
        "ALTER ROLE a PASSWORD $q$sec$ret$q$ LOGIN | ALTER ROLE a PASSWORD '***' LOGIN",
        "ALTER ROLE a PASSWORD $q$secret | ALTER ROLE a PASSWORD '***'",
        "UPDATE u SET password = $1 WHERE id = $2 | UPDATE u SET password = $1 WHERE id = $2",
        "ALTER ROLE a PASSWORD 'secret | ALTER ROLE a PASSWORD '***'",
        "UPDATE u SET password = $1, name = 'x' | UPDATE u SET password = $1, name = 'x'",
        "SELECT 'no secret' | SELECT 'no secret'"
      })
  void passwordLiteralIsMasked(String sql, String shown) {
    assertThat(ErrorText.bounded(sql)).isEqualTo(shown);
  }

  @Test
  void passwordLiteralFullOfQuotesDoesNotOverflowTheStack() {
    String sql = "ALTER ROLE a PASSWORD '" + "''".repeat(100_000) + "'";

    assertThat(ErrorText.bounded(sql)).startsWith("ALTER ROLE a PASSWORD '***'… (+");
  }

  @Test
  void clientFailureShowsItsMessageAndItsSql() {
    assertThat(new PoolTimeout("no connection within 30 s"))
        .hasToString("PoolTimeout: no connection within 30 s")
        .hasMessage("no connection within 30 s");
    assertThat(new QueryTimeout("stopped after 5 s", "SELECT pg_sleep(60)"))
        .hasToString("QueryTimeout: stopped after 5 s\n  SQL:    SELECT pg_sleep(60)");
  }

  @Test
  void dollarQuotedPasswordsInNumbersAreNoProblem() {
    String sql = "ALTER ROLE a PASSWORD $$" + "x y$z ".repeat(50_000) + "$$";

    assertThat(ErrorText.bounded(sql)).startsWith("ALTER ROLE a PASSWORD '***'… (+");
  }
}
