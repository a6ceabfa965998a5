package dev.howdah.query;

import static org.assertj.core.api.Assertions.assertThat;

import dev.howdah.error.ClientException.WrongArguments;
import dev.howdah.query.SqlLexer.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Texts built from fragments whose parameters are known beforehand. */
class ParsedSqlRandomTest {
  /** Fragments that hold what looks like a parameter or the end of a statement, and is none. */
  private static final List<String> DECOYS =
      List.of(
          "'$1 :a ;'",
          "'it''s :a'",
          "'\\'",
          "E'\\';:a'",
          "e'\\\\'",
          "E'a'\n '\\':a'",
          "U&'\\0041;'",
          "B'01'",
          "X'1F'",
          "N':a'",
          "\":a;$1\"",
          "\"a\"\":b\"",
          "U&\":a\"",
          "$$:a;$2$$",
          "$x$ $$ ' :a; $x$",
          "$_$:a$_$",
          "/* :a ; $1 */",
          "/* /* ' */ :a */",
          "-- :a ; $1 '\n",
          "-- \" :a\r",
          "a$1",
          "größe$2",
          "x::int",
          "x ::text",
          "1e5",
          "1_000",
          "0x1F",
          ".5",
          "1.5",
          "a[1:2]",
          "a[lo:hi]",
          "a[1:n]",
          "JSON_OBJECT('k':v)",
          "->>",
          "@>",
          "?|",
          "?",
          "&&",
          "#>>",
          "=>",
          ":=",
          "<=",
          "- -",
          "(a)",
          "[1]",
          "select",
          "begin",
          "end",
          "case",
          ",",
          "\t",
          "\n");

  static List<Long> seeds() {
    long first = System.nanoTime();
    return List.of(first, first + 1, first + 2, first + 3);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void parametersAreFoundWhereTheyWerePut(long seed) {
    System.out.println("ParsedSqlRandomTest seed " + seed);
    Random random = new Random(seed);
    for (int round = 0; round < 2_500; round++) {
      check(seed, random, random.nextBoolean());
    }
  }

  private static void check(long seed, Random random, boolean named) {
    StringBuilder text = new StringBuilder();
    StringBuilder rewritten = new StringBuilder();
    List<Integer> starts = new ArrayList<>();
    List<String> names = new ArrayList<>();
    int statements = 0;
    boolean begun = false;
    int highest = 0;
    int fragments = random.nextInt(30);
    for (int i = 0; i < fragments; i++) {
      // a comma in between keeps strings from joining and colons from standing after an operand
      String gap = random.nextInt(4) == 0 ? " , /* ; */ " : ", ";
      int choice = random.nextInt(10);
      if (choice == 0) {
        text.append(';');
        rewritten.append(';');
        statements += begun ? 1 : 0;
        begun = false;
        continue;
      }
      begun = true;
      if (choice <= 3) {
        int number = random.nextInt(4) == 0 ? highest + 1 : 1 + random.nextInt(highest + 1);
        highest = Math.max(highest, number);
        starts.add(text.length());
        if (named && number > names.size()) {
          names.add(randomName(random, number));
        }
        String tail = List.of("", "::int", " ", "/**/", "+").get(random.nextInt(5));
        text.append(named ? ":" + names.get(number - 1) : "$" + number).append(tail).append(gap);
        rewritten.append("$").append(number).append(tail).append(gap);
      } else {
        String decoy = DECOYS.get(random.nextInt(DECOYS.size()));
        text.append(decoy).append(gap);
        rewritten.append(decoy).append(gap);
      }
    }
    statements += begun ? 1 : 0;
    String sql = text.toString();

    SqlLexer lexer = new SqlLexer(sql);
    List<Integer> found = new ArrayList<>();
    while (lexer.next() != Kind.END) {
      if (lexer.kind() == Kind.NAMED || lexer.kind() == Kind.PARAMETER) {
        found.add(lexer.start());
      }
    }
    ParsedSql parsed = ParsedSql.parse(sql);
    assertThat(found).as("seed %d: %s", seed, sql).isEqualTo(starts);
    assertThat(parsed.text()).as("seed %d", seed).isEqualTo(rewritten.toString());
    assertThat(parsed.parameterCount()).as("seed %d: %s", seed, sql).isEqualTo(highest);
    assertThat(parsed.names()).as("seed %d: %s", seed, sql).isEqualTo(names);
    assertThat(parsed.statementCount()).as("seed %d: %s", seed, sql).isEqualTo(statements);
  }

  private static String randomName(Random random, int number) {
    String letters = "abcxyzABC_";
    StringBuilder name = new StringBuilder();
    for (int i = 0; i <= random.nextInt(6); i++) {
      name.append(letters.charAt(random.nextInt(letters.length())));
    }
    return name.append(number).toString();
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void anyTextIsReadToItsEnd(long seed) {
    System.out.println("ParsedSqlRandomTest seed " + seed);
    Random random = new Random(seed);
    String alphabet = "aE$'\"\\:;-/*()[]1.\n \u00e9eU&xb_?@";
    for (int round = 0; round < 20_000; round++) {
      StringBuilder text = new StringBuilder();
      for (int i = random.nextInt(25); i > 0; i--) {
        text.append(alphabet.charAt(random.nextInt(alphabet.length())));
      }
      SqlLexer lexer = new SqlLexer(text.toString());
      int last = 0;
      try {
        while (lexer.next() != Kind.END) {
          assertThat(lexer.start()).as("seed %d: %s", seed, text).isGreaterThanOrEqualTo(last);
          assertThat(lexer.end()).as("seed %d: %s", seed, text).isGreaterThan(lexer.start());
          last = lexer.end();
        }
      } catch (WrongArguments refused) {
        assertThat(refused).hasMessageStartingWith("the parameter name :");
      }
      assertThat(last).as("seed %d: %s", seed, text).isLessThanOrEqualTo(text.length());
    }
  }
}
