package dev.howdah.internal.engine;

import dev.howdah.internal.merge.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Calls that run on one connection at the same time: one, or several of one shape. */
final class Group {
  private final Lane lane;
  private final List<Call> calls = new ArrayList<>(1);
  private final AtomicInteger wanted = new AtomicInteger();

  Group(Lane lane) {
    this.lane = lane;
  }

  /** Takes a call in, whose turn begins with that; false when its caller has left. */
  boolean add(Call call) {
    wanted.incrementAndGet();
    if (call.begin(this)) {
      calls.add(call);
      return true;
    }
    wanted.decrementAndGet();
    return false;
  }

  /** Those that are still wanted. */
  List<Call> running() {
    if (calls.size() == 1) {
      return calls.get(0).isRunning() ? calls : List.of();
    }
    List<Call> running = new ArrayList<>(calls.size());
    for (Call call : calls) {
      if (call.isRunning()) {
        running.add(call);
      }
    }
    return running;
  }

  int size() {
    return calls.size();
  }

  /** The shape of them all, or null when the one goes alone. */
  @Nullable Shape shape() {
    return calls.get(0).shape();
  }

  void fail(Throwable failure) {
    calls.forEach(call -> call.fail(failure));
  }

  /** A caller has left; with the last one the work is stopped. */
  void left() {
    if (wanted.decrementAndGet() == 0) {
      lane.abandon(this);
    }
  }
}
