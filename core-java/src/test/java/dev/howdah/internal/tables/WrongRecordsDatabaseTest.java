package dev.howdah.internal.tables;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.howdah.error.ClientException.WrongArguments;
import dev.howdah.query.Assignments;
import dev.howdah.row.Row;
import dev.howdah.schema.TableName;
import dev.howdah.testing.PostgresTest;
import dev.howdah.testing.TestDatabase;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is wrong with records is said in the words of who gave them. */
@PostgresTest
class WrongRecordsDatabaseTest {
  @Test
  void aValueThatCannotBeBoundIsNamedByItsRecordAndColumn(TestDatabase server) {
    server.sql("CREATE TABLE big (id int PRIMARY KEY, name text)");
    try (Cores db = Cores.on(server)) {
      List<Map<String, Object>> records = new ArrayList<>();
      for (int i = 0; i < 20_000; i++) {
        records.add(Map.of("id", i, "name", "n"));
      }
      records.set(14_000, Map.of("id", 1L << 40, "name", "n"));
      assertThatThrownBy(() -> db.insert("big", records))
          .isInstanceOf(WrongArguments.class)
          .hasMessageStartingWith("record 14001: column 'id' of table 'big' (int4) takes whole");
      records.set(14_000, Map.of("id", 14_000, "name", "a\0b"));
      assertThatThrownBy(() -> db.insert("big", records))
          .hasMessageStartingWith("record 14001: column 'name' of table 'big' (text): the text");
      records.set(14_000, Map.of("id", 5, "name", Thread.currentThread()));
      assertThatThrownBy(() -> db.upsert("big", records, null))
          .hasMessageStartingWith("record 14001: column 'name' of table 'big' (text)")
          .hasMessageNotContaining("element");
      assertThat(db.select("big", null)).isEmpty();
    }
  }

  @Test
  void nullArgumentsAreNamed(TestDatabase server) {
    server.sql("CREATE TABLE t (id int PRIMARY KEY)");
    try (Cores db = Cores.on(server)) {
      assertThatThrownBy(() -> db.insert("t", Arrays.asList(Map.of("id", 1), null)))
          .isInstanceOf(WrongArguments.class)
          .hasMessageStartingWith("record 2: null is no record; ");
      assertThatThrownBy(() -> db.insert("t", absent()))
          .isInstanceOf(WrongArguments.class)
          .hasMessageStartingWith("records must not be null; ");
      assertThatThrownBy(() -> Assignments.of(absent()))
          .isInstanceOf(WrongArguments.class)
          .hasMessageStartingWith("values must not be null; ");
      assertThatThrownBy(() -> db.core.update(TableName.of("t"), Map.of("id", 1), absent()))
          .isInstanceOf(WrongArguments.class)
          .hasMessageStartingWith("assignments must not be null; ");
    }
  }

  @Test
  void aRowGoesBackWithoutItsGeneratedColumns(TestDatabase server) {
    server.sql(
        "CREATE TABLE t (id int PRIMARY KEY, n int, twice int GENERATED ALWAYS AS (n * 2) STORED)");
    try (Cores db = Cores.on(server)) {
      assertThat(db.insert("t", List.of(Map.of("id", 1, "n", 4)))).isEqualTo(1);
      Row row = db.select("t", null).get(0);
      assertThat(row.get("twice")).isEqualTo(8);
      assertThat(db.upsert("t", List.of(row), null)).isEqualTo(1);
      assertThatThrownBy(() -> db.insert("t", List.of(Map.of("id", 2, "twice", 1))))
          .isInstanceOf(WrongArguments.class)
          .hasMessageContaining("column 'twice' of table 't' is computed by the server");
      assertThat(db.select("t", null)).containsExactly(row);
    }
  }

  @SuppressWarnings({"NullAway", "TypeParameterUnusedInFormals"}) // what Java does not prevent
  private static <T> T absent() {
    return null;
  }
}
