package dev.howdah.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.howdah.error.ClientException.WrongArguments;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ParsedSqlTest {
  static Stream<Arguments> positional() {
    return Stream.of(
        Arguments.of("SELECT 1", 0),
        Arguments.of("SELECT $1", 1),
        Arguments.of("SELECT $1, $2, $1", 2),
        Arguments.of("SELECT $2, $1", 2),
        Arguments.of("SELECT $1,$2,$3,$4,$5,$6,$7,$8,$9,$10", 10),
        Arguments.of("SELECT $01", 1),
        Arguments.of("SELECT '$1', \"$2\", $$ $3 $$, a$4 -- $5\n /* $6 /* $7 */ $8 */", 0),
        Arguments.of("SELECT E'\\'$1', $1", 1),
        Arguments.of("SELECT 'a\\', $1", 1),
        Arguments.of("SELECT E'a'\n'\\', $2', $1", 1),
        Arguments.of("SELECT '{\"a\":1}'::jsonb ? $1", 1),
        Arguments.of("SELECT x::text[1:2], $1::int", 1),
        Arguments.of("CREATE FUNCTION f(int) RETURNS int RETURN $1 + $3", 0),
        Arguments.of("CREATE OR REPLACE PROCEDURE p(int) BEGIN ATOMIC SELECT $2; END", 0),
        Arguments.of("CREATE FUNCTION f(int) RETURNS int RETURN $1; SELECT $1", 1),
        Arguments.of("PREPARE p AS SELECT $1, $2", 0),
        Arguments.of("", 0));
  }

  @ParameterizedTest
  @MethodSource("positional")
  void positionalParametersAreCounted(String text, int count) {
    ParsedSql sql = ParsedSql.of(text);

    assertThat(sql.parameterCount()).isEqualTo(count);
    assertThat(sql.names()).isEmpty();
    assertThat(sql.text()).isEqualTo(text);
    assertThat(sql).hasToString(text);
  }

  static Stream<Arguments> named() {
    return Stream.of(
        Arguments.of("SELECT :a", "SELECT $1", "a"),
        Arguments.of("SELECT :a, :b, :a", "SELECT $1, $2, $1", "a b"),
        Arguments.of("SELECT :a::int, x::text", "SELECT $1::int, x::text", "a"),
        Arguments.of(":b:a", "$1:a", "b"),
        Arguments.of("SELECT :name, :name1, :NAME", "SELECT $1, $2, $3", "name name1 NAME"),
        Arguments.of("SELECT ':x', :user_name;", "SELECT ':x', $1;", "user_name"),
        Arguments.of(
            "SELECT * FROM users WHERE age >= :age AND tags ?| :tags -- :no",
            "SELECT * FROM users WHERE age >= $1 AND tags ?| $2 -- :no",
            "age tags"));
  }

  @ParameterizedTest
  @MethodSource("named")
  void namedParametersBecomeNumbered(String text, String rewritten, String names) {
    ParsedSql sql = ParsedSql.of(text);

    assertThat(sql.text()).isEqualTo(rewritten);
    assertThat(String.join(" ", sql.names())).isEqualTo(names);
    assertThat(sql.parameterCount()).isEqualTo(sql.names().size());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "SELECT $1, :a | the text mixes positional parameters ($1) with named ones (:a); use one"
            + " kind",
        "SELECT :a, $2 | the text mixes positional parameters ($2) with named ones (:a); use one"
            + " kind",
        "SELECT $1, $3 | the text holds $3 but not $2; number the parameters without a gap",
        "SELECT $2 | the text holds $2 but not $1; number the parameters without a gap",
        "SELECT $6, $3 | the text holds $6 but not $1, $2, $4, $5; number the parameters without a"
            + " gap",
        "SELECT $0 | parameters count from $1, the text holds $0",
        "SELECT $65536 | a statement has 65535 parameters at most, the text holds $65536",
        "SELECT $99999999999 | a statement has 65535 parameters at most, the text holds"
            + " $99999999999",
        "SELECT $20 | the text holds $20 but not $1, $2, $3, $4, $5, $6, $7, $8, $9, $10 and 9"
            + " more; number the parameters without a gap"
      })
  void wrongParametersAreRefusedInWords(String text, String message) {
    assertThatThrownBy(() -> ParsedSql.of(text))
        .isInstanceOf(WrongArguments.class)
        .hasMessage(message);
  }

  @Test
  void nulCharacterIsRefused() {
    assertThatThrownBy(() -> ParsedSql.of("SELECT '\0'"))
        .isInstanceOf(WrongArguments.class)
        .hasMessageContaining("NUL character at index 8");
  }

  @Test
  void asManyParametersAsTheProtocolCanCountAreTaken() {
    String numbers =
        IntStream.rangeClosed(1, 65_535).mapToObj(i -> "$" + i).collect(Collectors.joining(","));
    String names =
        IntStream.rangeClosed(1, 65_535).mapToObj(i -> ":p" + i).collect(Collectors.joining(","));

    assertThat(ParsedSql.of("SELECT " + numbers).parameterCount()).isEqualTo(65_535);
    assertThat(ParsedSql.of("SELECT " + names).text()).isEqualTo("SELECT " + numbers);
    assertThatThrownBy(() -> ParsedSql.of("SELECT :more, " + names))
        .isInstanceOf(WrongArguments.class)
        .hasMessageContaining("65535 parameters at most");
  }

  /** Text, and the same for a parser that knows less of SQL. */
  static Stream<Arguments> plainTexts() {
    return Stream.of(
        Arguments.of("SELECT E'it\\'s'", "SELECT E'it''s'"),
        Arguments.of("SELECT E'\\\\\\'', :a, e'\\''", "SELECT E'\\\\''', $1, e''''"),
        Arguments.of("SELECT E'a' -- \\'\n 'b\\''", "SELECT E'a' -- \\'\n 'b'''"),
        Arguments.of("SELECT 1 -- a\r, $1", "SELECT 1 -- a\n, $1"),
        Arguments.of("SELECT 1 -- a\r\n, $1", "SELECT 1 -- a\r\n, $1"),
        Arguments.of("; SELECT $1; -- done; \n;", "  SELECT $1  -- done; \n "),
        Arguments.of("SELECT :abc;", "SELECT $1 "),
        Arguments.of("SELECT 1;", "SELECT 1;"),
        Arguments.of("SELECT $1;; SELECT 2;", "SELECT $1;  SELECT 2 "),
        Arguments.of("SELECT '\\', \"\\\", $$\\'$$", "SELECT '\\', \"\\\", $$\\'$$"));
  }

  @ParameterizedTest
  @MethodSource("plainTexts")
  void plainTextSaysTheSameAndIsAsLong(String text, String plain) {
    ParsedSql sql = ParsedSql.of(text);

    assertThat(sql.plainText()).isEqualTo(plain).hasSameSizeAs(sql.text());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      nullValues = "-",
      value = {
        "SELECT 'a | a string that starts at character 8",
        "SELECT '😀', E'a\\' | a string that starts at character 14",
        "SELECT \"a | a quoted name that starts at character 8",
        "SELECT U&\"a | a quoted name that starts at character 10",
        "SELECT $$a | a $$ quote that starts at character 8",
        "SELECT $x$a$$ | a $x$ quote that starts at character 8",
        "SELECT /* a /* */ | a comment that starts at character 8",
        "SELECT 1 -- ' | -",
        "SELECT 'a''', $$a$$ | -"
      })
  void whatIsNotClosedIsSaid(String text, @Nullable String expected) {
    assertThat(ParsedSql.of(text).unclosed()).isEqualTo(expected);
  }

  static Stream<Arguments> statements() {
    return Stream.of(
        Arguments.of("", 0, ""),
        Arguments.of(" \n\t", 0, ""),
        Arguments.of("-- nothing", 0, ""),
        Arguments.of("/* nothing */", 0, ""),
        Arguments.of(";", 0, ""),
        Arguments.of(" ; ; -- x", 0, ""),
        Arguments.of("select 1", 1, "SELECT"),
        Arguments.of("select 1;", 1, "SELECT"),
        Arguments.of("select 1; -- done", 1, "SELECT"),
        Arguments.of("; select 1;;", 1, "SELECT"),
        Arguments.of("/* x */ Values (1)", 1, "VALUES"),
        Arguments.of("((select 1) union (select 2))", 1, "SELECT"),
        Arguments.of("\"select\" 1", 1, ""),
        Arguments.of("$1", 1, ""),
        Arguments.of("select 1; select 2", 2, "SELECT"),
        Arguments.of("select ';'; select \";\", $$;$$, $a$;$a$ /* ; */ -- ;\n", 2, "SELECT"),
        Arguments.of(
            "create rule r as on insert to t do also (insert into a; insert into b)", 1, "CREATE"),
        Arguments.of(
            "create function f() returns int begin atomic select 1; select 2; end", 1, "CREATE"),
        Arguments.of(
            "create function f() returns int begin atomic select 1; end; select 2", 2, "CREATE"),
        Arguments.of(
            "create or replace procedure p() begin atomic"
                + " select case when a then 1 else 2 end; select (case 1 when 2 then 3 end); end",
            1,
            "CREATE"),
        Arguments.of(
            "create function f() returns int begin atomic select 1 as end, t.case; select 2; end",
            1,
            "CREATE"),
        Arguments.of(
            "create function f() returns int begin atomic select 1; select 2", 1, "CREATE"),
        Arguments.of(
            "create function f() returns int as 'select 1;' language sql; select 2", 2, "CREATE"),
        Arguments.of("begin; select 1; end", 3, "BEGIN"),
        Arguments.of("begin atomic; select 1; end", 3, "BEGIN"),
        Arguments.of("create table atomic (begin int); select 1", 2, "CREATE"),
        Arguments.of("do $$ begin a; b; end $$", 1, "DO"));
  }

  @ParameterizedTest
  @MethodSource("statements")
  void statementsAreCountedAndTheFirstIsNamed(String text, int count, String firstKeyword) {
    ParsedSql sql = ParsedSql.of(text);

    assertThat(sql.statementCount()).isEqualTo(count);
    assertThat(sql.firstKeyword()).isEqualTo(firstKeyword);
  }

  @Test
  void keywordsDoNotDependOnTheLocale() {
    assertThat(ParsedSql.of("insert into t values (1)").firstKeyword()).isEqualTo("INSERT");
  }
}
