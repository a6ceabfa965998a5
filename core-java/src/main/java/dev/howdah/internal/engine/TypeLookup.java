package dev.howdah.internal.engine;

import dev.howdah.error.SyntaxOrAccess.InsufficientPrivilege;
import dev.howdah.internal.driver.Command;
import dev.howdah.internal.driver.DriverConnection;
import dev.howdah.internal.type.Codecs;
import dev.howdah.internal.type.TypeCatalog;
import dev.howdah.internal.type.TypeCatalog.Reading;
import dev.howdah.row.RowSet;
import java.util.List;
import java.util.Set;
import reactor.core.publisher.Mono;

/**
 * Reads the values of types that are not built in, asking the server about a type when an answer
 * shows it for the first time.
 *
 * <p>It asks on the connection the answer came from, before anybody else has it: a transaction sees
 * the types it made itself. Where asking fails the values stay text, and a transaction goes on.
 */
final class TypeLookup {
  private static final String SAVEPOINT = "howdah_types";

  private final DriverConnection connection;
  private final TypeCatalog types;

  /** Whether others may still have learned what a transaction has changed since. */
  private volatile boolean altered;

  TypeLookup(DriverConnection connection, TypeCatalog types) {
    this.connection = connection;
    this.types = types;
  }

  Codecs codecs() {
    return types.codecs();
  }

  /** A statement ran that may have changed a composite: others learn of it with the commit. */
  void mayHaveChanged() {
    altered = true;
    types.forgetComposites();
  }

  void transactionEnded() {
    if (altered) {
      altered = false;
      types.forgetComposites();
    }
  }

  /** Whether answers of one statement hold values that are to be read here. */
  boolean concernsOneOf(List<RowSet> answers) {
    for (RowSet answer : answers) {
      if (!answer.rows().isEmpty()) {
        return types.concerns(answer);
      }
    }
    return true; // an ALTER answers no rows
  }

  Mono<RowSet> read(Command command, RowSet answer) {
    if (!types.concerns(answer)) {
      if (answer.rows().isEmpty() && alters(command.sql())) {
        mayHaveChanged();
      }
      return Mono.just(answer);
    }
    Reading first = types.read(answer, /* sure= */ false);
    return first.missing().isEmpty()
        ? Mono.just(first.answer())
        : ask(first.missing()).map(asked -> types.read(answer, asked).answer());
  }

  /** Whether the server could be asked. */
  private Mono<Boolean> ask(Set<Integer> oids) {
    Command question =
        new Command(
            TypeCatalog.QUERY, List.of(TypeCatalog.parameter(oids)), /* rowLimit= */ 1_000_000);
    Mono<Boolean> asked =
        connection
            .run(question)
            .doOnNext(types::learn)
            .doOnError(InsufficientPrivilege.class, denied -> types.leaveAsText(oids))
            .thenReturn(true);
    if (!connection.inTransaction()) {
      return asked.onErrorReturn(false);
    }
    return connection
        .script("SAVEPOINT " + SAVEPOINT)
        .then(asked)
        .flatMap(done -> connection.script("RELEASE SAVEPOINT " + SAVEPOINT).thenReturn(done))
        .onErrorResume(
            failure ->
                connection
                    .script(
                        "ROLLBACK TO SAVEPOINT " + SAVEPOINT + "; RELEASE SAVEPOINT " + SAVEPOINT)
                    .onErrorComplete()
                    .thenReturn(false));
  }

  /** Other ways to change a type, such as a DO block, are found out when a value does not fit. */
  private static boolean alters(String sql) {
    int at = 0;
    while (at < sql.length() && Character.isWhitespace(sql.charAt(at))) {
      at++;
    }
    return sql.regionMatches(true, at, "ALTER", 0, 5);
  }
}
