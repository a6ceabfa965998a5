package dev.howdah.error;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CaretLineTest {

  private static String at(String sql, int position) {
    return Objects.requireNonNull(CaretLine.of(sql, position)).toString();
  }

  /** The line of the first ^ in a text, which is taken out. */
  private static String marked(String marked) {
    int index = marked.indexOf('^');
    String sql = marked.substring(0, index) + marked.substring(index + 1);
    return at(sql, sql.codePointCount(0, index) + 1);
  }

  @Test
  void caretStandsBelowThePlace() {
    assertThat(marked("SELECT ^nmae FROM users"))
        .isEqualTo("LINE 1: SELECT nmae FROM users\n               ^");
    assertThat(marked("^SELEC 1")).isEqualTo("LINE 1: SELEC 1\n        ^");
  }

  @Test
  void lineIsTheOneWithThePlaceWhateverEndsLines() {
    for (String end : new String[] {"\n", "\r\n", "\r"}) {
      assertThat(marked(String.join(end, "SELECT 1,", "  ^nope", "FROM t")))
          .isEqualTo("LINE 2:   nope\n          ^");
      assertThat(marked(String.join(end, "", "", "^nope"))).isEqualTo("LINE 3: nope\n        ^");
    }
    assertThat(marked("a\n".repeat(99) + "b ^c")).isEqualTo("LINE 100: b c\n            ^");
  }

  @Test
  void theEndOfTheTextIsAPlaceToo() {
    assertThat(marked("SELECT 1 +^")).isEqualTo("LINE 1: SELECT 1 +\n                  ^");
    assertThat(marked("SELECT 1 +\n^")).isEqualTo("LINE 2: \n        ^");
    assertThat(marked("SELECT (^\n")).isEqualTo("LINE 1: SELECT (\n                ^");
  }

  @Test
  void whereThereIsNoPlaceThereIsNoLine() {
    assertThat(CaretLine.of("SELECT 1", null)).isNull();
    assertThat(CaretLine.of(null, 1)).isNull();
    assertThat(CaretLine.of("SELECT 1", 0)).isNull();
    assertThat(CaretLine.of("SELECT 1", -5)).isNull();
    assertThat(CaretLine.of("SELECT 1", 10)).isNull();
    assertThat(CaretLine.of("", 1)).hasToString("LINE 1: \n        ^");
  }

  @Test
  void positionCountsCharactersAndNotHalvesOfThem() {
    assertThat(at("SELECT '𝒜𝒜', nope", 14))
        .isEqualTo("LINE 1: SELECT '𝒜𝒜', nope\n                     ^");
  }

  @Test
  void tabsAreBlanksAndWideCharactersCountTwice() {
    assertThat(marked("\tSELECT\t^nope")).isEqualTo("LINE 1:  SELECT nope\n                ^");
    assertThat(marked("SELECT '漢字😀', ^nope"))
        .isEqualTo("LINE 1: SELECT '漢字😀', nope\n" + " ".repeat(8 + 17) + "^");
    assertThat(marked("SELECT 'e\u0301', ^nope"))
        .isEqualTo("LINE 1: SELECT 'e\u0301', nope\n" + " ".repeat(8 + 12) + "^");
  }

  @Test
  void longLinesAreCutAroundThePlace() {
    String longer = "x".repeat(500);
    assertThat(marked(longer + " ^nope " + longer))
        .isEqualTo(
            "LINE 1: …" + "x".repeat(59) + " nope " + "x".repeat(7) + "…\n" + " ".repeat(69) + "^");
    assertThat(marked("^nope " + longer))
        .isEqualTo("LINE 1: nope " + "x".repeat(67) + "…\n        ^");
    assertThat(marked(longer + " ^nope"))
        .isEqualTo("LINE 1: …" + "x".repeat(67) + " nope\n" + " ".repeat(77) + "^");
    assertThat(marked("漢".repeat(500) + "^"))
        .isEqualTo("LINE 1: …" + "漢".repeat(36) + "\n" + " ".repeat(81) + "^");
  }

  @Test
  void aStatementOfManyMegabytesIsNoProblem() {
    String text = "SELECT '" + "😀x".repeat(2_000_000) + "', nope, '" + "y".repeat(2_000_000) + "'";
    int position = text.codePointCount(0, text.indexOf("nope")) + 1;
    assertThat(at(text, position)).contains("', nope, '").hasSizeLessThan(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ALTER ROLE a PASSWORD 'se''cret' ^LOGN",
        "ALTER ROLE a PASSWORD $$secret$$ ^LOGN",
        "ALTER ROLE a PASSWORD $a$sec$$ret$a$ ^LOGN",
        "ALTER ROLE a PASSWORD '\nsecret\n' ^LOGN",
      })
  void passwordIsMaskedAndTheCaretStandsRight(String marked) {
    assertThat(marked(marked))
        .isEqualTo("LINE 1: ALTER ROLE a PASSWORD '***' LOGN\n" + " ".repeat(8 + 28) + "^");
  }

  @Test
  void aPlaceWithinASecretIsTheStartOfItsMask() {
    assertThat(marked("ALTER ROLE a PASSWORD 'sec^ret"))
        .isEqualTo("LINE 1: ALTER ROLE a PASSWORD '***'\n" + " ".repeat(8 + 22) + "^");
    assertThat(marked("ALTER ROLE a ^PASSWORD 'secret'"))
        .isEqualTo("LINE 1: ALTER ROLE a PASSWORD '***'\n" + " ".repeat(8 + 13) + "^");
  }

  @Test
  void randomPlacesAreFoundAgain() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    String[] alphabet = {"a", "b", " ", "\t", "\n", "\r\n", "𝒜", "é", "'", ","};
    for (int run = 0; run < 3_000; run++) {
      StringBuilder text = new StringBuilder();
      for (int i = random.nextInt(run % 10 == 0 ? 2_000 : 60); i > 0; i--) {
        text.append(alphabet[random.nextInt(alphabet.length)]);
      }
      int index = text.length();
      text.append("#")
          .append("z\n".repeat(random.nextInt(3)))
          .append("z".repeat(random.nextInt(90)));
      String[] lines = at(text.toString(), text.codePointCount(0, index) + 1).split("\n", -1);
      assertThat(lines).as("seed %d", seed).hasSize(2);
      int column = lines[1].indexOf('^');
      int found = lines[0].codePointAt(lines[0].offsetByCodePoints(0, column));
      assertThat(Character.toString(found)).as("seed %d: %s", seed, text).isEqualTo("#");
      long number = text.substring(0, index).lines().count();
      boolean newLine = index == 0 || text.charAt(index - 1) == '\n';
      assertThat(lines[0]).as("seed %d", seed).startsWith("LINE " + (number + (newLine ? 1 : 0)));
      assertThat(lines[0].codePointCount(0, lines[0].length())).isLessThanOrEqualTo(72 + 14);
    }
  }
}
