package dev.howdah.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.howdah.config.DatabaseOptions;
import dev.howdah.error.ClientException.RolledBack;
import dev.howdah.error.ClientException.TransactionState;
import dev.howdah.error.SyntaxOrAccess.SyntaxError;
import dev.howdah.internal.driver.Command;
import dev.howdah.internal.driver.Driver;
import dev.howdah.internal.driver.DriverConnection;
import dev.howdah.internal.driver.Drivers;
import dev.howdah.internal.type.ParameterEncoder.Parameter;
import dev.howdah.row.RowSet;
import dev.howdah.testing.PostgresTest;
import dev.howdah.testing.TestDatabase;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;

/** Where the server does not begin, nothing runs outside of a transaction in its place. */
@PostgresTest
class RefusedBeginDatabaseTest {
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void noStatementRunsWithoutItsTransaction(boolean arguments, TestDatabase server) {
    server.sql("CREATE TABLE kept (id int)");
    Command insert =
        arguments
            ? new Command("INSERT INTO kept VALUES ($1)", List.of(one()), 0)
            : Command.of("INSERT INTO kept VALUES (1)");
    Driver driver = Drivers.open(DatabaseOptions.of(server.url()).resolve());
    try {
      DriverConnection connection = Objects.requireNonNull(driver.acquire().block());
      Beginning beginning = new Beginning(connection, new Steps(connection));
      beginning.with("BEGIN NONSENSE");
      assertThatThrownBy(() -> ran(beginning.run(insert)))
          .isInstanceOfSatisfying(
              SyntaxError.class, refusal -> assertThat(refusal.sql()).isEqualTo("BEGIN NONSENSE"));
      assertThat(beginning.isWaiting()).isTrue();
      assertThatThrownBy(() -> beginning.nothing().block()).isInstanceOf(RolledBack.class);
      assertThatThrownBy(() -> ran(beginning.run(insert)))
          .isInstanceOf(TransactionState.class)
          .hasMessageContaining("could not begin")
          .hasMessageContaining("NONSENSE");
      assertThat(server.query("SELECT id FROM kept")).isEmpty();

      beginning.with("BEGIN");
      ran(beginning.run(insert));
      assertThat(connection.inTransaction()).isTrue();
      assertThat(beginning.isWaiting()).isFalse();
      ran(connection.run(Command.of("ROLLBACK")));
      connection.giveBack().block();
    } finally {
      driver.close(Duration.ofSeconds(60)).block();
    }
  }

  private static Parameter one() {
    return new Parameter(23, false, "1".getBytes(StandardCharsets.US_ASCII));
  }

  private static RowSet ran(Mono<RowSet> statement) {
    return Objects.requireNonNull(statement.block(Duration.ofSeconds(30)));
  }
}
