package dev.howdah.internal.tables;

import static dev.howdah.query.Clauses.onConflict;
import static org.assertj.core.api.Assertions.assertThat;

import dev.howdah.query.OnConflict;
import dev.howdah.testing.PostgresTest;
import dev.howdah.testing.TestDatabase;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;

/** A batch of upserts has the outcome of the same upserts one after the other. */
@PostgresTest
class UpsertOracleDatabaseTest {
  private static final List<String> COLUMNS = List.of("a", "b", "c", "d");

  @RepeatedTest(12)
  void aBatchIsItsUpsertsOneAfterTheOther(TestDatabase server, RepetitionInfo repetition) {
    long seed = System.nanoTime() * 31 + repetition.getCurrentRepetition();
    Random random = new Random(seed);
    String key = List.of("int", "numeric", "text", "numeric(5, 0)").get(random.nextInt(4));
    for (String table : List.of("batch", "single")) {
      server.sql(
          "CREATE TABLE "
              + table
              + " (k "
              + key
              + ", l int DEFAULT 1, a int, b int DEFAULT 7, c text[], d text DEFAULT 'd', UNIQUE"
              + " (l, k)); INSERT INTO "
              + table
              + " SELECT i, 1, i, i FROM generate_series(1, 5) AS i");
    }
    List<Map<String, Object>> records = new ArrayList<>();
    for (int i = random.nextInt(300); i >= 0; i--) {
      records.add(randomRecord(random));
    }
    OnConflict conflict = randomConflict(random);
    try (Cores db = Cores.on(server)) {
      db.upsert("batch", records, conflict);
      for (Map<String, Object> record : records) {
        db.upsert("single", List.of(record), conflict);
      }
    }
    String rows = "SELECT k::text, l, a, b, c::text, d FROM %s ORDER BY k, l, a, b";
    assertThat(server.query(String.format(rows, "batch")))
        .as("seed %d, key %s, %s", seed, key, conflict)
        .isEqualTo(server.query(String.format(rows, "single")));
  }

  private static OnConflict randomConflict(Random random) {
    OnConflict conflict = onConflict("k", "l");
    return switch (random.nextInt(4)) {
      case 0 -> conflict.ignore();
      case 1 -> conflict.update("a", "d");
      default -> conflict;
    };
  }

  private static Map<String, Object> randomRecord(Random random) {
    Map<String, Object> record = new LinkedHashMap<>();
    int key = random.nextInt(12);
    record.put(
        "k",
        switch (random.nextInt(3)) {
          case 0 -> key;
          case 1 -> (long) key;
          default -> new BigDecimal(key);
        });
    if (random.nextInt(10) > 0) {
      record.put("l", 1);
    }
    for (String column : COLUMNS) {
      if (random.nextInt(3) > 0) {
        record.put(column, value(random, column));
      }
    }
    return record;
  }

  private static Object value(Random random, String column) {
    int number = random.nextInt(1000);
    return switch (column) {
      case "c" -> List.of("x" + number);
      case "d" -> "d" + number;
      default -> number;
    };
  }
}
