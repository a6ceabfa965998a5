package dev.howdah.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PercentCodeTest {

  @ParameterizedTest
  @CsvSource({
    "abc-._~09, abc-._~09",
    "a b, a%20b",
    "+, %2B",
    "%41, %2541",
    "ä€, %C3%A4%E2%82%AC",
    "\uD83D\uDC18, %F0%9F%90%98"
  })
  void everythingUnusualIsCoded(String text, String coded) {
    assertThat(PercentCode.encode(text)).isEqualTo(coded);
    assertThat(PercentCode.decode(coded)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({
    "%, %",
    "%4, %4",
    "%4g, %4g",
    "%%34%31, %41",
    "%e2%82%AC, €",
    "a%, a%",
    "%+1, %+1",
    "%-1, %-1",
    "%٣٣, %٣٣"
  })
  void strayPercentStays(String coded, String text) {
    assertThat(PercentCode.decode(coded)).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"%FF", "%C3", "%C3x%A4", "%80", "a%00", "a\0", "%ED%A0%80"})
  void whatIsNotUtf8OrNulIsNull(String coded) {
    assertThat(PercentCode.decode(coded)).isNull();
  }
}
