package dev.howdah.internal.driver;

import io.r2dbc.postgresql.api.PostgresqlConnection;
import io.r2dbc.postgresql.api.PostgresqlException;
import io.r2dbc.postgresql.api.PostgresqlResult;
import io.r2dbc.postgresql.api.PostgresqlStatement;
import io.r2dbc.spi.R2dbcException;
import io.r2dbc.spi.Result;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.MonoSink;

/** One command by way of the driver's statements: sends it, reads the whole answer. */
final class Exchange<T> extends Conversation<T> implements CoreSubscriber<Object> {
  private final PostgresqlConnection driver;
  private final Answer<T> answer;
  private final ResultRows rows = new ResultRows();
  private @Nullable Throwable failure;
  private long affected;

  Exchange(
      Command command,
      Answer<T> answer,
      PostgresqlConnection driver,
      R2dbcConnection connection,
      MonoSink<T> caller) {
    super(command, connection, caller);
    this.answer = answer;
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
    if (isAbandoned() || failure != null) {
      return;
    }
    try {
      answer.add(rows.at(row));
    } catch (RuntimeException unreadable) {
      // Kept until the answer has ended: throwing here would cancel the driver half way.
      failure = unreadable;
    }
  }

  @Override
  public void onSubscribe(Subscription subscription) {
    subscription.request(Long.MAX_VALUE);
  }

  @Override
  public void onNext(Object count) {}

  @Override
  public void onError(Throwable broken) {
    end(failure == null ? broken : failure);
  }

  @Override
  public void onComplete() {
    end(failure);
  }

  @Override
  T whole() {
    return answer.whole(affected);
  }
}
