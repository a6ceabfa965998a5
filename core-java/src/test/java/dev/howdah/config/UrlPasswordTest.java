package dev.howdah.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every password survives printing and reading, and raw ones are read as meant. */
class UrlPasswordTest {
  private static final DatabaseUrl SHOP = DatabaseUrl.parse("postgresql://app@localhost:5432/shop");

  static Stream<String> everyPrintableCharacter() {
    return IntStream.rangeClosed(' ', '~').mapToObj(c -> String.valueOf((char) c));
  }

  @ParameterizedTest
  @MethodSource("everyPrintableCharacter")
  void characterRoundTripsAloneAndAnywhere(String c) {
    for (String password :
        new String[] {c, c + "x", "x" + c, "a" + c + "b", c + c, "%" + c + "0"}) {
      assertRoundTrip(password);
    }
  }

  @ParameterizedTest
  @MethodSource("everyPrintableCharacter")
  void characterIsReadRawInsideAPassword(String c) {
    DatabaseUrl url = DatabaseUrl.parse("postgresql://app:p" + c + "w@localhost:5432/shop");
    assertThat(url).isEqualTo(SHOP.withPassword("p" + c + "w"));
  }

  @Test
  void randomPasswordsRoundTrip() {
    long seed = System.nanoTime();
    System.out.println("UrlPasswordTest.randomPasswordsRoundTrip seed " + seed);
    Random random = new Random(seed);
    for (int i = 0; i < 20_000; i++) {
      assertRoundTrip(printable(random, 1 + random.nextInt(24)));
    }
  }

  @Test
  void randomPasswordsWithoutCodesAreReadRaw() {
    long seed = System.nanoTime();
    System.out.println("UrlPasswordTest.randomPasswordsWithoutCodesAreReadRaw seed " + seed);
    Random random = new Random(seed);
    for (int i = 0; i < 20_000; i++) {
      // A '%' may begin a valid code, and "?a.b=" looks like the parameter of an own setting.
      String password = printable(random, 1 + random.nextInt(24)).replaceAll("[%.]", "x");
      assertThat(DatabaseUrl.parse("postgresql://app:" + password + "@localhost:5432/shop"))
          .as("%s with seed %d", password, seed)
          .isEqualTo(SHOP.withPassword(password));
    }
  }

  @Test
  void everyOtherPartRoundTripsToo() {
    long seed = System.nanoTime();
    System.out.println("UrlPasswordTest.everyOtherPartRoundTripsToo seed " + seed);
    Random random = new Random(seed);
    for (int i = 0; i < 5_000; i++) {
      DatabaseUrl url =
          SHOP.withUser(printable(random, 1 + random.nextInt(9)))
              .withDatabase(printable(random, 1 + random.nextInt(9)))
              .withPassword(printable(random, random.nextInt(9)));
      assertThat(DatabaseUrl.parse(url.toUriWithPassword())).as("seed %d", seed).isEqualTo(url);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "p@ss#1",
        "p/ss?x",
        "p%ss",
        "p@ss",
        "@",
        "@@",
        ":",
        "a:b",
        "#",
        "/",
        "?",
        "&",
        "=",
        "%",
        "%%",
        "100%",
        "%4",
        "%zz",
        "a b",
        "p+ss",
        "1/2",
        "5432/db",
        "5432/db?x=y",
        "a@h:5432/db",
        "a@h/db?x=1&y",
        "p@ss?word=1",
        "p@s:s#w/o?r%d&x=y z",
        "@:#/?%&= ",
        "[::1]",
        "h1:1,h2:2",
        "***",
        "postgresql://a:b@c/d"
      })
  void rawPasswordIsReadAsMeant(String password) {
    assertThat(DatabaseUrl.parse("postgresql://app:" + password + "@localhost:5432/shop"))
        .isEqualTo(SHOP.withPassword(password));
    assertThat(
            DatabaseUrl.parse("postgresql://app:" + password + "@localhost/shop?sslmode=require"))
        .isEqualTo(
            DatabaseUrl.parse("postgresql://app@localhost/shop?sslmode=require")
                .withPassword(password));
    assertRoundTrip(password);
  }

  @ParameterizedTest
  @CsvSource({
    "p%40ss,   p@ss",
    "p%2540,   p%40",
    "%c3%A4,   ä",
    "%25,      %",
    "a%2Bb+c,  a+b+c",
    "%20x%,    ' x%'",
    "%%41,     %A",
    "pä€ss,    pä€ss"
  })
  void validCodesAreDecodedOnce(String raw, String password) {
    assertThat(DatabaseUrl.parse("postgresql://app:" + raw + "@localhost:5432/shop"))
        .isEqualTo(SHOP.withPassword(password));
  }

  private static void assertRoundTrip(String password) {
    DatabaseUrl url = SHOP.withPassword(password);
    assertThat(DatabaseUrl.parse(url.toUriWithPassword())).as(password).isEqualTo(url);
    assertThat(url).hasToString("postgresql://app:***@localhost:5432/shop");
  }

  private static String printable(Random random, int length) {
    StringBuilder text = new StringBuilder();
    // Half of the characters are the ones with a meaning in URLs.
    String special = "@:#/?%&= []+,";
    for (int i = 0; i < length; i++) {
      text.append(
          random.nextBoolean()
              ? special.charAt(random.nextInt(special.length()))
              : (char) (' ' + random.nextInt(95)));
    }
    return text.toString();
  }
}
