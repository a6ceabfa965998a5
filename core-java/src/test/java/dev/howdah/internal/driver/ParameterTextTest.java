package dev.howdah.internal.driver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.howdah.internal.type.ParameterEncoder;
import dev.howdah.internal.type.ParameterEncoder.Parameter;
import dev.howdah.observe.ParameterDisplay;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ParameterTextTest {
  private static List<Parameter> encoded(@Nullable Object... values) {
    List<Parameter> parameters = new ArrayList<>();
    for (Object value : values) {
      parameters.add(ParameterEncoder.encode(value, parameters.size() + 1));
    }
    return parameters;
  }

  private static @Nullable String shortly(@Nullable Object... values) {
    return ParameterText.of(encoded(values), ParameterDisplay.SHORT);
  }

  private static @Nullable String fully(@Nullable Object... values) {
    return ParameterText.of(encoded(values), ParameterDisplay.FULL);
  }

  @Test
  void valuesAreWrittenAsTheServerWritesThem() {
    assertThat(shortly(1, "it's", null, List.of(1, 2), new byte[] {1, (byte) 0xff}, true))
        .isEqualTo("$1 = '1', $2 = 'it''s', $3 = NULL, $4 = '{1,2}', $5 = '\\x01ff', $6 = 'true'");
  }

  @Test
  void hiddenOnesAndNoneAreNotWritten() {
    assertThat(ParameterText.of(encoded("secret"), ParameterDisplay.HIDDEN)).isNull();
    assertThat(fully()).isNull();
  }

  @Test
  void shortOnesAreCutFullOnesAreNot() {
    String text = "x".repeat(1_000);
    assertThat(shortly(text)).isEqualTo("$1 = '" + "x".repeat(60) + "…'");
    assertThat(shortly("x".repeat(60))).isEqualTo("$1 = '" + "x".repeat(60) + "'");
    assertThat(shortly((Object) new byte[500])).isEqualTo("$1 = '\\x" + "0".repeat(58) + "…'");
    assertThat(shortly("x".repeat(59) + "😀😀")).isEqualTo("$1 = '" + "x".repeat(59) + "…'");
    assertThat(shortly("😀".repeat(500))).isEqualTo("$1 = '" + "😀".repeat(30) + "…'");
    assertThat(fully(text)).isEqualTo("$1 = '" + text + "'");
    assertThat(fully("😀".repeat(500))).isEqualTo("$1 = '" + "😀".repeat(500) + "'");
  }

  @Test
  void ofVeryManyTheFirstOnesAreWritten() {
    Object[] many = IntStream.range(0, 1_000).boxed().toArray();
    assertThat(shortly(many)).endsWith(", $20 = '19', … (1000 in all)").hasSizeLessThan(400);
    assertThat(fully(many)).endsWith(", $1000 = '999'");
  }
}
