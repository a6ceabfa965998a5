package dev.howdah.internal.engine;

import dev.howdah.config.Isolation;
import dev.howdah.config.TransactionOptions;
import dev.howdah.error.ClientException.TransactionState;
import dev.howdah.internal.engine.Engine.EndedBy;
import dev.howdah.query.ParsedSql;
import org.jspecify.annotations.Nullable;

/** What cannot be asked of a transaction, in words. */
final class TransactionRules {
  private TransactionRules() {}

  static void refuseRawBegin(HeldConnection held) {
    if (held.inTransaction()) {
      throw new TransactionState(
          "a transaction was opened on this connection with a BEGIN of its own; end it before"
              + " transaction(…)");
    }
  }

  static void refuseRetries(TransactionOptions options, EndedBy endedBy) {
    if (endedBy == EndedBy.CALLER && options.retries() > 0) {
      throw new TransactionState(
          "retries run a whole block again: they go with transaction(…), not with begin()");
    }
  }

  /**
   * A savepoint has no modes of its own.
   *
   * @param outer the isolation of the transaction it is in; null for the session's default
   */
  static void refuseModes(TransactionOptions nested, @Nullable Isolation outer) {
    Isolation wanted = nested.isolation();
    if (wanted != null && wanted != outer) {
      throw new TransactionState(
          "a nested transaction cannot be "
              + wanted.sql()
              + ": the outer one is "
              + (outer == null ? "of the session's default isolation" : outer.sql())
              + ", and a savepoint shares it");
    }
    if (nested.readOnly() != null || nested.deferrable() != null || nested.retries() > 0) {
      throw new TransactionState(
          "a nested transaction is a savepoint: read-only, deferrable and retries belong to the"
              + " outermost transaction");
    }
  }

  static void refuseControl(String verb, ParsedSql text) {
    if (text.controlsTransaction()) {
      throw new TransactionState(
          verb
              + " was given BEGIN, COMMIT, ROLLBACK or a savepoint inside a transaction; the"
              + " transaction's own verbs begin and end it, nest with transaction(…) or"
              + " savepoint(…)");
    }
  }

  static void refuseInBlock(String verb, EndedBy endedBy) {
    if (endedBy == EndedBy.BLOCK) {
      throw new TransactionState(
          verb
              + " was called inside a transaction block, which ends by itself: return to commit,"
              + " throw to roll back, or open the transaction with begin()");
    }
  }
}
