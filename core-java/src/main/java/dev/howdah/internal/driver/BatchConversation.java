package dev.howdah.internal.driver;

import dev.howdah.error.DatabaseException;
import dev.howdah.internal.type.Codecs;
import dev.howdah.row.RowSet;
import io.r2dbc.postgresql.client.Client;
import io.r2dbc.postgresql.message.backend.BackendMessage;
import io.r2dbc.postgresql.message.backend.CommandComplete;
import io.r2dbc.postgresql.message.backend.DataRow;
import io.r2dbc.postgresql.message.backend.EmptyQueryResponse;
import io.r2dbc.postgresql.message.backend.RowDescription;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.MonoSink;

/** A batch on its way: one message out, the answers of all its rows in. */
final class BatchConversation extends WireConversation<List<RowSet>> {
  private final Batch batch;
  private final Codecs codecs;
  private final List<RowSet> answers;
  private @Nullable WireRows rows;

  BatchConversation(
      Batch batch,
      Client messages,
      Codecs codecs,
      R2dbcConnection connection,
      MonoSink<List<RowSet>> caller) {
    super(batch.command(0), messages, connection, caller);
    this.batch = batch;
    this.codecs = codecs;
    this.answers = new ArrayList<>(batch.rows().size());
  }

  @Override
  void start() {
    send(new BatchMessage(batch));
  }

  @Override
  void read(BackendMessage message) {
    if (message instanceof DataRow row) {
      WireRows now = rows;
      if (now != null && batch.wantsRows() && failure() == null && !isAbandoned()) {
        now.add(row);
      }
    } else if (message instanceof RowDescription description) {
      rows = new WireRows(description, codecs);
    } else if (message instanceof CommandComplete complete) {
      answered(rows(complete));
    } else if (message instanceof EmptyQueryResponse) {
      answered(0);
    } else {
      super.read(message);
    }
  }

  private void answered(long affected) {
    WireRows now = rows;
    answers.add(now == null ? RowSet.of(List.of(), affected) : now.take(affected));
  }

  @Override
  List<RowSet> whole() {
    return answers;
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
