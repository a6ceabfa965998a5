package dev.howdah.row;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RowSetTest {

  private static final Row ONE = Row.of(Columns.of(List.of("a")), new Object[] {1});

  @Test
  void rowsAreCopied() {
    List<Row> rows = new ArrayList<>(List.of(ONE));
    RowSet set = RowSet.of(rows, 1);
    rows.clear();
    assertThat(set.rows()).containsExactly(ONE);
    assertThat(set.affected()).isEqualTo(1);
    assertThatThrownBy(() -> set.rows().clear()).isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void emptyHasNothing() {
    assertThat(RowSet.EMPTY).isEqualTo(RowSet.of(List.of(), 0));
    assertThat(RowSet.EMPTY.rows()).isEmpty();
  }

  @Test
  void equalityGoesByContent() {
    assertThat(RowSet.of(List.of(ONE), 1))
        .isEqualTo(RowSet.of(List.of(ONE), 1))
        .hasSameHashCodeAs(RowSet.of(List.of(ONE), 1))
        .isNotEqualTo(RowSet.of(List.of(ONE), 2))
        .isNotEqualTo(RowSet.of(List.of(), 1))
        .hasToString("RowSet{rows=1, affected=1}");
  }

  @Test
  void negativeCountIsRefused() {
    assertThatThrownBy(() -> RowSet.of(List.of(), -1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("affected rows must not be negative, was -1");
  }
}
