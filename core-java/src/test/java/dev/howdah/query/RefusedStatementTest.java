package dev.howdah.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.howdah.error.ClientException.Unsupported;
import dev.howdah.error.ClientException.WrongArguments;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Statements that are refused before anything is sent. */
class RefusedStatementTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "COPY t FROM STDIN",
        "copy s.t (a, b) from stdin with (format csv)",
        "COPY BINARY t FROM /* x */ STDOUT"
      })
  void copyFromTheProgramIsRefused(String sql) {
    assertThat(ParsedSql.of(sql).copiesThroughClient()).isTrue();
    assertThatThrownBy(() -> Query.execute(sql))
        .isInstanceOf(Unsupported.class)
        .hasMessageStartingWith("COPY FROM STDIN cannot run as a statement: use copyIn");
  }

  @ParameterizedTest
  @ValueSource(strings = {"COPY t TO STDOUT", "COPY (SELECT * FROM stdin) TO STDOUT"})
  void copyToTheProgramIsRefused(String sql) {
    assertThat(ParsedSql.of(sql).copiesThroughClient()).isTrue();
    assertThatThrownBy(() -> Query.rows(sql))
        .isInstanceOf(Unsupported.class)
        .hasMessageStartingWith("COPY TO STDOUT cannot run as a statement: use copyOut");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "COPY t FROM '/tmp/x'",
        "COPY t TO PROGRAM 'cat'",
        "COPY (SELECT * FROM stdin) TO '/tmp/x'",
        "COPY \"stdin\" FROM '/tmp/x'",
        "SELECT * FROM stdin",
        "SELECT 'COPY t FROM STDIN'"
      })
  void copyOnTheServerRuns(String sql) {
    assertThat(ParsedSql.of(sql).copiesThroughClient()).isFalse();
    assertThatCode(() -> Query.execute(sql)).doesNotThrowAnyException();
  }

  @Test
  void copyInAScriptIsSeen() {
    assertThat(ParsedSql.of("SELECT 1; COPY t FROM STDIN; SELECT 2").copiesThroughClient())
        .isTrue();
  }

  @Test
  @SuppressWarnings("NullAway") // what a caller without null checks may do
  void nullIsNoStatement() {
    String none = null;
    assertThatThrownBy(() -> Query.rows(none))
        .isInstanceOf(WrongArguments.class)
        .hasMessage("the statement must not be null");
    assertThatThrownBy(() -> ParsedSql.of(none))
        .isInstanceOf(WrongArguments.class)
        .hasMessage("the statement must not be null");
  }
}
