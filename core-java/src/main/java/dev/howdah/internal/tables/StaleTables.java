package dev.howdah.internal.tables;

import dev.howdah.error.ClientException.UnknownColumn;
import dev.howdah.error.ClientException.UnknownTable;
import dev.howdah.error.ClientException.WrongArguments;
import dev.howdah.error.DatabaseException;
import dev.howdah.error.ServerException;
import dev.howdah.internal.engine.Engine;
import dev.howdah.schema.TableDefinition;
import dev.howdah.schema.TableName;
import java.util.Set;
import java.util.function.Function;
import reactor.core.publisher.Mono;

/**
 * Runs work on a table as it is known, and once more if it fails in a way that a change of the
 * table by others explains.
 *
 * <p>Safe to repeat: the work is one statement or one transaction, so a failed attempt has changed
 * nothing. It is repeated only when the catalog, read again, really says something else.
 */
final class StaleTables {
  /**
   * Undefined table, column, type and operator or function, mismatched and uncastable types,
   * ambiguous parameters, no unique key for a conflict target, a type that was dropped; and values
   * that a column of another type refused, as text, number, date, length or bytes.
   */
  private static final Set<String> SUSPICIOUS =
      Set.of(
          "42P01", "42703", "42704", "42883", "42804", "42846", "42P08", "42P10", "42P18", "XX000",
          "22P02", "22003", "22007", "22008", "22001", "22P03");

  private final Engine engine;
  private final TableCache cache;

  StaleTables(Engine engine, TableCache cache) {
    this.engine = engine;
    this.cache = cache;
  }

  /** Cold. A throw of {@code work} becomes the failure of the Mono. */
  <T> Mono<T> run(TableName name, Function<TableDefinition, Mono<T>> work) {
    return cache
        .get(name)
        .flatMap(
            known ->
                Mono.defer(() -> work.apply(known))
                    .onErrorResume(
                        StaleTables::mayBeStale, failure -> again(name, known, failure, work)));
  }

  private <T> Mono<T> again(
      TableName name,
      TableDefinition known,
      Throwable failure,
      Function<TableDefinition, Mono<T>> work) {
    if (failure instanceof ServerException && engine instanceof Engine.Scope) {
      cache.forget(name); // the transaction is lost, the next one shall know better
      return Mono.error(failure);
    }
    return cache
        .reread(name, known)
        .onErrorMap(
            rereading -> {
              if (rereading instanceof UnknownTable) {
                return rereading;
              }
              failure.addSuppressed(rereading);
              return failure;
            })
        .flatMap(
            fresh ->
                fresh.equals(known) ? Mono.error(failure) : Mono.defer(() -> work.apply(fresh)));
  }

  private static boolean mayBeStale(Throwable failure) {
    if (failure instanceof UnknownColumn || failure instanceof WrongArguments) {
      return ((DatabaseException) failure).nothingWasSent();
    }
    return failure instanceof ServerException server && SUSPICIOUS.contains(server.sqlState());
  }
}
