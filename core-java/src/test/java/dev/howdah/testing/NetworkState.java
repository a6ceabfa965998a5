package dev.howdah.testing;

import dev.howdah.testing.TcpProxy.Direction;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/** What a {@link TcpProxy} is told to do; only its thread changes it, but for the counters. */
final class NetworkState {
  private final Map<Direction, Boolean> paused = new EnumMap<>(Direction.class);
  private final Map<Direction, AtomicLong> bytes = new EnumMap<>(Direction.class);
  private boolean swallowing;
  private boolean holdingNew;
  private long delayNanos;

  NetworkState() {
    for (Direction direction : Direction.values()) {
      paused.put(direction, false);
      bytes.put(direction, new AtomicLong());
    }
  }

  void pauseAll(boolean pause) {
    paused.replaceAll((direction, old) -> pause);
    holdingNew = false;
  }

  void holdNew() {
    holdingNew = true;
  }

  boolean isHoldingNew() {
    return holdingNew;
  }

  void pause(Direction direction) {
    paused.put(direction, true);
  }

  boolean isPaused(Direction direction) {
    return paused.getOrDefault(direction, false);
  }

  void swallow() {
    swallowing = true;
  }

  boolean isSwallowing() {
    return swallowing;
  }

  void delay(Duration oneWay) {
    delayNanos = oneWay.toNanos();
  }

  long delayNanos() {
    return delayNanos;
  }

  void count(Direction direction, int more) {
    counter(direction).addAndGet(more);
  }

  long bytes(Direction direction) {
    return counter(direction).get();
  }

  private AtomicLong counter(Direction direction) {
    return bytes.computeIfAbsent(direction, any -> new AtomicLong());
  }
}
