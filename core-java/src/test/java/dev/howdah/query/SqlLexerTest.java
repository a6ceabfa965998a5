package dev.howdah.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.howdah.error.ClientException.WrongArguments;
import dev.howdah.query.SqlLexer.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SqlLexerTest {
  /** Texts that are one token from end to end. */
  static Stream<Arguments> singleTokens() {
    return Stream.of(
        Arguments.of("'a''b;$1:x'", Kind.STRING),
        Arguments.of("'ends in backslash\\'", Kind.STRING),
        Arguments.of("E'a\\'b'", Kind.STRING),
        Arguments.of("e'a''b\\\\'", Kind.STRING),
        Arguments.of("U&'d\\0061t'", Kind.STRING),
        Arguments.of("u&'x'", Kind.STRING),
        Arguments.of("B'0101'", Kind.STRING),
        Arguments.of("x'1F'", Kind.STRING),
        Arguments.of("N'$1'", Kind.STRING),
        Arguments.of("'a'\n  'b'", Kind.STRING),
        Arguments.of("'a' -- why\n 'b'", Kind.STRING),
        Arguments.of("E'a'\n'\\'$1'", Kind.STRING),
        Arguments.of("$$a'b$1;$$", Kind.STRING),
        Arguments.of("$tag$ $$ $1 $ta$ $tag$", Kind.STRING),
        Arguments.of("$a$$b$a$", Kind.STRING),
        Arguments.of("$größe$:x$größe$", Kind.STRING),
        Arguments.of("$_1$x$_1$", Kind.STRING),
        Arguments.of("\"a\"\"b;$1:x\"", Kind.QUOTED_NAME),
        Arguments.of("U&\"d\\0061t\"", Kind.QUOTED_NAME),
        Arguments.of("größe", Kind.WORD),
        Arguments.of("a$1", Kind.WORD),
        Arguments.of("_x9", Kind.WORD),
        Arguments.of("e", Kind.WORD),
        Arguments.of("123", Kind.NUMBER),
        Arguments.of("1_000", Kind.NUMBER),
        Arguments.of("1e5", Kind.NUMBER),
        Arguments.of("1.5E-10", Kind.NUMBER),
        Arguments.of("1.", Kind.NUMBER),
        Arguments.of("0x1F", Kind.NUMBER),
        Arguments.of("0b101", Kind.NUMBER),
        Arguments.of("0o17", Kind.NUMBER),
        Arguments.of("$1", Kind.PARAMETER),
        Arguments.of("$10", Kind.PARAMETER),
        Arguments.of(":name", Kind.NAMED),
        Arguments.of(":_user_name1", Kind.NAMED),
        Arguments.of("::", Kind.OTHER),
        Arguments.of(":=", Kind.OTHER),
        Arguments.of(":", Kind.OTHER),
        Arguments.of("$", Kind.OTHER),
        Arguments.of(";", Kind.SEMICOLON));
  }

  @ParameterizedTest
  @MethodSource("singleTokens")
  void oneTokenIsCutWhole(String text, Kind kind) {
    SqlLexer lexer = new SqlLexer(text);

    assertThat(lexer.next()).isEqualTo(kind);
    assertThat(lexer.token()).isEqualTo(text);
    assertThat(lexer.next()).isEqualTo(Kind.END);
    assertThat(lexer.next()).isEqualTo(Kind.END);
  }

  /** Text, and the tokens it is cut into, divided by blanks. */
  static Stream<Arguments> cuts() {
    return Stream.of(
        Arguments.of("a::int", "a :: int"),
        Arguments.of("a:=1", "a := 1"),
        Arguments.of("f(a=>$1)", "f ( a = > $1 )"),
        Arguments.of("a[1:2]", "a [ 1 : 2 ]"),
        Arguments.of("1..10", "1 . . 10"),
        Arguments.of("1FROM t", "1 FROM t"),
        Arguments.of("1e", "1 e"),
        Arguments.of("0xg", "0 xg"),
        Arguments.of("1_", "1 _"),
        Arguments.of(".5e3", ". 5e3"),
        Arguments.of("a->>'x'", "a - > > 'x'"),
        Arguments.of("a?|$1", "a ? | $1"),
        Arguments.of("$1$2", "$1 $2"),
        Arguments.of("$1x", "$1 x"),
        Arguments.of("$1$$x$$", "$1 $$x$$"),
        Arguments.of("a$b$c", "a$b$c"),
        Arguments.of("$b c$", "$ b c$"),
        Arguments.of("fooE'a'", "fooE 'a'"),
        Arguments.of("'a' 'b'", "'a' 'b'"),
        Arguments.of("'a' /* x */\n'b'", "'a' 'b'"),
        Arguments.of("'a'\n", "'a'"),
        Arguments.of("'a' -- x", "'a'"),
        Arguments.of("e 'a\\'", "e 'a\\'"),
        Arguments.of("u & 'a'", "u & 'a'"),
        Arguments.of("a--b\nc", "a c"),
        Arguments.of("a--b\rc", "a c"),
        Arguments.of("a +--b", "a +"),
        Arguments.of("a/* /* b */ c */d", "a d"),
        Arguments.of("a/*/ */b", "a b"),
        Arguments.of("a/***/b", "a b"),
        Arguments.of("a/* ' */b", "a b"),
        Arguments.of("a - -b", "a - - b"),
        Arguments.of("a */ b", "a * / b"),
        Arguments.of("a\t\f\u000Bb", "a b"),
        Arguments.of("", ""),
        Arguments.of(" \n", ""));
  }

  @ParameterizedTest
  @MethodSource("cuts")
  void textIsCutAsPostgresqlDoes(String text, String expected) {
    assertThat(String.join(" ", tokens(text))).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'abc $1 :x ;",
        "E'abc\\",
        "E'abc\\'",
        "\"abc ;",
        "$$abc ;",
        "$tag$abc $$ ;",
        "/* /* */ ;",
        "-- ;",
        "U&'",
        "'a''"
      })
  void whatIsNotClosedReachesToTheEnd(String open) {
    SqlLexer lexer = new SqlLexer("x " + open);
    List<Kind> kinds = new ArrayList<>();
    while (lexer.next() != Kind.END) {
      kinds.add(lexer.kind());
      assertThat(lexer.end()).isLessThanOrEqualTo(open.length() + 2);
    }

    assertThat(kinds).hasSizeLessThanOrEqualTo(2).doesNotContain(Kind.SEMICOLON, Kind.PARAMETER);
  }

  /** Text, and the names that are parameters in it. */
  static Stream<Arguments> colons() {
    return Stream.of(
        Arguments.of("x=:a", "a"),
        Arguments.of("x = :a AND y IN (:b,:c)", "a b c"),
        Arguments.of(":a::int", "a"),
        Arguments.of("x::a", ""),
        Arguments.of("x :::a", ""),
        Arguments.of("x:: :a", "a"),
        Arguments.of("f(p := :a, q :=:b, r => :c)", "a b c"),
        Arguments.of("LIMIT :a OFFSET :b", "a b"),
        Arguments.of("x @> :a", "a"),
        Arguments.of("x ? :a", "a"),
        Arguments.of("-:a", "a"),
        Arguments.of("(x):a", ""),
        Arguments.of("DISTINCT ON (x) :a", "a"),
        Arguments.of("OPERATOR(pg_catalog.=) :a", "a"),
        Arguments.of("ARRAY[:a, :b]", "a b"),
        Arguments.of("ARRAY[[:a],[:b]]", "a b"),
        Arguments.of("ARRAY[CASE WHEN :a THEN :b ELSE :c END]", "a b c"),
        Arguments.of("ARRAY[x AND :a, NOT :b, x BETWEEN :c AND :d]", "a b c d"),
        Arguments.of("ARRAY[x[1], :a]", "a"),
        Arguments.of("t[:a]", "a"),
        Arguments.of("t[f(:a)]", "a"),
        Arguments.of("t[1:n]", ""),
        Arguments.of("t[1 :n]", ""),
        Arguments.of("t[lo:hi]", ""),
        Arguments.of("t[lo :hi]", ""),
        Arguments.of("t[\"lo\" :hi]", ""),
        Arguments.of("t[f(x) :hi]", ""),
        Arguments.of("t[x[1] :hi]", ""),
        Arguments.of("t[$1 :hi]", ""),
        Arguments.of("t[lo: hi]", ""),
        Arguments.of("t[:a :hi]", "a"),
        Arguments.of("t[:a : :b]", "a b"),
        Arguments.of("t[1: :b]", "b"),
        Arguments.of("t[: n]", ""),
        Arguments.of("t[1:2]", ""),
        Arguments.of("JSON_OBJECT('k':v)", ""),
        Arguments.of("json_object('k' :v)", ""),
        Arguments.of("JSON_OBJECT('k': :v)", "v"),
        Arguments.of("JSON_OBJECT('k' : :v, :l : w)", "v l"),
        Arguments.of("JSON_OBJECT(KEY :k VALUE :v)", "k v"),
        Arguments.of("JSON_OBJECTAGG(k :v)", ""),
        Arguments.of("JSON_OBJECT('k' : f(1 + :v))", "v"),
        Arguments.of("MATCH (p:person)", ""),
        Arguments.of("':a' \":b\" $$:c$$ /*:d*/ --:e", ""),
        Arguments.of(":1", ""),
        Arguments.of("a :", ""),
        Arguments.of(": a", ""),
        Arguments.of("::", ""));
  }

  @ParameterizedTest
  @MethodSource("colons")
  void colonStartsAParameterOnlyWhereSqlHasNoneOfItsOwn(String text, String names) {
    SqlLexer lexer = new SqlLexer(text);
    List<String> found = new ArrayList<>();
    while (lexer.next() != Kind.END) {
      if (lexer.kind() == Kind.NAMED) {
        found.add(lexer.token().substring(1));
      }
    }

    assertThat(String.join(" ", found)).isEqualTo(names);
  }

  @ParameterizedTest
  @ValueSource(strings = {"x = :größe", "x = :öl", "x = :a$b"})
  void parameterNameBeyondAsciiIsRefused(String text) {
    assertThatThrownBy(() -> tokens(text))
        .isInstanceOf(WrongArguments.class)
        .hasMessageStartingWith("the parameter name " + text.substring(4) + " may hold only");
  }

  @Test
  void bracketsAreCountedAndNeverBelowZero() {
    SqlLexer lexer = new SqlLexer(")([]");

    List<Integer> depths = new ArrayList<>();
    while (lexer.next() != Kind.END) {
      depths.add(lexer.depth());
    }

    assertThat(depths).containsExactly(0, 1, 2, 1);
  }

  private static List<String> tokens(String text) {
    SqlLexer lexer = new SqlLexer(text);
    List<String> tokens = new ArrayList<>();
    while (lexer.next() != Kind.END) {
      assertThat(lexer.token()).isEqualTo(text.substring(lexer.start(), lexer.end())).isNotEmpty();
      tokens.add(lexer.token());
    }
    return tokens;
  }
}
