package dev.howdah.internal.engine;

import dev.howdah.error.ClientException.HandleReturned;
import dev.howdah.error.ClientException.WrongArguments;
import dev.howdah.row.Row;
import dev.howdah.row.RowSet;
import java.util.List;
import java.util.function.Consumer;
import reactor.core.publisher.Mono;

/** An answer that came as a whole, given out page by page; it holds no connection. */
final class BufferedCursor implements Engine.Cursor {
  private final List<Row> rows;
  private final Consumer<String> check;
  private int next;
  private boolean closed;

  /** One that may be read whenever its reader likes. */
  BufferedCursor(RowSet answer) {
    this(answer, verb -> {});
  }

  /**
   * One that belongs to a handle.
   *
   * @param check refuses, naming the verb, when the handle is not valid any more
   */
  BufferedCursor(RowSet answer, Consumer<String> check) {
    this.rows = answer.rows();
    this.check = check;
  }

  @Override
  public Mono<RowSet> fetch(int wanted) {
    check("fetch", wanted);
    return Mono.fromSupplier(
        () -> {
          List<Row> page = take("fetch", wanted);
          return RowSet.of(page, page.size()).behind(next - page.size());
        });
  }

  @Override
  public Mono<Long> skip(long wanted) {
    check("skip", wanted);
    return Mono.fromSupplier(() -> (long) take("skip", wanted).size());
  }

  private void check(String verb, long wanted) {
    if (wanted < 1) {
      throw new WrongArguments(verb + " takes 1 row or more, it was asked for " + wanted);
    }
    checkOpen(verb);
    check.accept(verb);
  }

  private synchronized void checkOpen(String verb) {
    if (closed) {
      throw new HandleReturned(verb + " was called on a cursor that is closed");
    }
  }

  private synchronized List<Row> take(String verb, long wanted) {
    checkOpen(verb);
    int end = next + (int) Math.min(rows.size() - next, wanted);
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
