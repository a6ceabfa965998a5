package dev.howdah.internal.engine;

import dev.howdah.error.ClientException.TransactionState;
import dev.howdah.error.ClientException.WrongArguments;
import dev.howdah.internal.driver.Command;
import dev.howdah.schema.Identifiers;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * The savepoints that a user has set by name in one transaction. Going back to one, or taking it
 * away, ends those that were set after it.
 */
final class Marks {
  private final TransactionScope scope;
  private final List<Mark> open = new ArrayList<>();

  Marks(TransactionScope scope) {
    this.scope = scope;
  }

  /** Sets one; a name that is set already is refused: it would hide the first. */
  Mono<Engine.Mark> set(String name) {
    if (name == null) {
      throw new WrongArguments("savepoint needs a name, it was given null");
    }
    if (name.startsWith(TransactionScope.OWN_NAMES)) {
      throw new WrongArguments(
          "savepoint was given the name '"
              + name
              + "'; those that begin with "
              + TransactionScope.OWN_NAMES
              + " are the library's own, choose another");
    }
    Mark mark = new Mark(name, Identifiers.quote(name));
    synchronized (open) {
      if (open.stream().anyMatch(other -> other.name.equals(name))) {
        throw new TransactionState(
            "the savepoint '"
                + name
                + "' is set already; release it first, or choose another name");
      }
      open.add(mark);
    }
    return control(mark::isSet, "SAVEPOINT " + mark.quoted)
        .<Engine.Mark>thenReturn(mark)
        .doOnError(failure -> mark.end(true, null))
        .doOnCancel(() -> mark.end(true, null));
  }

  private Mono<Void> control(Runnable inTurn, String sql) {
    return scope
        .lease()
        .control(
            () -> {
              scope.checkTurn();
              inTurn.run();
            },
            Command.of(sql))
        .then();
  }

  private final class Mark implements Engine.Mark {
    private final String name;
    private final String quoted;
    private List<ServerCursor> before = List.of();
    private @Nullable String endedBy;

    Mark(String name, String quoted) {
      this.name = name;
      this.quoted = quoted;
    }

    /** Cursors are told apart in the savepoint's turn: those before it outlive its rollback. */
    private void isSet() {
      before = scope.lease().cursors().present();
    }

    @Override
    public Mono<Void> rollback() {
      return Mono.defer(
          () -> {
            check("rollback");
            String by = "the rollback to '" + name + "'";
            return control(
                    () -> scope.lease().cursors().undo(before, by),
                    "ROLLBACK TO SAVEPOINT " + quoted)
                .doOnSuccess(done -> end(false, by));
          });
    }

    @Override
    public Mono<Void> release() {
      return Mono.defer(
          () -> {
            check("release");
            return control(() -> {}, "RELEASE SAVEPOINT " + quoted)
                .doOnSuccess(done -> end(true, "the release of '" + name + "'"));
          });
    }

    private void check(String verb) {
      scope.check(verb);
      synchronized (open) {
        if (!open.contains(this)) {
          throw new TransactionState(
              verb
                  + " was called on the savepoint '"
                  + name
                  + "', which was ended by "
                  + (endedBy == null ? "its own failure" : endedBy));
        }
      }
    }

    /** Ends what came after it, and itself when asked to. */
    private void end(boolean itself, @Nullable String by) {
      synchronized (open) {
        int index = open.indexOf(this);
        if (index >= 0) {
          List<Mark> ended = open.subList(itself ? index : index + 1, open.size());
          ended.forEach(mark -> mark.endedBy = by);
          ended.clear();
        }
      }
    }
  }
}
