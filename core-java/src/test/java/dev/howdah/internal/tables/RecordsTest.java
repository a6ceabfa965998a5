package dev.howdah.internal.tables;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.howdah.error.ClientException.UnknownColumn;
import dev.howdah.error.ClientException.WrongArguments;
import dev.howdah.query.Clauses;
import dev.howdah.query.TableQueries;
import dev.howdah.row.ColumnName;
import dev.howdah.row.Columns;
import dev.howdah.row.Row;
import dev.howdah.schema.SampleTables;
import dev.howdah.schema.TableDefinition;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RecordsTest {
  private static final TableDefinition USERS = SampleTables.users();

  private static Map<String, @Nullable Object> cells(Object item) {
    @Nullable Object[] row = Records.of(List.of(item)).rows(USERS).get(0);
    Map<String, @Nullable Object> given = new LinkedHashMap<>();
    for (int i = 0; i < row.length; i++) {
      if (row[i] != TableQueries.DEFAULT) {
        given.put(USERS.columns().get(i).name(), row[i]);
      }
    }
    return given;
  }

  private record Person(long userId, @Nullable String userName, Optional<Integer> userAge) {}

  private record Renamed(@ColumnName("user_id") int number, int USERAGE) {}

  private record Visitor(@Nullable Long visits, @Nullable Integer userAge) {}

  private record Twice(int userId, @ColumnName("user_id") int other) {}

  private record Strange(int userId, int shoeSize) {}

  /** A bean as frameworks know it. */
  public static class Bean {
    private int userId = 5;
    private final String userName = "bean";

    public int getUserId() {
      return userId;
    }

    public void setUserId(int userId) {
      this.userId = userId;
    }

    public String getUserName() {
      return userName;
    }

    /** Computed, so not stored. */
    public String getGreeting() {
      return "Hello " + userName;
    }

    public static int getCount() {
      return 1;
    }
  }

  /** A bean whose getter fails. */
  public static final class Broken {
    private final int userId = 1;

    public int getUserId() {
      if (userId == 1) {
        throw new IllegalStateException("broken " + userId);
      }
      return userId;
    }
  }

  @Test
  void javaRecordsAreReadByTheirComponents() {
    assertThat(cells(new Person(1, null, Optional.of(3))))
        .containsExactly(
            Map.entry("user_id", 1L),
            new java.util.AbstractMap.SimpleEntry<>("user_name", null),
            Map.entry("user_age", 3));
    assertThat(cells(new Renamed(7, 8))).isEqualTo(Map.of("user_id", 7, "user_age", 8));
  }

  @Test
  void nullInAnObjectIsTheDefaultWhereNullCannotBe() {
    assertThat(cells(new Visitor(null, null))).containsOnlyKeys("user_age");
    assertThat(cells(new Visitor(1L, null))).containsOnlyKeys("visits", "user_age");
  }

  @Test
  void beansAreReadByTheirGetters() {
    assertThat(cells(new Bean())).isEqualTo(Map.of("user_id", 5, "user_name", "bean"));
  }

  @Test
  void rowsAreRecords() {
    Row row = Row.of(Columns.of(List.of("user_name", "user_id")), new Object[] {"x", 1L});
    assertThat(cells(row)).isEqualTo(Map.of("user_id", 1L, "user_name", "x"));
  }

  @Test
  void whatCannotBeReadIsRefused() {
    assertThatThrownBy(() -> cells(new Strange(1, 2)))
        .isInstanceOf(UnknownColumn.class)
        .hasMessageContaining("no column 'shoeSize' in table 'users'; it has: user_id");
    assertThatThrownBy(() -> cells(new Twice(1, 2)))
        .isInstanceOf(WrongArguments.class)
        .hasMessageContaining("'userId' and 'other' both stand for column 'user_id'");
    assertThatThrownBy(() -> cells(new Broken()))
        .isInstanceOf(WrongArguments.class)
        .hasMessageContaining("'userId'")
        .hasRootCauseMessage("broken 1");
    assertThatThrownBy(() -> cells(List.of(1))).hasMessageContaining("cannot be inserted");
    assertThatThrownBy(() -> cells(new int[] {1})).hasMessageContaining("cannot be inserted");
    assertThatThrownBy(() -> cells(Map.of("user_id", Clauses.atLeast(1))))
        .hasMessageContaining("column 'user_id' cannot be inserted as '>= …'");
    assertThatThrownBy(() -> Records.of(List.of(Map.of(), Map.of("x", 1))).rows(USERS))
        .isInstanceOf(UnknownColumn.class)
        .hasMessageStartingWith("record 2: no column 'x'");
  }
}
