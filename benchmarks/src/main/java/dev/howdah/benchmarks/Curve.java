package dev.howdah.benchmarks;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** How speed changes when one thing grows and the others stay. */
enum Curve {
  /** Ordinary single calls by more and more callers. */
  CALLERS("look-ups by single calls of 1 to 10,000 callers"),

  /** One gather of more and more queries. */
  QUERIES("one gather of 1 to 100,000 look-ups"),

  /** A thousand callers over more and more connections. */
  CONNECTIONS("1,000 callers over 1 to 64 connections");

  private final String title;

  Curve(String title) {
    this.title = title;
  }

  /** What grows, in one word. */
  String grows() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** What is measured, in words. */
  String title() {
    return title;
  }

  /** The values that it takes, in order. */
  int[] points() {
    return switch (this) {
      case CALLERS -> new int[] {1, 10, 100, 1_000, 10_000};
      case QUERIES -> new int[] {1, 10, 100, 1_000, 10_000, 100_000};
      case CONNECTIONS -> new int[] {1, 2, 4, 8, 16, 32, 64};
    };
  }

  /** The point to compare with. */
  int usual() {
    return this == CONNECTIONS ? 8 : 1_000;
  }

  /** The greatest value. */
  int last() {
    return points()[points().length - 1];
  }

  Trial trial(int point) {
    return switch (this) {
      case CALLERS -> Trial.of(Workload.CALLERS, point);
      case QUERIES -> Trial.of(Workload.GATHER, point);
      case CONNECTIONS -> new Trial(Workload.CALLERS, 1_000, point);
    };
  }

  List<Trial> trials() {
    return Arrays.stream(points()).mapToObj(this::trial).toList();
  }
}
