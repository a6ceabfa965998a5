package dev.howdah.error;

import static org.assertj.core.api.Assertions.assertThat;

import dev.howdah.error.ClientException.CommitOutcomeUnknown;
import dev.howdah.error.ClientException.ConnectFailure;
import dev.howdah.error.ClientException.ConnectionLost;
import dev.howdah.error.ClientException.DatabaseClosed;
import dev.howdah.error.ClientException.EmptyCondition;
import dev.howdah.error.ClientException.HandleReturned;
import dev.howdah.error.ClientException.InvalidCachedStatement;
import dev.howdah.error.ClientException.InvalidOption;
import dev.howdah.error.ClientException.InvalidUrl;
import dev.howdah.error.ClientException.MappingFailure;
import dev.howdah.error.ClientException.NoRow;
import dev.howdah.error.ClientException.PoolTimeout;
import dev.howdah.error.ClientException.QueryTimeout;
import dev.howdah.error.ClientException.TooManyRows;
import dev.howdah.error.ClientException.TransactionState;
import dev.howdah.error.ClientException.UnknownColumn;
import dev.howdah.error.ClientException.Unsupported;
import dev.howdah.error.ClientException.WrongArguments;
import dev.howdah.error.ClientException.WrongDeletionPassword;
import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ClientExceptionTest {
  private static Throwable cause() {
    return new IOException("below");
  }

  static Stream<Arguments> kinds() {
    return Stream.of(
        Arguments.of(new ConnectFailure("m", cause()), "08001", true),
        Arguments.of(new ConnectionLost("m", cause()), "08006", false),
        Arguments.of(new ConnectionLost("m", cause(), "SELECT 1"), "08006", false),
        Arguments.of(new PoolTimeout("m"), "", true),
        Arguments.of(new QueryTimeout("m"), "57014", false),
        Arguments.of(new QueryTimeout("m", "SELECT 1"), "57014", false),
        Arguments.of(new QueryTimeout("m", null, true), "57014", true),
        Arguments.of(new HandleReturned("m"), "08003", true),
        Arguments.of(new DatabaseClosed("m"), "08003", true),
        Arguments.of(new NoRow("m"), "02000", false),
        Arguments.of(new TooManyRows("m"), "21000", false),
        Arguments.of(new MappingFailure("m"), "", false),
        Arguments.of(new MappingFailure("m", cause()), "", false),
        Arguments.of(new UnknownColumn("m"), "42703", false),
        Arguments.of(new UnknownColumn("m", true), "42703", true),
        Arguments.of(new WrongArguments("m"), "", true),
        Arguments.of(new WrongArguments("m", cause()), "", true),
        Arguments.of(new WrongDeletionPassword("m"), "", true),
        Arguments.of(new EmptyCondition("m"), "", true),
        Arguments.of(new InvalidUrl("m"), "", true),
        Arguments.of(new InvalidUrl("m", cause()), "", true),
        Arguments.of(new InvalidOption("m"), "", true),
        Arguments.of(new TransactionState("m"), "25000", true),
        Arguments.of(new CommitOutcomeUnknown("m", cause()), "08007", false),
        Arguments.of(new InvalidCachedStatement("m", cause(), "SELECT 1"), "0A000", false),
        Arguments.of(new Unsupported("m"), "0A000", true));
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void kindHasItsCodeAndSaysWhetherAnythingWasSent(
      ClientException failure, String code, boolean nothingWasSent) {
    assertThat(failure).hasMessage("m");
    assertThat(failure.sqlState()).isEqualTo(code);
    assertThat(failure.nothingWasSent()).isEqualTo(nothingWasSent);
    assertThat(failure.isRetryable()).isEqualTo(failure instanceof InvalidCachedStatement);
  }

  @Test
  void causeIsKept() {
    Throwable cause = cause();

    assertThat(new ConnectFailure("m", cause)).hasCause(cause);
    assertThat(new CommitOutcomeUnknown("m", null)).hasNoCause();
  }

  @Test
  void everyCodeAClientFailureUsesIsInPostgresqlsTable() {
    kinds()
        .map(it -> ((ClientException) it.get()[0]).sqlState())
        .filter(it -> !it.isEmpty())
        .forEach(it -> assertThat(SqlState.nameOf(it)).as(it).isNotNull());
  }
}
