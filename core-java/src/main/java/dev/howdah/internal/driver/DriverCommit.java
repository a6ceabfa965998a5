package dev.howdah.internal.driver;

import dev.howdah.row.RowSet;
import io.r2dbc.postgresql.api.PostgresqlConnection;
import reactor.core.publisher.MonoSink;

/** COMMIT by the driver's own verb, where there is no way to the messages. */
final class DriverCommit extends Conversation<RowSet> {
  private final PostgresqlConnection driver;

  DriverCommit(PostgresqlConnection driver, R2dbcConnection connection, MonoSink<RowSet> caller) {
    super(Commit.COMMAND, connection, caller);
    this.driver = driver;
  }

  @Override
  void start() {
    driver.commitTransaction().subscribe(null, this::onError, () -> end(null));
  }

  @Override
  RowSet whole() {
    return RowSet.EMPTY;
  }

  @Override
  public void onError(Throwable broken) {
    end(broken);
  }
}
