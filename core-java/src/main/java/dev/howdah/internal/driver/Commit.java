package dev.howdah.internal.driver;

import dev.howdah.row.RowSet;
import io.r2dbc.postgresql.client.Client;
import io.r2dbc.postgresql.message.backend.BackendMessage;
import io.r2dbc.postgresql.message.backend.CommandComplete;
import io.r2dbc.postgresql.message.frontend.Query;
import io.r2dbc.spi.R2dbcRollbackException;
import reactor.core.publisher.MonoSink;

/**
 * COMMIT by messages, since a statement of the driver's does not show the tag that says ROLLBACK,
 * and its own verb for it drops what deferred triggers say.
 */
final class Commit extends WireConversation<RowSet> {
  static final Command COMMAND = Command.of("COMMIT");

  Commit(Client messages, R2dbcConnection connection, MonoSink<RowSet> caller) {
    super(COMMAND, messages, connection, caller);
  }

  @Override
  void start() {
    send(new Query(COMMAND.sql()));
  }

  @Override
  void read(BackendMessage message) {
    if (message instanceof CommandComplete complete && complete.getCommand().equals("ROLLBACK")) {
      fail(new R2dbcRollbackException("the server answered COMMIT with ROLLBACK"));
    } else {
      super.read(message);
    }
  }

  @Override
  RowSet whole() {
    return RowSet.EMPTY;
  }

  @Override
  public void onError(Throwable broken) {
    // Whatever the server said before the connection broke: it did not say how COMMIT ended.
    end(broken);
  }
}
