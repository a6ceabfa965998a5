package dev.howdah.internal.type;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.howdah.error.ClientException.MappingFailure;
import dev.howdah.internal.type.ParameterEncoder.Parameter;
import dev.howdah.internal.type.TypeCatalog.Reading;
import dev.howdah.row.Codec;
import dev.howdah.row.Columns;
import dev.howdah.row.Hstore;
import dev.howdah.row.Row;
import dev.howdah.row.RowSet;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The catalog without a server: what it asks for, and what it makes of the answers. */
class TypeCatalogTest {
  private static final int VECTOR = 50_000;
  private static final int VECTORS = 50_001;
  private static final int PAIR = 50_002;
  private static final int HUGE_OID = -5;

  private final TypeCatalog catalog = new TypeCatalog(Codecs.NONE);

  private static RowSet answer(int oid, @Nullable Object... values) {
    Columns columns = Columns.of(List.of("n", "v"), new int[] {Oids.INT4, oid});
    return RowSet.of(
        Arrays.stream(values)
            .map(value -> Row.owning(columns, new @Nullable Object[] {1, value}))
            .toList(),
        values.length);
  }

  private static Row type(
      int oid,
      String name,
      String kind,
      @Nullable Integer inner,
      @Nullable String names,
      @Nullable String types) {
    return Row.owning(
        Columns.of(
            List.of("oid", "schema", "name", "kind", "inner", "delimiter", "names", "types")),
        new @Nullable Object[] {
          Integer.toUnsignedString(oid),
          "public",
          name,
          kind,
          inner == null ? null : Integer.toUnsignedString(inner),
          inner == null ? null : ",",
          names,
          types
        });
  }

  private @Nullable Object read(int oid, @Nullable Object value) {
    Reading reading = catalog.read(answer(oid, value), false);
    assertThat(reading.missing()).isEmpty();
    return reading.answer().rows().get(0).get("v");
  }

  @Test
  void builtInTypesAreNoneOfItsBusiness() {
    assertThat(catalog.concerns(answer(Oids.TEXT, "x"))).isFalse();
    assertThat(catalog.concerns(answer(Oids.VOID, (Object) null))).isFalse();
    assertThat(catalog.concerns(answer(Oids.UNSPECIFIED, "x"))).isFalse();
    assertThat(catalog.concerns(answer(VECTOR))).isFalse();
    assertThat(catalog.concerns(answer(VECTOR, "[1]"))).isTrue();
    assertThat(catalog.concerns(answer(HUGE_OID, "x"))).isTrue();
  }

  @Test
  void unknownTypesAreMissingAndStayText() {
    RowSet answer = answer(HUGE_OID, "happy", null);

    Reading first = catalog.read(answer, false);
    assertThat(first.missing()).containsExactly(HUGE_OID);
    assertThat(first.answer()).isSameAs(answer);

    catalog.learn(RowSet.of(List.of(type(HUGE_OID, "mood", "e", null, null, null)), 1));
    Reading second = catalog.read(answer, true);
    assertThat(second.missing()).isEmpty();
    assertThat(second.answer()).isSameAs(answer);
  }

  @Test
  void questionHoldsOidsUnsigned() {
    Parameter parameter = TypeCatalog.parameter(List.of(VECTOR, HUGE_OID));

    assertThat(parameter.oid()).isEqualTo(1028);
    assertThat(new String(Objects.requireNonNull(parameter.bytes()), StandardCharsets.UTF_8))
        .isEqualTo("{50000,4294967291}");
  }

