package dev.howdah.row;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArrayTextTest {

  private static List<@Nullable Object> read(String text) {
    return ArrayText.parse(text, element -> element);
  }

  @Test
  void plainElementsAreRead() {
    assertThat(read("{a,b c,3}")).containsExactly("a", "b c", "3");
    assertThat(read("{}")).isEmpty();
    assertThat(read("{x}")).containsExactly("x");
  }

  @Test
  void elementFunctionMakesTheValues() {
    assertThat(ArrayText.parse("{1,NULL,3}", Integer::valueOf)).containsExactly(1, null, 3);
  }

  @Test
  void quotesAndBackslashesAreUndone() {
    assertThat(read("{\"a,b\",\"c\\\"d\",\"e\\\\f\",\"\",\"{}\"}"))
        .containsExactly("a,b", "c\"d", "e\\f", "", "{}");
    assertThat(read("{a\\,b,c\\}}")).containsExactly("a,b", "c}");
  }

  @Test
  void onlyBareNullIsNull() {
    assertThat(read("{NULL,null,\"NULL\",NULLS,\\NULL}"))
        .containsExactly(null, null, "NULL", "NULLS", "NULL");
  }

  @Test
  void dimensionsBecomeListsInLists() {
    assertThat(read("{{1,2},{3,NULL}}"))
        .containsExactly(List.of("1", "2"), Arrays.asList("3", null));
    assertThat(read("{{{a}}}")).containsExactly(List.of(List.of("a")));
  }

  @Test
  void boundsAreDropped() {
    assertThat(read("[0:2]={a,b,c}")).containsExactly("a", "b", "c");
    assertThat(read("[1:1][-2:-1]={{1,2}}")).containsExactly(List.of("1", "2"));
  }

  @Test
  void spacesAroundElementsAreIgnored() {
    assertThat(read(" { a , \"b\" ,{} } ".replace("{}", "c d"))).containsExactly("a", "b", "c d");
  }

  @Test
  void otherDelimitersAreTaken() {
    assertThat(ArrayText.parse("{(1,2),(0,0);(3,4),(1,1)}", ';', element -> element))
        .containsExactly("(1,2),(0,0)", "(3,4),(1,1)");
  }

  @Test
  void resultIsImmutable() {
    assertThatThrownBy(() -> read("{a}").add("b"))
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "a",
        "{",
        "{a",
        "{a,",
        "{a,}",
        "{,a}",
        "{a}b",
        "{{a},b}",
        "{a,{b}}",
        "{{a,b},{c}}",
        "{\"a",
        "{\"a\\",
        "{\"a\"b}",
        "{a\"b\"}",
        "[0:1]",
        "[0:1]{a}",
        "[a:b]={a}",
        "[0:={a}",
        "{{{{{{{a}}}}}}}",
        "{a{b}}"
      })
  void malformedTextIsRefused(String text) {
    assertThatThrownBy(() -> read(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("not the text of a PostgreSQL array: ")
        .hasMessageContaining("at offset");
  }

  @Test
  void aJsonListDoesNotLookLikeAnArray() {
    assertThat(ArrayText.looksLikeArray("[1,2]")).isFalse();
    assertThat(ArrayText.looksLikeArray("[1]")).isFalse();
    assertThat(ArrayText.looksLikeArray("")).isFalse();
    assertThat(ArrayText.looksLikeArray("{1}")).isTrue();
    assertThat(ArrayText.looksLikeArray("[0:0]={1}")).isTrue();
  }

  @Test
  void randomArraysComeBackAsTheyWere() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    for (int i = 0; i < 3000; i++) {
      List<@Nullable Object> array = randomArray(random, 1 + random.nextInt(3));
      String text = print(array, random);
      assertThat(read(text)).as("seed %d, text %s", seed, text).isEqualTo(array);
    }
  }

  private static List<@Nullable Object> randomArray(Random random, int dimensions) {
    int[] sizes = random.ints(dimensions, 1, 4).toArray();
    return fill(random, sizes, 0);
  }

  private static List<@Nullable Object> fill(Random random, int[] sizes, int depth) {
    List<@Nullable Object> list = new ArrayList<>();
    for (int i = 0; i < sizes[depth]; i++) {
      list.add(
          depth + 1 < sizes.length
              ? fill(random, sizes, depth + 1)
              : random.nextInt(5) == 0 ? null : randomText(random));
    }
    return list;
  }

  private static String randomText(Random random) {
    String alphabet = "ab \t\n{},\"\\[]=:NULé😀;'";
    StringBuilder text = new StringBuilder();
    int[] letters = alphabet.codePoints().toArray();
    for (int i = random.nextInt(6); i > 0; i--) {
      text.appendCodePoint(letters[random.nextInt(letters.length)]);
    }
    return text.toString();
  }

  /** Prints as the server does, except that it quotes more than it must. */
  private static String print(@Nullable Object value, Random random) {
    if (value == null) {
      return "NULL";
    }
    if (value instanceof List<?> list) {
      List<String> parts = new ArrayList<>();
      for (Object one : list) {
        parts.add(print(one, random));
      }
      return "{" + String.join(",", parts) + "}";
    }
    String text = value.toString();
    boolean bare = text.matches("[abé😀;':=\\[\\]]+") && random.nextBoolean();
    return bare ? text : '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }
}
