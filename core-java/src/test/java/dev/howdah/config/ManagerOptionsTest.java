package dev.howdah.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.howdah.error.ClientException.InvalidOption;
import java.lang.System.Logger.Level;
import org.junit.jupiter.api.Test;

class ManagerOptionsTest {
  private static final DeletionPassword WORD = new DeletionPassword("secret");

  @Test
  void defaultsAreTheDocumentedOnes() {
    assertThat(ManagerOptions.of("secret"))
        .isEqualTo(new ManagerOptions(WORD, true, false, Level.INFO))
        .isEqualTo(ManagerOptions.of(WORD));
  }

  @Test
  void withMethodsChangeOneThing() {
    DeletionPassword other = new DeletionPassword("other");
    assertThat(
            ManagerOptions.of(WORD)
                .withExpireOnCommit(false)
                .withEcho(true)
                .withLogLevel(Level.DEBUG)
                .withDeletionPassword(other))
        .isEqualTo(new ManagerOptions(other, false, true, Level.DEBUG));
  }

  @Test
  @SuppressWarnings("NullAway") // callers in other languages may pass null
  void deletionPasswordIsRequiredAndNotPrinted() {
    assertThatThrownBy(() -> ManagerOptions.of("")).isInstanceOf(InvalidOption.class);
    assertThatThrownBy(() -> new ManagerOptions(null, true, false, Level.INFO))
        .isInstanceOf(NullPointerException.class);
    assertThat(ManagerOptions.of(WORD).toString()).doesNotContain("secret");
  }
}