  @Test
  void vectorsBecomeFloats() {
    catalog.learn(
        RowSet.of(
            List.of(
                type(VECTOR, "vector", "b", null, null, null),
                type(VECTORS, "_vector", "array", VECTOR, null, null)),
            2));

    assertThat(read(VECTOR, "[1,-2.5,1e+20]")).isEqualTo(new float[] {1, -2.5f, 1e20f});
    assertThat((List<?>) read(VECTORS, "{\"[1,2]\",NULL}"))
        .usingRecursiveComparison()
        .isEqualTo(Arrays.asList(new float[] {1, 2}, null));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[", "1,2", "[hunter2]", "[1,,2]", "[]"})
  void malformedVectorsAreRefusedNamingTheColumn(String text) {
    catalog.learn(RowSet.of(List.of(type(VECTOR, "vector", "b", null, null, null)), 1));

    assertThatThrownBy(() -> read(VECTOR, text))
        .isInstanceOf(MappingFailure.class)
        .hasMessageStartingWith("column 'v': a vector cannot be read")
        .hasMessageNotContaining("hunter2");
  }

  @Test
  void hstoresAndOtherExtensionsGoByTheirNames() {
    catalog.learn(
        RowSet.of(
            List.of(
                type(VECTOR, "hstore", "b", null, null, null),
                type(VECTORS, "cube", "b", null, null, null)),
            2));

    assertThat(read(VECTOR, "\"a\"=>NULL")).isEqualTo(Hstore.parse("\"a\"=>NULL"));
    assertThat(read(VECTORS, "(1, 2)")).isEqualTo("(1, 2)");
  }

  @Test
  void compositeThatDoesNotFitIsAskedForAgainOnceAndThenLeftAsText() {
    catalog.learn(RowSet.of(List.of(type(PAIR, "pair", "c", null, "{a,b}", "{23,25}")), 1));
    assertThat(((Row) Objects.requireNonNull(read(PAIR, "(1,x)"))).values())
        .isEqualTo(List.of(1, "x"));

    RowSet longer = answer(PAIR, "(1,x)", "(1,x,2)");
    assertThat(catalog.read(longer, false).missing()).containsExactly(PAIR);
    Reading sure = catalog.read(longer, true);
    assertThat(sure.answer()).isSameAs(longer);

    RowSet other = answer(PAIR, "(hunter2,x)");
    assertThat(catalog.read(other, false).missing()).containsExactly(PAIR);
    assertThatThrownBy(() -> catalog.read(other, true))
        .isInstanceOf(MappingFailure.class)
        .hasMessageStartingWith("column 'v': attribute 'a': a value of type int4 cannot be read")
        .hasMessageNotContaining("hunter2");
  }

  @Test
  void forgottenCompositesAreAskedForAgain() {
    catalog.learn(
        RowSet.of(
            List.of(
                type(PAIR, "pair", "c", null, "{a,b}", "{23,25}"),
                type(VECTORS, "_pair", "array", PAIR, null, null),
                type(VECTOR, "vector", "b", null, null, null)),
            3));

    catalog.forgetComposites();

    assertThat(catalog.read(answer(PAIR, "(1,x)"), false).missing()).containsExactly(PAIR);
    assertThat(catalog.read(answer(VECTORS, "{}"), false).missing()).containsExactly(VECTORS);
    assertThat(catalog.read(answer(VECTOR, "[1]"), false).missing()).isEmpty();
  }

  @Test
  void codecsAreFoundByEveryNameOfABuiltInType() {
    for (String name : List.of("int4", "integer", "INT", "pg_catalog.int4", " Integer ")) {
      Codecs codecs =
          Codecs.of(List.of(Codec.reading(name, String.class, text -> "<" + text + ">")));

      assertThat(codecs.isLeftAsText(Oids.INT4)).as(name).isTrue();
      assertThat(codecs.isLeftAsText(Oids.INT4_ARRAY)).as(name).isTrue();
      assertThat(codecs.isLeftAsText(3904)).as(name).isTrue();
      assertThat(codecs.isLeftAsText(Oids.INT8)).as(name).isFalse();
      Reading reading = new TypeCatalog(codecs).read(answer(Oids.INT4_ARRAY, "{7,NULL}"), false);
      assertThat(reading.answer().rows().get(0).get("v")).isEqualTo(Arrays.asList("<7>", null));
    }
    assertThat(Codecs.of(List.of())).isSameAs(Codecs.NONE);
  }
}
