package dev.howdah.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.howdah.error.ClientException.InvalidOption;
import dev.howdah.error.ClientException.WrongDeletionPassword;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class DeletionPasswordTest {
  private final DeletionPassword password = new DeletionPassword("Grüße #1");

  @Test
  void rightWordPasses() {
    assertThatCode(() -> password.check("Grüße #1")).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {"", "grüße #1", "Grüße #1 ", "Grüße #", "Gr\u00fc\u00dfe #2"})
  void anyOtherFailsAndShowsNeither(String attempt) {
    assertThatThrownBy(() -> password.check(attempt))
        .isInstanceOf(WrongDeletionPassword.class)
        .hasMessageContaining("nothing was sent")
        .hasMessageNotContaining("#");
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {"", " ", "\t\n"})
  void blankWordGuardsNothingAndIsRefused(String word) {
    assertThatThrownBy(() -> new DeletionPassword(word))
        .isInstanceOf(InvalidOption.class)
        .hasMessageContaining("The deletion password is blank");
  }

  @Test
  void nothingIsPrintedNotEvenAHash() {
    assertThat(password).hasToString("DeletionPassword[***]");
    assertThat(password).hasSameHashCodeAs(new DeletionPassword("other"));
  }

  @Test
  void sameWordsAreEqual() {
    assertThat(password)
        .isEqualTo(new DeletionPassword("Grüße #1"))
        .isNotEqualTo(new DeletionPassword("other"))
        .isNotEqualTo("Grüße #1");
  }
}
