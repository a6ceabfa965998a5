package dev.howdah.internal.driver;

import dev.howdah.row.Columns;
import dev.howdah.row.Row;
import dev.howdah.row.RowSet;
import io.r2dbc.postgresql.api.PostgresqlConnection;
import io.r2dbc.postgresql.api.PostgresqlException;
import io.r2dbc.postgresql.api.PostgresqlResult;
import io.r2dbc.postgresql.api.PostgresqlStatement;
import io.r2dbc.spi.ColumnMetadata;
import io.r2dbc.spi.R2dbcException;
import io.r2dbc.spi.Result;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.MonoSink;

/** One command by way of the driver's statements: sends it, reads the whole answer into rows. */
final class Exchange extends Conversation<RowSet> implements CoreSubscriber<Object> {
  private final PostgresqlConnection driver;
  private final List<Row> rows = new ArrayList<>();
  private @Nullable Columns columns;
  private @Nullable Throwable failure;
  private long affected;

  Exchange(
      Command command,
      PostgresqlConnection driver,
      R2dbcConnection connection,
      MonoSink<RowSet> caller) {
    super(command, connection, caller);
    this.driver = driver;
  }

  @Override
  void start() {
    PostgresqlStatement statement = driver.createStatement(command().sql());
    for (int i = 0; i < command().parameters().size(); i++) {
      statement.bind(i, command().parameters().get(i));
    }
    // Segments are looked at in the filter and never pass it: one call a row, nothing between.
    Flux.from(statement.execute()).concatMap(this::readResult).subscribe(this);
  }

  private Publisher<Long> readResult(PostgresqlResult result) {
    return result.filter(this::read).getRowsUpdated();
  }

  private boolean read(Result.Segment segment) {
    if (segment instanceof Result.RowSegment row) {
      readRow(row.row());
    } else if (segment instanceof Result.UpdateCount count) {
      affected += count.value();
    } else if (segment instanceof Result.Message message) {
      readMessage(message.exception());
    }
    return false;
  }

  /** An error, which ends the statement, or a notice, which does not. */
  private void readMessage(R2dbcException message) {
    if (message instanceof PostgresqlException server) {
      if (!R2dbcErrors.isError(server.getErrorDetails())) {
        noticed(server.getErrorDetails());
      } else if (failure == null) {
        failure = message;
      }
    }
  }

  private void readRow(io.r2dbc.spi.Row row) {
    if (isAbandoned() || failure != null || rows.size() >= command().rowLimit()) {
      return;
    }
    try {
      Columns header = columns;
      if (header == null) {
        header = header(row);
        columns = header;
      }
      @Nullable Object[] values = new @Nullable Object[header.size()];
      for (int i = 0; i < values.length; i++) {
        values[i] = row.get(i, Object.class);
      }
      rows.add(Row.owning(header, values));
    } catch (RuntimeException unreadable) {
      // Kept until the answer has ended: throwing here would cancel the driver half way.
      failure = unreadable;
    }
  }

  private static Columns header(io.r2dbc.spi.Row row) {
    var metadata = row.getMetadata().getColumnMetadatas();
    List<String> names = new ArrayList<>(metadata.size());
    int[] types = new int[metadata.size()];
    for (int i = 0; i < types.length; i++) {
      names.add(metadata.get(i).getName());
      types[i] = oid(metadata.get(i));
    }
    return Columns.of(names, types);
  }

  private static int oid(ColumnMetadata column) {
    return column.getNativeTypeMetadata() instanceof Integer oid ? oid : 0;
  }

  @Override
  public void onSubscribe(Subscription subscription) {
    subscription.request(Long.MAX_VALUE);
  }

  @Override
  public void onNext(Object count) {}

  @Override
  public void onError(Throwable broken) {
    end(failure == null ? broken : failure, this::answer);
  }

  @Override
  public void onComplete() {
    end(failure, this::answer);
  }

  private RowSet answer() {
    return RowSet.of(rows, affected);
  }
}
