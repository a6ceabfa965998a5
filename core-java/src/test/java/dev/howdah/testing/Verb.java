package dev.howdah.testing;

import dev.howdah.Database;
import dev.howdah.Queries;
import dev.howdah.query.Outcome;
import dev.howdah.query.Query;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Every verb of the Java handles that sends a statement, each with the same call. */
public enum Verb {
  EXECUTE(false, (on, sql, arguments) -> on.execute(sql, arguments)),
  EXECUTE_SCRIPT(false, (on, sql, arguments) -> on.executeScript(inlined(sql, arguments))),
  FETCH(false, (on, sql, arguments) -> on.fetch(sql, arguments)),
  FETCH_TYPE(false, (on, sql, arguments) -> on.fetch(String.class, sql, arguments)),
  FETCH_MAPPED(false, (on, sql, arguments) -> on.fetch(row -> row, sql, arguments)),
  FETCH_ROW(false, (on, sql, arguments) -> on.fetchRow(sql, arguments)),
  FETCH_ONE(false, (on, sql, arguments) -> on.fetchOne(sql, arguments)),
  FETCH_VALUE(false, (on, sql, arguments) -> on.fetchValue(String.class, sql, arguments)),
  RUN(false, (on, sql, arguments) -> on.run(Query.rows(sql, arguments))),
  GATHER(true, (on, sql, arguments) -> ((Database) on).gather(List.of(Query.row(sql, arguments)))),
  GATHER_OUTCOMES(
      true,
      (on, sql, arguments) -> ((Database) on).gatherOutcomes(List.of(Query.row(sql, arguments)))),
  TRANSACTION(
      true, (on, sql, arguments) -> ((Database) on).transaction(tx -> tx.fetch(sql, arguments))),
  SAVEPOINT(
      true,
      (on, sql, arguments) ->
          ((Database) on)
              .transaction(tx -> tx.transaction(inner -> inner.execute(sql, arguments)))),
  CONNECTION(
      true, (on, sql, arguments) -> ((Database) on).connection(c -> c.fetchRow(sql, arguments))),
  CONNECTION_TRANSACTION(
      true,
      (on, sql, arguments) ->
          ((Database) on).connection(c -> c.transaction(tx -> tx.fetchOne(sql, arguments))));

  private static final long LONGEST_SECONDS = 60;

  private interface Call {
    CompletableFuture<?> on(Queries handle, String sql, @Nullable Object... arguments);
  }

  private final boolean ofDatabase;
  private final Call call;

  Verb(boolean ofDatabase, Call call) {
    this.ofDatabase = ofDatabase;
    this.call = call;
  }

  /** The verbs that a database, a connection and a transaction share. */
  public static List<Verb> ofEveryHandle() {
    return Stream.of(values()).filter(verb -> !verb.ofDatabase).toList();
  }

  /** Whether the statement runs in a block, whose future is the one to be stopped. */
  public boolean isBlock() {
    return ofDatabase && this != GATHER && this != GATHER_OUTCOMES;
  }

  /** Calls the verb. A handle that is no database has those of {@link #ofEveryHandle} alone. */
  public CompletableFuture<?> on(Queries handle, String sql, @Nullable Object... arguments) {
    return call.on(handle, sql, arguments);
  }

  /**
   * Waits for the end and gives the failure, that of a gather's only query included.
   *
   * @throws AssertionError if it does not end, or not with a failure; then it is cancelled
   */
  public static Throwable failureOf(CompletableFuture<?> call) {
    Object answer;
    try {
      answer = call.get(LONGEST_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException wrapped) {
      return Objects.requireNonNull(wrapped.getCause());
    } catch (CancellationException cancelled) {
      // Newer JDKs give each reader a new one, with the future's own as its cause.
      return cancelled.getCause() instanceof CancellationException given ? given : cancelled;
    } catch (InterruptedException | TimeoutException unanswered) {
      call.cancel(true);
      throw new AssertionError("no end within " + LONGEST_SECONDS + " s", unanswered);
    }
    if (answer instanceof List<?> outcomes
        && outcomes.size() == 1
        && outcomes.get(0) instanceof Outcome<?> outcome
        && !outcome.succeeded()) {
      return outcome.failure().orElseThrow();
    }
    throw new AssertionError("it did not fail but gave " + answer);
  }

  /** A script takes no arguments. */
  private static String inlined(String sql, @Nullable Object... arguments) {
    String text = sql;
    List<@Nullable Object> values = new ArrayList<>(List.of(arguments));
    for (int i = values.size(); i > 0; i--) {
      text = text.replace("$" + i, String.valueOf(values.get(i - 1)));
    }
    return text;
  }

  /** How the library's messages call it: a query value that is run keeps its own verb. */
  public String inMessages() {
    return this == RUN ? "fetch" : toString().split(" ", 2)[0];
  }

  /** The verb as the handles call it. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
