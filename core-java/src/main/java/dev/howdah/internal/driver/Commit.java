package dev.howdah.internal.driver;

import dev.howdah.row.RowSet;
import io.r2dbc.postgresql.api.PostgresqlConnection;
import reactor.core.publisher.MonoSink;

/** COMMIT by the driver's own verb, since only that sees the tag that says ROLLBACK. */
final class Commit extends Conversation<RowSet> {
  private static final Command COMMIT = Command.of("COMMIT");

  private final PostgresqlConnection driver;

  Commit(PostgresqlConnection driver, R2dbcConnection connection, MonoSink<RowSet> caller) {
    super(COMMIT, connection, caller);
    this.driver = driver;
  }

  @Override
  void start() {
    driver.commitTransaction().subscribe(null, this::onError, () -> end(null, () -> RowSet.EMPTY));
  }

  @Override
  void onError(Throwable broken) {
    end(broken, () -> RowSet.EMPTY);
  }
}
