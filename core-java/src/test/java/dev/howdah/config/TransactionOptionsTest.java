package dev.howdah.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.howdah.error.ClientException.InvalidOption;
import org.junit.jupiter.api.Test;

class TransactionOptionsTest {

  @Test
  void beginSaysWhatWasAskedAndNothingElse() {
    assertThat(TransactionOptions.defaults().beginSql()).isEqualTo("BEGIN");
    assertThat(TransactionOptions.readCommitted().beginSql())
        .isEqualTo("BEGIN ISOLATION LEVEL READ COMMITTED");
    assertThat(TransactionOptions.repeatableRead().withReadOnly(false).beginSql())
        .isEqualTo("BEGIN ISOLATION LEVEL REPEATABLE READ READ WRITE");
    assertThat(TransactionOptions.readingOnly().beginSql()).isEqualTo("BEGIN READ ONLY");
    assertThat(TransactionOptions.serializable().withReadOnly(true).withDeferrable(true).beginSql())
        .isEqualTo("BEGIN ISOLATION LEVEL SERIALIZABLE READ ONLY DEFERRABLE");
    assertThat(TransactionOptions.defaults().withDeferrable(false).beginSql())
        .isEqualTo("BEGIN NOT DEFERRABLE");
    assertThat(TransactionOptions.defaults().withIsolation(Isolation.READ_UNCOMMITTED).beginSql())
        .isEqualTo("BEGIN ISOLATION LEVEL READ UNCOMMITTED");
  }

  @Test
  void retriesAreNoneUnlessAsked() {
    assertThat(TransactionOptions.serializable().retries()).isZero();
    assertThat(TransactionOptions.serializable().withRetries(3).retries()).isEqualTo(3);
    assertThatThrownBy(() -> TransactionOptions.defaults().withRetries(-1))
        .isInstanceOf(InvalidOption.class)
        .hasMessage("retries must be 0 or more, but is -1");
  }

  @Test
  void deferrableWithoutEffectIsRefused() {
    assertThatThrownBy(() -> TransactionOptions.repeatableRead().withDeferrable(true))
        .isInstanceOf(InvalidOption.class)
        .hasMessageContaining("REPEATABLE READ");
    assertThatThrownBy(
            () -> TransactionOptions.serializable().withReadOnly(false).withDeferrable(true))
        .isInstanceOf(InvalidOption.class)
        .hasMessageContaining("withReadOnly(true)");
    assertThat(TransactionOptions.defaults().withDeferrable(true).deferrable()).isTrue();
  }
}
