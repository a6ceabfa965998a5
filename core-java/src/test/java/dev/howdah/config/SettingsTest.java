package dev.howdah.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** How libpq's {@code options} are read, and that names of settings ignore case. */
class SettingsTest {

  private static Map<String, String> read(String options) {
    return Settings.NONE.orElseOptions(options).values();
  }

  @Test
  void bothFormsOfSwitchesBecomeSettings() {
    assertThat(read("-c a=1 -cb=2 --c-d=3")).isEqualTo(Map.of("a", "1", "b", "2", "c_d", "3"));
    assertThat(read("  -c  search_path=x,y  ")).isEqualTo(Map.of("search_path", "x,y"));
    assertThat(read("-c a=x=y")).isEqualTo(Map.of("a", "x=y"));
    assertThat(read("-c a=")).isEqualTo(Map.of("a", ""));
    assertThat(read("")).isEmpty();
  }

  @Test
  void backslashTakesTheNextCharacterAsItIs() {
    assertThat(read("-c a=x\\ y\\\\z -c b=1")).isEqualTo(Map.of("a", "x y\\z", "b", "1"));
  }

  @Test
  void lastOfTwoSwitchesCountsButWhatWasThereBeforeCountsMore() {
    assertThat(read("-c a=1 -c a=2")).isEqualTo(Map.of("a", "2"));
    assertThat(Settings.NONE.with("A", "0").orElseOptions("-c a=1 -c b=2").values())
        .isEqualTo(Map.of("A", "0", "b", "2"));
  }

  @Test
  void whatIsNoSettingGoesOnToTheServer() {
    assertThat(read("endpoint=ep-1 -c a=1"))
        .isEqualTo(Map.of("options", "endpoint=ep-1", "a", "1"));
    assertThat(read("-S 64 x\\ y -c")).isEqualTo(Map.of("options", "-S 64 x\\ y -c"));
  }

  @Test
  void namesIgnoreCase() {
    Settings settings = Settings.NONE.with("TimeZone", "UTC");
    assertThat(settings.orElse("timezone", "x").values()).isEqualTo(Map.of("TimeZone", "UTC"));
    assertThat(settings.with("timezone", "x").values()).containsExactly(Map.entry("timezone", "x"));
  }
}
