package dev.howdah.internal.driver;

import dev.howdah.error.DatabaseException;
import dev.howdah.internal.type.Codecs;
import dev.howdah.row.RowSet;
import io.netty.util.ReferenceCountUtil;
import io.r2dbc.postgresql.api.ErrorDetails;
import io.r2dbc.postgresql.client.Client;
import io.r2dbc.postgresql.message.backend.BackendMessage;
import io.r2dbc.postgresql.message.backend.CommandComplete;
import io.r2dbc.postgresql.message.backend.DataRow;
import io.r2dbc.postgresql.message.backend.EmptyQueryResponse;
import io.r2dbc.postgresql.message.backend.ErrorResponse;
import io.r2dbc.postgresql.message.backend.NoticeResponse;
import io.r2dbc.postgresql.message.backend.ReadyForQuery;
import io.r2dbc.postgresql.message.backend.RowDescription;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;

/** A batch on its way: one message out, the answers of all its rows in. */
final class BatchConversation extends Conversation<List<RowSet>>
    implements CoreSubscriber<BackendMessage> {
  private final Batch batch;
  private final Client messages;
  private final Codecs codecs;
  private final List<RowSet> answers;
  private @Nullable WireRows rows;
  private @Nullable Throwable failure;

  BatchConversation(
      Batch batch,
      Client messages,
      Codecs codecs,
      R2dbcConnection connection,
      MonoSink<List<RowSet>> caller) {
    super(batch.command(0), connection, caller);
    this.batch = batch;
    this.messages = messages;
    this.codecs = codecs;
    this.answers = new ArrayList<>(batch.rows().size());
  }

  @Override
  void start() {
    messages
        .exchange(ReadyForQuery.class::isInstance, Mono.just(new BatchMessage(batch)))
        .subscribe(this);
  }

  @Override
  public void onSubscribe(Subscription subscription) {
    subscription.request(Long.MAX_VALUE);
  }

  @Override
  public void onNext(BackendMessage message) {
    try {
      read(message);
    } catch (RuntimeException unreadable) {
      // Kept until the answer has ended: throwing here would cancel the driver half way.
      failure = failure == null ? unreadable : failure;
    } finally {
      ReferenceCountUtil.release(message);
    }
  }

  private void read(BackendMessage message) {
    if (message instanceof DataRow row) {
      WireRows now = rows;
      if (now != null && batch.wantsRows() && failure == null && !isAbandoned()) {
        now.add(row);
      }
    } else if (message instanceof RowDescription description) {
      rows = new WireRows(description, codecs);
    } else if (message instanceof CommandComplete complete) {
      Long count = complete.getRows();
      answered(count == null ? 0 : count);
    } else if (message instanceof EmptyQueryResponse) {
      answered(0);
    } else if (message instanceof NoticeResponse notice) {
      noticed(new ErrorDetails(notice.getFields()));
    } else if (message instanceof ErrorResponse error && failure == null) {
      failure = new WireError(error);
    }
  }

  private void answered(long affected) {
    WireRows now = rows;
    answers.add(now == null ? RowSet.of(List.of(), affected) : now.take(affected));
  }

  @Override
  public void onError(Throwable broken) {
    end(failure == null ? broken : failure, () -> answers);
  }

  @Override
  public void onComplete() {
    end(failure, () -> answers);
  }

  /** The answers that came before it say whose failure it is. */
  private int failingRow() {
    return Math.min(answers.size(), batch.rows().size() - 1);
  }

  @Override
  Command failing() {
    return batch.command(failingRow());
  }

  @Override
  Throwable toCaller(DatabaseException translated) {
    return new BatchFailure(failingRow(), translated);
  }
}
