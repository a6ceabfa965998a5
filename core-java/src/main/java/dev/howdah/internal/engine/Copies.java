package dev.howdah.internal.engine;

import dev.howdah.internal.driver.CopyCommand;
import dev.howdah.query.CopySql;
import java.nio.ByteBuffer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** One copy on a held connection, with or without a transaction around it. */
final class Copies {
  private final LeasedEngine lease;
  private final CopyCall call;
  private final Copying copying;
  private final Runnable check;
  private final Runnable begun;

  /**
   * A copy that has not begun.
   *
   * @param outer the transaction it is in, or null
   * @param check lets it through when its turn has come
   * @param begun is called when it is on its way
   */
  Copies(
      LeasedEngine lease, CopyCall call, @Nullable Occupant outer, Runnable check, Runnable begun) {
    this.lease = lease;
    this.call = call;
    this.copying = new Copying(outer, call.verb());
    this.check = check;
    this.begun = begun;
  }

  Mono<Long> in(Mono<CopyFeed> feed) {
    return lease.heard(lease.watch().copy(call, run -> feed.flatMap(ready -> in(ready, run))));
  }

  private Mono<Long> in(CopyFeed feed, Run run) {
    CopyCommand command = Commands.copy(feed.statement(), lease.codecs());
    boolean leavesState = leavesState(feed.statement());
    return lease.exclusively(
        copying, run, check, begun, () -> lease.held().copyIn(command, feed.chunks(), leavesState));
  }

  Mono<Long> out(CopySql statement, Function<ByteBuffer, Mono<Void>> consumer) {
    CopyCommand command = Commands.copy(statement, lease.codecs());
    boolean leavesState = leavesState(statement);
    return lease.heard(
        lease
            .watch()
            .copy(
                call,
                run ->
                    lease.exclusively(
                        copying,
                        run,
                        check,
                        begun,
                        () -> lease.held().copyOut(command, consumer, leavesState))));
  }

  private boolean leavesState(CopySql statement) {
    return lease.isUsers() || statement.leavesState();
  }
}
