package dev.howdah.internal.engine;

import dev.howdah.error.ClientException.HandleReturned;
import dev.howdah.error.ClientException.WrongArguments;
import dev.howdah.row.Row;
import dev.howdah.row.RowSet;
import java.util.List;
import reactor.core.publisher.Mono;

/** An answer that came as a whole, given out page by page; it holds no connection. */
final class BufferedCursor implements Engine.Cursor {
  private final List<Row> rows;
  private int next;
  private boolean closed;

  BufferedCursor(RowSet answer) {
    this.rows = answer.rows();
  }

  @Override
  public Mono<RowSet> fetch(int wanted) {
    return Mono.fromSupplier(
        () -> {
          List<Row> page = take("fetch", wanted);
          return RowSet.of(page, page.size());
        });
  }

  @Override
  public Mono<Long> skip(long wanted) {
    return Mono.fromSupplier(() -> (long) take("skip", wanted).size());
  }

  private synchronized List<Row> take(String verb, long wanted) {
    if (closed) {
      throw new HandleReturned(verb + " was called on a cursor that is closed");
    }
    if (wanted < 1) {
      throw new WrongArguments(verb + " takes 1 row or more, it was asked for " + wanted);
    }
    int end = (int) Math.min(rows.size(), next + wanted);
    List<Row> page = rows.subList(next, end);
    next = end;
    return page;
  }

  @Override
  public Mono<Void> close() {
    return Mono.fromRunnable(this::end);
  }

  private synchronized void end() {
    closed = true;
  }
}
