package dev.howdah.internal.engine;

import dev.howdah.internal.merge.Shape;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The calls that wait for a connection, in the order they came. Who is merged with the first one
 * rides along and delays nobody, so no shape and no caller is passed over.
 *
 * <p>Gathers wait apart from single calls, and each of the two has every other turn: a hundred
 * thousand queries of a gather do not stand before somebody's one.
 *
 * <p>A call that has left, or has ridden along, stays in its queue until its turn: taking it out of
 * the middle would cost more.
 */
final class CallQueue {
  private final Queue<Call> singles = new ArrayDeque<>();
  private final Queue<Call> gathered = new ArrayDeque<>();
  private final ArrayDeque<Call> again = new ArrayDeque<>();
  private final Map<Shape, Queue<Call>> shapes = new HashMap<>();
  private final AtomicInteger waiting = new AtomicInteger();
  private boolean gathersTurn;

  synchronized void add(Call call) {
    // Counted first: whoever leaves from now on is counted off.
    waiting.incrementAndGet();
    if (!call.waits()) {
      waiting.decrementAndGet();
      return;
    }
    (call.isGathered() ? gathered : singles).add(call);
    Shape shape = call.shape();
    if (shape != null) {
      shapes.computeIfAbsent(shape, s -> new ArrayDeque<>()).add(call);
    }
  }

  /** Those that have run together in vain, to go alone and next. */
  synchronized void addAgain(List<Call> calls) {
    for (Call call : calls) {
      waiting.incrementAndGet();
      if (call.again()) {
        again.add(call);
      } else {
        waiting.decrementAndGet();
      }
    }
  }

  /** A call that waited has left. */
  void left() {
    waiting.decrementAndGet();
  }

  /** How many wait. */
  int size() {
    return waiting.get();
  }

  boolean isEmpty() {
    return waiting.get() == 0;
  }

  /**
   * The next calls to run together, which have begun with that.
   *
   * @param lane the lane that will run them
   * @param lanes how many share the work
   * @return null when nobody waits
   */
  synchronized @Nullable Group take(Lane lane, int lanes) {
    Group group = new Group(lane);
    Call first = first(group);
    if (first == null) {
      return null;
    }
    Shape shape = first.shape();
    if (shape != null) {
      rideAlong(group, shape, lanes);
    }
    waiting.addAndGet(-group.size());
    return group;
  }

  private @Nullable Call first(Group group) {
    Call first = next(again, group);
    if (first != null) {
      return first;
    }
    gathersTurn = !gathersTurn;
    first = next(gathersTurn ? gathered : singles, group);
    return first != null ? first : next(gathersTurn ? singles : gathered, group);
  }

  private @Nullable Call next(Queue<Call> queue, Group group) {
    for (Call call = queue.poll(); call != null; call = queue.poll()) {
      if (group.add(call)) {
        return call;
      }
      forget(call.shape());
    }
    return null;
  }

  /** Drops those at the head of a shape's queue that wait no more, and the queue with the last. */
  private void forget(@Nullable Shape shape) {
    Queue<Call> others = shape == null ? null : shapes.get(shape);
    if (others == null) {
      return;
    }
    while (!others.isEmpty() && !mayRideAlong(others.element())) {
      others.remove();
    }
    if (others.isEmpty()) {
      shapes.remove(shape);
    }
  }

  private void rideAlong(Group group, Shape shape, int lanes) {
    Queue<Call> others = shapes.get(shape);
    if (others == null) {
      return;
    }
    int size = shape.size(others.size(), lanes, System.nanoTime());
    while (group.size() < size && !others.isEmpty()) {
      Call other = others.remove();
      if (mayRideAlong(other)) {
        group.add(other);
      }
    }
    forget(shape);
  }

  /** Not who has done so in vain, and waits again, to go alone. */
  private static boolean mayRideAlong(Call call) {
    return call.isWaiting() && call.shape() != null;
  }

  /** Since when the single call has waited that has waited longest; null when none does. */
  synchronized @Nullable Long oldestSingle() {
    while (!singles.isEmpty() && !singles.element().isWaiting()) {
      forget(singles.remove().shape());
    }
    return singles.isEmpty() ? null : (Long) singles.element().since();
  }

  /** Takes out the calls that have waited since before {@code instant} and may be given up. */
  synchronized List<Call> waitingSince(long instant, boolean gatheredToo) {
    Predicate<Call> late =
        call -> call.since() - instant < 0 && (gatheredToo || !call.isGathered());
    Set<Call> found = new LinkedHashSet<>();
    for (Queue<Call> queue : List.of(again, singles, gathered)) {
      queue.stream().filter(call -> call.isWaiting() && late.test(call)).forEach(found::add);
      queue.removeIf(call -> !call.isWaiting() || found.contains(call));
    }
    shapes.values().forEach(queue -> queue.removeIf(c -> !c.isWaiting() || found.contains(c)));
    shapes.values().removeIf(Queue::isEmpty);
    return List.copyOf(found);
  }
}
