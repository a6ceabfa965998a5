package dev.howdah.row;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.howdah.error.ClientException.MappingFailure;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SealedMappingTest {

  @KindColumn("shapeKind")
  sealed interface Shape {}

  record Circle(double radius) implements Shape {}

  @KindValue("sq")
  record Square(double side, @Nullable String note) implements Shape {}

  sealed interface Rounded extends Shape {}

  record RoundedBox(double side, double radius) implements Rounded {}

  record Nothing() implements Shape {}

  private static Row row(List<String> names, @Nullable Object... values) {
    return Row.of(Columns.of(names), values);
  }

  private static final List<String> COLUMNS = List.of("shape_kind", "radius", "side", "note");

  @Test
  void theKindColumnTellsTheClass() {
    RowMapper<Shape> mapper = RowMappers.of(Shape.class);
    assertThat(mapper.map(row(COLUMNS, "Circle", 2, null, null))).isEqualTo(new Circle(2));
    assertThat(mapper.map(row(COLUMNS, "sq", null, 3, "n"))).isEqualTo(new Square(3, "n"));
    assertThat(mapper.map(row(COLUMNS, "RoundedBox", 1, 3, null))).isEqualTo(new RoundedBox(3, 1));
    assertThat(mapper.map(row(COLUMNS, "Nothing", null, null, null))).isEqualTo(new Nothing());
  }

  @Test
  void kindsAreFoundInOtherSpellingsToo() {
    for (String kind : List.of("rounded_box", "ROUNDED-BOX", "rounded box", "roundedbox")) {
      assertThat(row(COLUMNS, kind, 1, 3, null).as(Shape.class)).isEqualTo(new RoundedBox(3, 1));
    }
    assertThat(row(COLUMNS, "SQ", null, 3, null).as(Shape.class)).isEqualTo(new Square(3, null));
    assertThatThrownBy(() -> row(COLUMNS, "square", null, 3, null).as(Shape.class))
        .isInstanceOf(MappingFailure.class);
  }

  @Test
  void unknownKindListsTheKnownOnesAndHidesTheValue() {
    assertThatThrownBy(() -> row(COLUMNS, "secret", 1, 1, "n").as(Shape.class))
        .isInstanceOf(MappingFailure.class)
        .hasMessage(
            "column 'shape_kind' for the kind of sealed type Shape: the value is none of its kinds;"
                + " they are: Circle, sq, RoundedBox, Nothing");
    assertThatThrownBy(() -> row(COLUMNS, null, 1, 1, "n").as(Shape.class))
        .hasMessageContaining("the value is null; they are: Circle");
    assertThatThrownBy(() -> row(COLUMNS, new byte[1], 1, 1, "n").as(Shape.class))
        .hasMessageStartingWith(
            "column 'shape_kind' for the kind of sealed type Shape: there is no");
  }

  @Test
  void aMissingKindColumnIsNamed() {
    assertThatThrownBy(() -> row(List.of("radius"), 1).as(Shape.class))
        .isInstanceOf(MappingFailure.class)
        .hasMessage("sealed type Shape has no value for property 'shapeKind': the row has radius");
  }

  @Test
  void columnsOfAKindAreMissedOnlyWhenItComes() {
    List<String> some = List.of("shape_kind", "radius");
    assertThat(row(some, "circle", 2).as(Shape.class)).isEqualTo(new Circle(2));
    assertThatThrownBy(() -> row(some, "sq", 2).as(Shape.class))
        .isInstanceOf(MappingFailure.class)
        .hasMessage(
            "record Square has no value for components 'side', 'note': the row has shape_kind,"
                + " radius");
  }

  @Test
  void strictCountsTheColumnsOfAllKinds() {
    RowMapper<Shape> strict = RowMappers.strict(Shape.class);
    assertThat(strict.map(row(COLUMNS, "circle", 2, null, null))).isEqualTo(new Circle(2));
    assertThatThrownBy(
            () ->
                strict.map(
                    row(
                        List.of("shape_kind", "radius", "side", "note", "colour"),
                        "circle",
                        2,
                        null,
                        null,
                        "red")))
        .hasMessageStartingWith("sealed type Shape has no property for column 'colour'");
    assertThat(RowMappers.lenient(Shape.class).map(row(List.of("shape_kind", "side"), "sq", 3)))
        .isEqualTo(new Square(3, null));
  }

  record Picture(int id, @Nullable Shape frame, Optional<Shape> hole) {}

  @Test
  void sealedTypesMayBeNested() {
    List<String> names =
        List.of(
            "id", "frame.shape_kind", "frame.radius", "hole_shape_kind", "hole_side", "hole_note");
    assertThat(row(names, 1, "circle", 2, "sq", 3, null).as(Picture.class))
        .isEqualTo(new Picture(1, new Circle(2), Optional.of(new Square(3, null))));
    assertThat(row(names, 1, null, null, null, null, null).as(Picture.class))
        .isEqualTo(new Picture(1, null, Optional.empty()));
    assertThatThrownBy(() -> row(names, 1, null, 2, null, null, null).as(Picture.class))
        .hasMessageContaining("column 'frame.shape_kind'")
        .hasMessageContaining("the value is null");
  }

  sealed interface Bare {}

  record Only(int id) implements Bare {}

  record Frame(int id, Bare bare) {}

  @KindColumn("kind")
  sealed interface Twins {}

  @KindValue("Right")
  record Left(int id) implements Twins {}

  record Right(int id) implements Twins {}

  @Test
  void sealedTypesThatDoNotSayEnoughAreRefused() {
    assertThatThrownBy(() -> RowMappers.of(Bare.class))
        .isInstanceOf(MappingFailure.class)
        .hasMessage(
            "Bare is sealed: say by @KindColumn which column tells what a row becomes, or name one"
                + " of its classes");
    assertThatThrownBy(() -> RowMappers.of(Twins.class))
        .isInstanceOf(MappingFailure.class)
        .hasMessage(
            "two classes of Twins are of the kind 'Right': give each a @KindValue of its own");
    assertThat(row(List.of("id"), 1).as(Only.class)).isEqualTo(new Only(1));
    assertThatThrownBy(() -> row(List.of("id", "bare_id"), 1, 2).as(Frame.class))
        .isInstanceOf(MappingFailure.class)
        .hasMessageStartingWith("record Frame has no value for component 'bare': the row has id")
        .hasMessageContaining("bare_id; Bare is sealed: say by @KindColumn");
  }

  @KindColumn("kind")
  sealed interface Mixed {}

  enum Colour implements Mixed {
    RED
  }

  record Plain(int id) implements Mixed {}

  @KindColumn("kind")
  abstract static sealed class Base {
    int id;

    static final class Filled extends Base {
      @Nullable String name;
    }
  }

  @Test
  void kindsMayBeClassesButNotEnums() {
    Base made = row(List.of("kind", "id", "name"), "filled", 1, "n").as(Base.class);
    assertThat(made).isInstanceOf(Base.Filled.class);
    assertThat(made.id).isEqualTo(1);
    assertThat(row(List.of("kind", "id"), "plain", 1).as(Mixed.class)).isEqualTo(new Plain(1));
    assertThatThrownBy(() -> row(List.of("kind", "id"), "colour", 1).as(Mixed.class))
        .isInstanceOf(MappingFailure.class)
        .hasMessage("Colour cannot be made from several columns");
  }
}
