package dev.howdah.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ParsedSqlCacheTest {
  @Test
  void sameTextIsReadOnce() {
    ParsedSqlCache cache = new ParsedSqlCache();

    assertThat(cache.get("SELECT 1")).isSameAs(cache.get(new String("SELECT 1")));
  }

  @Test
  void veryLongTextIsNotKept() {
    ParsedSqlCache cache = new ParsedSqlCache();
    String text = "SELECT '" + "x".repeat(ParsedSqlCache.LONGEST) + "'";

    assertThat(cache.get(text)).isNotSameAs(cache.get(text));
    assertThat(cache.size()).isZero();
  }

  @Test
  void numberOfTextsIsBoundedAndWhatIsInUseStays() {
    ParsedSqlCache cache = new ParsedSqlCache();
    ParsedSql used = cache.get("SELECT 1");

    for (int i = 0; i < 10_000; i++) {
      cache.get("SELECT " + i + ", 2");
      assertThat(cache.get("SELECT 1")).isSameAs(used);
    }

    assertThat(cache.size()).isLessThanOrEqualTo(2_048);
  }

  @Test
  void lengthOfAllTextsIsBounded() {
    ParsedSqlCache cache = new ParsedSqlCache();

    for (int i = 0; i < 300; i++) {
      cache.get("SELECT " + i + ", '" + "x".repeat(60_000) + "'");
    }

    assertThat(cache.size()).isLessThanOrEqualTo(2 * 36);
  }

  @Test
  void manyThreadsGetTheSameAnswers() throws Exception {
    ParsedSqlCache cache = new ParsedSqlCache();
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      Callable<Integer> work =
          () ->
              IntStream.range(0, 20_000)
                  .map(i -> cache.get("SELECT :a, " + i % 3_000).parameterCount())
                  .sum();
      List<Future<Integer>> sums =
          threads.invokeAll(IntStream.range(0, 8).mapToObj(i -> work).toList());
      for (Future<Integer> sum : sums) {
        assertThat(sum.get()).isEqualTo(20_000);
      }
    } finally {
      threads.shutdownNow();
    }

    assertThat(cache.size()).isLessThanOrEqualTo(2_048);
  }
}
