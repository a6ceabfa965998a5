package dev.howdah.internal.driver;

import dev.howdah.row.RowSet;
import io.netty.util.ReferenceCountUtil;
import io.r2dbc.postgresql.api.ErrorDetails;
import io.r2dbc.postgresql.client.Client;
import io.r2dbc.postgresql.message.backend.BackendMessage;
import io.r2dbc.postgresql.message.backend.CommandComplete;
import io.r2dbc.postgresql.message.backend.ErrorResponse;
import io.r2dbc.postgresql.message.backend.NoticeResponse;
import io.r2dbc.postgresql.message.backend.ReadyForQuery;
import io.r2dbc.postgresql.message.frontend.Query;
import io.r2dbc.spi.R2dbcRollbackException;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;

/**
 * COMMIT by messages, since a statement of the driver's does not show the tag that says ROLLBACK,
 * and its own verb for it drops what deferred triggers say. That verb is taken where there is no
 * way to the messages.
 */
final class Commit extends Conversation<RowSet> {
  private static final Command COMMIT = Command.of("COMMIT");

  private final Physical physical;
  private @Nullable Throwable failure;

  Commit(Physical physical, R2dbcConnection connection, MonoSink<RowSet> caller) {
    super(COMMIT, connection, caller);
    this.physical = physical;
  }

  @Override
  void start() {
    Client messages = physical.messages();
    if (messages == null) {
      physical.connection().commitTransaction().subscribe(null, this::onError, this::done);
    } else {
      messages
          .exchange(ReadyForQuery.class::isInstance, Mono.just(new Query(command().sql())))
          .subscribe(this::read, this::onError, this::done);
    }
  }

  private void read(BackendMessage message) {
    try {
      if (message instanceof NoticeResponse notice) {
        noticed(new ErrorDetails(notice.getFields()));
      } else if (message instanceof ErrorResponse error && failure == null) {
        failure = new WireError(error);
      } else if (message instanceof CommandComplete complete
          && complete.getCommand().equals("ROLLBACK")) {
        failure = new R2dbcRollbackException("the server answered COMMIT with ROLLBACK");
      }
    } finally {
      ReferenceCountUtil.release(message);
    }
  }

  private void done() {
    end(failure, () -> RowSet.EMPTY);
  }

  @Override
  void onError(Throwable broken) {
    // Whatever the server said before the connection broke: it did not say how COMMIT ended.
    end(broken, () -> RowSet.EMPTY);
  }
}
