package dev.howdah.row;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.howdah.error.ClientException.MappingFailure;
import dev.howdah.error.ClientException.WrongArguments;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** BitString, Lsn, Hstore and the shapes. */
class ValueTypesTest {
  static List<Arguments> malformed() {
    return List.of(
        Arguments.of((Function<String, Object>) BitString::parse, "012"),
        Arguments.of((Function<String, Object>) Lsn::parse, ""),
        Arguments.of((Function<String, Object>) Lsn::parse, "16"),
        Arguments.of((Function<String, Object>) Lsn::parse, "16/"),
        Arguments.of((Function<String, Object>) Lsn::parse, "/16"),
        Arguments.of((Function<String, Object>) Lsn::parse, "123456789/0"),
        Arguments.of((Function<String, Object>) Lsn::parse, "g/0"),
        Arguments.of((Function<String, Object>) Lsn::parse, "-1/0"),
        Arguments.of((Function<String, Object>) Hstore::parse, "a=>b"),
        Arguments.of((Function<String, Object>) Hstore::parse, "\"a\""),
        Arguments.of((Function<String, Object>) Hstore::parse, "\"a\"=>"),
        Arguments.of((Function<String, Object>) Hstore::parse, "\"a\"=>\"b"),
        Arguments.of((Function<String, Object>) Hstore::parse, "\"a\"=>NULL\"b\"=>NULL"),
        Arguments.of((Function<String, Object>) Geometry.Point::parse, "(1)"),
        Arguments.of((Function<String, Object>) Geometry.Point::parse, "(1,2)x"),
        Arguments.of((Function<String, Object>) Geometry.Point::parse, "(1,)"),
        Arguments.of((Function<String, Object>) Geometry.Line::parse, "{0,0,1}"),
        Arguments.of((Function<String, Object>) Geometry.LineSegment::parse, "((1,2),(3,4))"),
        Arguments.of((Function<String, Object>) Geometry.Box::parse, "(1,2)"),
        Arguments.of((Function<String, Object>) Geometry.Path::parse, "[]"),
        Arguments.of((Function<String, Object>) Geometry.Path::parse, "[(1,2))"),
        Arguments.of((Function<String, Object>) Geometry.Polygon::parse, "[(1,2)]"),
        Arguments.of((Function<String, Object>) Geometry.Circle::parse, "<(1,2),-1>"),
        Arguments.of((Function<String, Object>) Geometry.Circle::parse, "<(1,2),x>"));
  }

  @ParameterizedTest
  @MethodSource("malformed")
  void malformedTextIsRefused(Function<String, Object> parse, String text) {
    assertThatThrownBy(() -> parse.apply(text)).isInstanceOf(MappingFailure.class).hasNoCause();
  }

  @Test
  void bitsAreCountedFromTheLeft() {
    BitString bits = BitString.parse("0110");

    assertThat(bits.length()).isEqualTo(4);
    assertThat(bits.get(1)).isTrue();
    assertThat(bits.get(3)).isFalse();
    assertThat(bits).isEqualTo(BitString.of(bits.toBitSet(), 4)).hasToString("0110");
    assertThat(bits).isNotEqualTo(BitString.parse("01100"));
    assertThatThrownBy(() -> bits.get(4)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> BitString.of(bits.toBitSet(), 2))
        .isInstanceOf(WrongArguments.class)
        .hasMessageContaining("reach to index 2");
    assertThatThrownBy(() -> BitString.of(new BitSet(), -1)).isInstanceOf(WrongArguments.class);
  }

  @Test
  void bitsBecomeSetsAndASingleOneABoolean() {
    Row row =
        Row.of(
            Columns.of(List.of("a", "b")),
            new Object[] {BitString.parse("01"), BitString.parse("1")});

    assertThat(row.get("a", BitSet.class)).isEqualTo(BitSet.valueOf(new long[] {2}));
    assertThat(row.get("b", boolean.class)).isTrue();
    assertThatThrownBy(() -> row.get("a", Boolean.class))
        .hasMessage("column 'a': there is no conversion from BitString to Boolean");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0/0", "16/B374D848", "FFFFFFFF/FFFFFFFF", "0/1"})
  void placesInTheLogAreReadAndPrintedAgain(String text) {
    assertThat(Lsn.parse(text)).hasToString(text);
  }

  @Test
  void placesInTheLogAreOrderedUnsigned() {
    assertThat(Lsn.parse("FFFFFFFF/0")).isGreaterThan(Lsn.parse("7FFFFFFF/FFFFFFFF"));
    assertThat(Row.of(Columns.of(List.of("a")), new Object[] {"16/B374D848"}).get("a", Lsn.class))
        .isEqualTo(new Lsn(0x16_B374_D848L));
  }

  @Test
  void hstoreIsAMapThatCannotBeChanged() {
    Map<String, @Nullable String> map = new HashMap<>();
    map.put("a", null);
    Hstore hstore = Hstore.of(map);
    map.put("b", "");

    assertThat(hstore).containsEntry("a", null).hasSize(1).hasToString("\"a\"=>NULL");
    assertThat(hstore).isEqualTo(Hstore.parse("\"a\"=>NULL"));
    assertThatThrownBy(() -> hstore.put("x", "y"))
        .isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(hstore::clear).isInstanceOf(UnsupportedOperationException.class);
    map.put(null, "x");
    assertThatThrownBy(() -> Hstore.of(map)).isInstanceOf(WrongArguments.class);
    assertThat(Json.of(hstore).text()).isEqualTo("{\"a\":null}");
  }

  @Test
  void shapesRefuseWhatTheServerRefuses() {
    assertThatThrownBy(() -> new Geometry.Line(0, -0.0, 1)).isInstanceOf(WrongArguments.class);
    assertThatThrownBy(() -> new Geometry.Path(true, List.of())).isInstanceOf(WrongArguments.class);
    assertThatThrownBy(() -> new Geometry.Polygon(List.of())).isInstanceOf(WrongArguments.class);
    assertThatThrownBy(() -> new Geometry.Circle(new Geometry.Point(0, 0), -1))
        .isInstanceOf(WrongArguments.class);
  }

  @Test
  void valueTypesAreTextInJson() {
    assertThat(
            Json.of(
                    List.of(
                        Range.closedOpen(1, 3),
                        Inet.parse("10.0.0.1"),
                        Interval.ZERO,
                        new Geometry.Point(1, 2)))
                .text())
        .isEqualTo("[\"[1,3)\",\"10.0.0.1\",\"PT0S\",\"(1,2)\"]");
  }

  @Test
  void valueTypesAreSingleValues() {
    for (Class<?> type :
        List.of(Range.class, Inet.class, Hstore.class, Geometry.Box.class, Lsn.class)) {
      assertThat(RowMappers.isSingleValue(type)).as("%s", type).isTrue();
    }
    assertThat(RowMappers.isSingleValue(Row.class)).isFalse();
  }
}
