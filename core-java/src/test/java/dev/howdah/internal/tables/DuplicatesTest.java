package dev.howdah.internal.tables;

import static dev.howdah.query.Clauses.onConflict;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.howdah.error.ClientException.WrongArguments;
import dev.howdah.query.OnConflict;
import dev.howdah.schema.SampleTables;
import dev.howdah.schema.TableDefinition;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DuplicatesTest {
  private static final TableDefinition USERS = SampleTables.users();

  private static Duplicates of(OnConflict conflict, List<?> records) {
    return Duplicates.of(
        USERS, ConflictTarget.of(USERS, conflict), Records.of(records).rows(USERS));
  }

  private static Duplicates ids(@Nullable Object... ids) {
    return of(
        onConflict("user_id"),
        Arrays.stream(ids).map(id -> Collections.singletonMap("user_id", id)).toList());
  }

  private static @Nullable Object cell(@Nullable Object[] row, String column) {
    return row[USERS.position(column)];
  }

  @Test
  void numbersAreComparedByTheirValue() {
    Duplicates found =
        ids(1, 1L, (short) 1, new BigDecimal("1.00"), BigInteger.ONE, 1.0, "1", 2, "x");
    assertThat(found.slots()).containsExactly(0, 0, 0, 0, 0, 0, 0, 1, 2);
    assertThat(found.count()).isEqualTo(3);
    assertThat(ids(1, 2L, 3.0).certain()).isTrue();
    assertThat(ids(1, "x").certain()).isFalse();
  }

  @Test
  void textIsComparedExactly() {
    Duplicates found =
        of(
            onConflict("user_name"),
            List.of(
                Map.of("user_name", "a"),
                Map.of("user_name", "A"),
                Map.of("user_name", "a "),
                Map.of("user_name", new StringBuilder("a"))));
    assertThat(found.slots()).containsExactly(0, 1, 2, 0);
    assertThat(found.certain()).isTrue();
  }

  @Test
  void keysOfSeveralColumnsAreComparedWhole() {
    Duplicates found =
        of(
            onConflict("mood", "user_age"),
            List.of(
                Map.of("user_age", 1, "mood", "x"),
                Map.of("user_age", 1L, "mood", "DAYS"),
                Map.of("user_age", 1, "mood", TimeUnit.DAYS)));
    assertThat(found.slots()).containsExactly(0, 1, 1);
    assertThat(found.certain()).isTrue();
  }

  @Test
  void nullAndWhatIsAbsentEqualNothing() {
    Duplicates found = ids(null, null, 1);
    assertThat(found.slots()).containsExactly(0, 1, 2);
    assertThat(found.certain()).isFalse();
    assertThat(of(onConflict("user_id"), List.of(Map.of(), Map.of())).certain()).isTrue();
  }

  @Test
  void theLastWinsColumnByColumn() {
    List<Map<String, Object>> records =
        List.of(
            Map.of("user_id", 1, "user_age", 5, "visits", 1),
            Map.of("user_id", 2),
            Map.of("user_id", 1L, "user_age", 6, "user_name", "x"));
    List<@Nullable Object[]> merged = of(onConflict("user_id"), records).merged();
    assertThat(merged).hasSize(2);
    assertThat(cell(merged.get(0), "user_id")).isEqualTo(1);
    assertThat(cell(merged.get(0), "user_age")).isEqualTo(6);
    assertThat(cell(merged.get(0), "visits")).isEqualTo(1);
    assertThat(cell(merged.get(0), "user_name")).isEqualTo("x");

    merged = of(onConflict("user_id").update("visits", "user_name"), records).merged();
    assertThat(cell(merged.get(0), "user_age")).isEqualTo(5);
    assertThat(cell(merged.get(0), "user_name")).isEqualTo("x");
  }

  @Test
  void duplicatesAreRefusedWhenAskedFor() {
    assertThatThrownBy(
            () ->
                of(
                    onConflict("user_id").duplicatesFail(),
                    List.of(Map.of("user_id", 3), Map.of("user_id", 1), Map.of("user_id", 1L))))
        .isInstanceOf(WrongArguments.class)
        .hasMessageContaining("records 2 and 3")
        .hasMessageContaining("(user_id)");
  }
}
