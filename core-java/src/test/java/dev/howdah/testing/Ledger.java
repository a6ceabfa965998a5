package dev.howdah.testing;

import dev.howdah.observe.DatabaseListener;
import dev.howdah.observe.QueryEnd;
import dev.howdah.observe.QueryEvent;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** A listener that remembers every event, in words. */
public final class Ledger implements DatabaseListener {
  private final Map<Long, AtomicInteger> ends = new ConcurrentHashMap<>();
  private final List<String> lines = new CopyOnWriteArrayList<>();
  private final List<QueryEnd> details = new CopyOnWriteArrayList<>();
  private final List<Throwable> failures = new CopyOnWriteArrayList<>();

  /** A ledger without entries. */
  public Ledger() {}

  @Override
  public void queryStarted(QueryEvent query) {
    ends.put(query.id(), new AtomicInteger());
    lines.add("start " + query.verb() + " " + query.sql());
  }

  @Override
  public void querySucceeded(QueryEvent query, QueryEnd end) {
    ends.get(query.id()).incrementAndGet();
    lines.add("success " + query.verb() + " " + end.rows());
    details.add(end);
  }

  @Override
  public void queryFailed(QueryEvent query, Throwable failure, QueryEnd end) {
    ends.get(query.id()).incrementAndGet();
    lines.add("failure " + query.verb() + " " + failure.getClass().getSimpleName());
    details.add(end);
    failures.add(failure);
  }

  /** What happened, in order: {@code start fetch SELECT 1}, {@code success fetch 1}. */
  public List<String> lines() {
    return List.copyOf(lines);
  }

  /** How each ended. */
  public List<QueryEnd> details() {
    return List.copyOf(details);
  }

  /** Why those failed that did. */
  public List<Throwable> failures() {
    return List.copyOf(failures);
  }

  /** Waits until each start has its end, and requires that it has no second one. */
  public void requireOneEndEach() {
    Eventually.require(
        "each start has one end: " + lines,
        () -> ends.values().stream().allMatch(count -> count.get() == 1));
  }
}
