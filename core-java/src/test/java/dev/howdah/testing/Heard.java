package dev.howdah.testing;

import dev.howdah.observe.Notification;
import dev.howdah.observe.NotificationGap;
import java.util.ArrayList;
import java.util.List;

/** What a listener was told, in order: payloads, and gaps as {@code lost} or {@code -3}. */
public final class Heard {
  private final List<String> events = new ArrayList<>();

  /** Takes a notification. */
  public synchronized void add(Notification notification) {
    events.add(notification.payload());
  }

  /** Takes a gap. */
  public synchronized void add(NotificationGap gap) {
    events.add((gap.connectionLost() ? "lost" : "") + (gap.dropped() == 0 ? "" : -gap.dropped()));
  }

  /** All so far. */
  public synchronized List<String> events() {
    return List.copyOf(events);
  }

  /** Waits until there are so many. */
  public List<String> require(int count) {
    Eventually.require(count + " events", () -> events().size() >= count);
    return events();
  }

  /** Waits for this one. */
  public void require(String event) {
    Eventually.require("'" + event + "' heard", () -> events().contains(event));
  }

  @Override
  public String toString() {
    return events().toString();
  }
}
