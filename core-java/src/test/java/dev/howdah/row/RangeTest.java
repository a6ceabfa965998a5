package dev.howdah.row;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.howdah.error.ClientException.MappingFailure;
import dev.howdah.error.ClientException.WrongArguments;
import java.time.LocalDate;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RangeTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "empty",
        "(,)",
        "[1,)",
        "(1,)",
        "(,1]",
        "(,1)",
        "[1,2]",
        "[1,2)",
        "(1,2]",
        "(1,2)",
        "[\"\",\"a b\"]",
        "[\"a\"\"b\",\"c\\\\d\"]",
        "[\"(\",\"]\"]",
        "[\"a,b\",NULL]",
        "[é,😀)"
      })
  void textIsReadAndPrintedAgain(String text) {
    assertThat(Range.parse(text, bound -> bound)).hasToString(text);
  }

  @Test
  void boundsAreUnquoted() {
    Range<String> range = Range.parse("[\"a \"\"q\"\"\",\"\"]", bound -> bound);

    assertThat(range).isEqualTo(Range.closed("a \"q\"", ""));
    assertThat(Range.parse("[a\\,b,\\\\)", bound -> bound))
        .isEqualTo(Range.closedOpen("a,b", "\\"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''|0",
        "1|1",
        "[1|2",
        "[1,2|4",
        "[1,2]x|5",
        "[1,2,3]|5",
        "{1,2}|1",
        "[\"1,2]|6",
        "[1]|3"
      })
  void malformedTextIsRefusedWithoutShowingIt(String text, int position) {
    assertThatThrownBy(() -> Range.parse(text, bound -> bound))
        .isInstanceOf(MappingFailure.class)
        .hasMessageStartingWith("a range cannot be read, near position " + position);
  }

  @Test
  void whatHasNoMeaningIsDropped() {
    assertThat(new Range<>(null, true, 5, true, false)).isEqualTo(Range.atMost(5));
    assertThat(new Range<Integer>(null, true, null, true, true)).isEqualTo(Range.empty());
    assertThatThrownBy(() -> new Range<>(1, true, null, false, true))
        .isInstanceOf(WrongArguments.class);
  }

  @Test
  void wrongOrderIsRefused() {
    assertThatThrownBy(() -> Range.closedOpen(2, 1))
        .isInstanceOf(WrongArguments.class)
        .hasMessageContaining("lower bound of the range is greater");
    assertThatThrownBy(() -> Range.open(LocalDate.MAX, LocalDate.MIN))
        .isInstanceOf(WrongArguments.class);
    assertThat(Range.closed(1, 1)).hasToString("[1,1]");
    assertThat(Range.closed("b", "a")).hasToString("[b,a]");
  }

  @Test
  void boundsAreMapped() {
    assertThat(Range.closedOpen(1, 2).map(Integer::longValue)).isEqualTo(Range.closedOpen(1L, 2L));
    assertThat(Range.<Integer>empty().map(Integer::longValue)).isEqualTo(Range.empty());
    assertThat(Multirange.of(Range.atLeast(1)).map(String::valueOf))
        .isEqualTo(Multirange.of(Range.atLeast("1")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "{(,)}", "{[1,2),[5,6),(7,)}", "{[\"a b\",}]}"})
  void multirangesAreReadAndPrintedAgain(String text) {
    assertThat(Multirange.parse(text, bound -> bound)).hasToString(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "}",
        "{[1,2)",
        "{[1,2),}",
        "{[1,2)}x",
        "[1,2)",
        "{empty}",
        "{[1,2)[3,4)}"
      })
  void malformedMultirangesAreRefused(String text) {
    assertThatThrownBy(() -> Multirange.parse(text, bound -> bound))
        .isInstanceOf(MappingFailure.class)
        .hasMessageContaining("cannot be read, near position");
  }

  @Test
  void anyTextIsABound() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    String special = "\"\\,()[]{} ab\t";
    for (int i = 0; i < 2_000; i++) {
      StringBuilder text = new StringBuilder();
      for (int length = random.nextInt(6); length > 0; length--) {
        text.append(special.charAt(random.nextInt(special.length())));
      }
      Range<String> range = Range.closedOpen(text.toString(), text.reverse().toString());
      assertThat(Range.parse(range.toString(), bound -> bound))
          .as("seed %d", seed)
          .isEqualTo(range);
      assertThat(CompositeText.parse(CompositeText.write(List.of(text.toString(), "x"))))
          .as("seed %d", seed)
          .isEqualTo(List.of(text.toString(), "x"));
    }
  }
}
