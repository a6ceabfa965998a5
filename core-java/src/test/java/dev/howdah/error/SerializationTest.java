package dev.howdah.error;

import static org.assertj.core.api.Assertions.assertThat;

import dev.howdah.error.ClientException.MappingFailure;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SerializationTest {

  private static DatabaseException copied(DatabaseException failure)
      throws IOException, ClassNotFoundException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(failure);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      return (DatabaseException) in.readObject();
    }
  }

  @ParameterizedTest
  @MethodSource("dev.howdah.error.ClientExceptionTest#kinds")
  void everyClientFailureSurvives(ClientException failure) throws Exception {
    DatabaseException copy = copied(failure);

    assertThat(copy).hasSameClassAs(failure).hasMessage("m").hasToString(failure.toString());
    assertThat(copy.sqlState()).isEqualTo(failure.sqlState());
    assertThat(copy.nothingWasSent()).isEqualTo(failure.nothingWasSent());
    assertThat(String.valueOf(copy.getCause())).isEqualTo(String.valueOf(failure.getCause()));
  }

  @Test
  void aServersReportSurvivesWhole() throws Exception {
    ServerReport report =
        ServerReport.builder()
            .sqlState("42703")
            .message("no such column")
            .position(8)
            .detail("d")
            .routine("r")
            .build();
    ServerException failure = ServerErrors.of(report, "SELECT nope", "$1 = 'x'", "4711");

    ServerException copy = (ServerException) copied(failure);

    assertThat(copy).hasSameClassAs(failure).hasToString(failure.toString());
    assertThat(copy.report()).isEqualTo(report);
    assertThat(copy.sql()).isEqualTo("SELECT nope");
    assertThat(copy.parameters()).isEqualTo("$1 = 'x'");
    assertThat(copy).hasMessage(failure.getMessage());
  }

  /** As the driver's exceptions are. */
  private static final class Unserializable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    @SuppressWarnings({"serial", "UnusedVariable"}) // that it cannot be serialized is the point
    private final Object held = new Object();

    Unserializable() {
      super("held", new IllegalStateException("deeper"));
    }
  }

  @Test
  void aCauseThatCannotBeSerializedLeavesItsTextAndTrace() throws Exception {
    Unserializable cause = new Unserializable();

    DatabaseException copy = copied(new MappingFailure("m", cause));

    Throwable stand = Objects.requireNonNull(copy.getCause());
    assertThat(stand).hasToString(cause.toString());
    assertThat(stand.getStackTrace()).isEqualTo(cause.getStackTrace());
    assertThat(stand.getCause()).isInstanceOf(IllegalStateException.class).hasMessage("deeper");
    assertThat(new MappingFailure("m", cause).getCause()).isSameAs(cause);
  }
}
