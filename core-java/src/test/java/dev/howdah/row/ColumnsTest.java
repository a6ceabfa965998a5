package dev.howdah.row;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.howdah.error.ClientException.UnknownColumn;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ColumnsTest {

  private static final Columns USER = Columns.of(List.of("user_id", "user_name"));

  @Test
  void namesAreFoundExactly() {
    assertThat(USER.indexOf("user_name")).isEqualTo(1);
    assertThat(USER.contains("user_id")).isTrue();
    assertThat(USER.contains("USER_ID")).isFalse();
    assertThat(USER.size()).isEqualTo(2);
  }

  @Test
  void unknownNameListsTheKnownOnesAndGuesses() {
    assertThatThrownBy(() -> USER.indexOf("user_nmae"))
        .isInstanceOf(UnknownColumn.class)
        .hasMessage(
            "no column 'user_nmae'; the row has: user_id, user_name; did you mean 'user_name'?");
    assertThatThrownBy(() -> USER.indexOf("userName"))
        .hasMessageEndingWith("did you mean 'user_name'?");
    assertThatThrownBy(() -> USER.indexOf("total"))
        .hasMessage("no column 'total'; the row has: user_id, user_name");
    assertThatThrownBy(() -> Columns.of(List.of()).indexOf("a"))
        .hasMessage("no column 'a'; the row has: no columns");
  }

  @Test
  void aVeryLongListIsShortened() {
    Columns many = Columns.of(IntStream.range(0, 1600).mapToObj(i -> "column" + i).toList());
    assertThatThrownBy(() -> many.indexOf("x"))
        .hasMessageContaining("column39, … (1600 in all)")
        .hasMessageNotContaining("column40");
  }

  @Test
  void firstOfEqualNamesIsFoundInShortAndLongRows() {
    for (int size : new int[] {3, 30}) {
      List<String> names = new ArrayList<>(Collections.nCopies(size, "other"));
      names.set(1, "id");
      names.set(2, "id");
      assertThat(Columns.of(names).indexOf("id")).isEqualTo(1);
      assertThat(Columns.of(names).indexOf("other")).isZero();
      assertThat(Columns.of(names).contains("none")).isFalse();
    }
  }

  @Test
  void typesAreKnownOrZero() {
    Columns typed = Columns.of(List.of("a", "b"), new int[] {23, 25});
    assertThat(typed.typeOid(1)).isEqualTo(25);
    assertThat(USER.typeOid(0)).isZero();
    assertThatThrownBy(() -> typed.typeOid(2))
        .isInstanceOf(UnknownColumn.class)
        .hasMessage("index 2 is outside 0..1; the row has: a, b");
  }

  @Test
  void oneTypePerNameIsRequired() {
    assertThatThrownBy(() -> Columns.of(List.of("a", "b"), new int[] {23}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("2 names, but 1 types: give one type for each name");
  }

  @Test
  void argumentsAreCopied() {
    List<String> names = new ArrayList<>(List.of("a"));
    int[] types = {23};
    Columns columns = Columns.of(names, types);
    names.set(0, "b");
    types[0] = 25;
    assertThat(columns.names()).containsExactly("a");
    assertThat(columns.typeOid(0)).isEqualTo(23);
  }

  @Test
  void equalityGoesByNames() {
    assertThat(Columns.of(List.of("a", "b"), new int[] {23, 25}))
        .isEqualTo(Columns.of(List.of("a", "b")))
        .hasSameHashCodeAs(Columns.of(List.of("a", "b")))
        .isNotEqualTo(Columns.of(List.of("b", "a")));
    assertThat(USER).hasToString("[user_id, user_name]");
  }
}
