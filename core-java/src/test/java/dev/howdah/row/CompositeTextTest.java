package dev.howdah.row;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CompositeTextTest {
  @Test
  void fieldsAreUnquotedAndNothingIsNull() {
    assertThat(CompositeText.parse("(1,,\"\",\"a \"\"b\"\"\",\"\\\\\",NULL)"))
        .isEqualTo(Arrays.asList("1", null, "", "a \"b\"", "\\", "NULL"));
    assertThat(CompositeText.parse("()")).isEmpty();
    assertThat(CompositeText.parse("(,)")).isEqualTo(Arrays.asList(null, null));
    assertThat(CompositeText.parse(" (a b, c) ")).isEqualTo(List.of("a b", " c"));
  }

  @Test
  void fieldsAreQuotedWhereTheServerQuotesThem() {
    assertThat(
            CompositeText.write(
                Arrays.asList("a", null, "", "(b)", "c,d", "e\"", "\\", "f g", "{h}")))
        .isEqualTo("(a,,\"\",\"(b)\",\"c,d\",\"e\"\"\",\"\\\\\",\"f g\",{h})");
    assertThat(CompositeText.write(List.of())).isEqualTo("()");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''|expected '(' at offset 0",
        "a|expected '(' at offset 1",
        "(a|it ends too early at offset 2",
        "(\"a)|it ends too early at offset 4",
        "(a)b|text after the closing parenthesis at offset 3",
        "(a\\|it ends too early at offset 3"
      })
  void malformedTextIsRefused(String text, String message) {
    assertThatThrownBy(() -> CompositeText.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("not the text of a PostgreSQL composite: " + message);
  }
}
