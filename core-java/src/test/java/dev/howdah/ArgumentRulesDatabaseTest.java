package dev.howdah;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.howdah.error.ClientException.WrongArguments;
import dev.howdah.error.DataError;
import dev.howdah.error.DatabaseException;
import dev.howdah.error.ServerException;
import dev.howdah.row.BitString;
import dev.howdah.row.Hstore;
import dev.howdah.row.Json;
import dev.howdah.row.Range;
import dev.howdah.row.Row;
import dev.howdah.testing.PostgresTest;
import dev.howdah.testing.TestDatabase;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetTime;
import java.time.Year;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What may be an argument, where, and how what may not is refused. */
@PostgresTest
class ArgumentRulesDatabaseTest {
  record Nested(@Nullable Object inner) {}

  private Database db;

  @BeforeEach
  void connect(TestDatabase server) {
    db = Database.connect(server.url()).join();
  }

  @AfterEach
  void disconnect() {
    db.close();
  }

  private Row one(String sql, @Nullable Object... arguments) {
    return db.fetchOne(sql, arguments).join();
  }

  static List<Arguments> refused() {
    Map<String, @Nullable String> nullKey = new HashMap<>();
    nullKey.put(null, "x");
    Object deep = 1;
    for (int i = 0; i < 20; i++) {
      deep = new Nested(deep);
    }
    return List.of(
        Arguments.of(new Thread(), "$2 of type java.lang.Thread cannot be bound"),
        Arguments.of(Year.of(2024), "$2 of type java.time.Year cannot be bound"),
        Arguments.of(new BitSet(), "$2 of type java.util.BitSet cannot be bound"),
        Arguments.of("a\0b", "$2: the text has the NUL character (U+0000) at index 1"),
        Arguments.of(Hstore.of(Map.of("a\0", "b")), "$2: the text has the NUL character"),
        Arguments.of(Map.of("a", "\0"), "$2 cannot be written as JSON at $.a"),
        Arguments.of(List.of("a", "\0"), "$2, element [1]: the text has the NUL"),
        Arguments.of(List.of(List.of("a"), List.of("\0")), "$2, element [1][0]: the text has"),
        Arguments.of(List.of(List.of(1), List.of(1, 2)), "$2, element [1]: lists inside of a list"),
        Arguments.of(new Nested("\0"), "$2, attribute 1: the text has the NUL character"),
        Arguments.of(new Nested(new Thread()), "$2, attribute 1 of type java.lang.Thread cannot"),
        Arguments.of(new Nested(List.of(List.of(), 1)), "$2, attribute 1, element [1]: lists"),
        Arguments.of(deep, "composites are nested deeper than 12"),
        Arguments.of(
            Range.atLeast(new Thread()), "$2, a bound of the range of type java.lang.Thread"),
        Arguments.of(
            LocalDate.of(5874898, 1, 1), "$2: the value is outside of what PostgreSQL's date"),
        Arguments.of(Range.atLeast(LocalDateTime.of(294277, 1, 1, 0, 0)), "timestamp holds"),
        Arguments.of(OffsetTime.MIN, "$2: PostgreSQL's timetz takes offsets"),
        Arguments.of(new BigDecimal("1e200000"), "$2: PostgreSQL's numeric holds 131072 digits"));
  }

  @ParameterizedTest(name = "{index} {1}")
  @MethodSource("refused")
  void whatCannotBeBoundIsRefusedAtTheCallNamingTheArgument(Object value, String message) {
    assertThatThrownBy(() -> db.fetch("SELECT $1::int, $2", 1, value))
        .isInstanceOf(WrongArguments.class)
        .hasMessageStartingWith("argument $2")
        .hasMessageContaining(message)
        .satisfies(failure -> assertThat(((DatabaseException) failure).nothingWasSent()).isTrue());
    assertThat(one("SELECT 1 AS n").get("n")).isEqualTo(1);
  }

  @Test
  void namedArgumentsAreRefusedByTheirName() {
    assertThatThrownBy(
            () -> db.fetch("SELECT :a::int, :who::text", Map.of("a", 1, "who", List.of("x", "\0"))))
        .isInstanceOf(WrongArguments.class)
        .hasMessageStartingWith("argument :who, element [1]: the text has the NUL character");
  }

  @Test
  void wrongCountsAreRefusedAtTheCall() {
    assertThatThrownBy(() -> db.fetch("SELECT $1, $2", 1))
        .isInstanceOf(WrongArguments.class)
        .hasMessageContaining("2 arguments, 1 was passed");
    assertThatThrownBy(() -> db.fetch("SELECT 1", 1))
        .isInstanceOf(WrongArguments.class)
        .hasMessageContaining("0 arguments, 1 was passed");
    String many =
        IntStream.rangeClosed(1, 65_536).mapToObj(i -> "$" + i).collect(Collectors.joining(","));
    assertThatThrownBy(() -> db.fetch("SELECT " + many, Collections.nCopies(65_536, 1).toArray()))
        .isInstanceOf(WrongArguments.class)
        .hasMessageContaining("65535");
  }

  @Test
  void asManyArgumentsAsTheProtocolHoldsArePassed() {
    String sum =
        IntStream.rangeClosed(1, 65_535)
            .mapToObj(i -> "$" + i + "::int")
            .collect(Collectors.joining(",", "SELECT cardinality(ARRAY[", "]) AS n"));

    assertThat(one(sum, Collections.nCopies(65_535, 1).toArray()).get("n")).isEqualTo(65_535);
  }

  @Test
  void numbersGoIntoEveryColumnOfNumbersTheyFit() {
    db.execute(
            "CREATE TABLE numbers (a int2, b int4, c int8, d numeric, e float8, f float4, g text)")
        .join();
    for (Object number : new Object[] {(byte) 7, (short) 7, 7, 7L, new BigDecimal("7"), 7f, 7.0}) {
      String places =
          IntStream.rangeClosed(1, 6).mapToObj(i -> "$" + i).collect(Collectors.joining(","));
      Object[] same = new Object[6];
      Arrays.fill(same, number);
      db.execute("INSERT INTO numbers VALUES (" + places + ")", same).join();
    }

    assertThat(
            one("SELECT count(*) AS n FROM numbers WHERE a = 7 AND b = 7 AND c = 7 AND d = 7 AND e = 7 AND f = 7")
                .get("n"))
        .isEqualTo(7L);
    assertThat(one("SELECT count(*) AS n FROM numbers WHERE a = $1 AND c = $2", 7L, 7).get("n"))
        .isEqualTo(7L);
    assertThatThrownBy(() -> db.execute("INSERT INTO numbers (a) VALUES ($1)", 40_000L).join())
        .hasCauseInstanceOf(DataError.NumericValueOutOfRange.class);
  }

  @Test
  void textGoesWhereTheServerCanReadIt() {
    db.execute(
            "CREATE TABLE texts (a int, b date, c jsonb, d inet, e int[], f uuid, g bool, h point)")
        .join();
    db.execute(
            "INSERT INTO texts VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
            "7",
            "2024-02-29",
            "{}",
            "10.0.0.1",
            "{1,2}",
            "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11",
            "t",
            "(1,2)")
        .join();

    assertThat(one("SELECT a, e FROM texts").values()).isEqualTo(List.of(7, List.of(1, 2)));
    assertThatThrownBy(() -> db.execute("INSERT INTO texts (a) VALUES ($1)", "seven").join())
        .hasCauseInstanceOf(DataError.InvalidTextRepresentation.class);
  }

  @Test
  void anotherTypeThanTheColumnsIsTheServersErrorAndTheConnectionGoesOn() {
    db.execute("CREATE TABLE wrong (a int, b bool, c date)").join();
    for (Object value : new Object[] {true, LocalDate.EPOCH, new byte[1], new int[] {1}}) {
      assertThatThrownBy(() -> db.execute("INSERT INTO wrong (a) VALUES ($1)", value).join())
          .hasCauseInstanceOf(ServerException.class)
          .hasMessageContaining("is of type integer but expression is of type");
    }
    assertThatThrownBy(() -> db.execute("INSERT INTO wrong (b) VALUES ($1)", 1).join())
        .hasMessageContaining("is of type boolean but expression is of type integer");
    assertThat(one("SELECT count(*) AS n FROM wrong").get("n")).isEqualTo(0L);
  }

  @Test
  void listsMeetAny() {
    assertThat(
            one(
                    "SELECT 2 = ANY ($1) AS a, 'b' = ANY ($2) AS b, NOT 1 = ANY ($3) AS c",
                    List.of(1, 2),
                    List.of("a", "b"),
                    new int[0])
                .values())
        .isEqualTo(List.of(true, true, true));
  }

  @Test
  void aListInInIsRefusedAlsoWhereTheServerWouldFindNothing() {
    assertThatThrownBy(() -> db.fetch("SELECT 'a' WHERE 'a' IN ($1)", List.of("a", "b")))
        .isInstanceOf(WrongArguments.class)
        .hasMessageContaining("= ANY($1)");
    assertThat(one("SELECT 'a' = ANY($1), 'a' <> ALL($1)", List.of("a", "b")).values())
        .containsExactly(true, false);
  }

  @Test
  void emptyListsAreEmptyArraysOfWhateverIsExpected() {
    Row row =
        one(
            "SELECT $1::int[] AS a, $2::text[] AS b, array_ndims($3::int[]) AS c, $4::int[] AS d",
            List.of(),
            new String[0],
            List.of(List.of(), List.of()),
            Optional.empty());

    assertThat(row.values()).isEqualTo(Arrays.asList(List.of(), List.of(), null, null));
  }

  @Test
  void optionalsAreWhatTheyHold() {
    assertThat(
            one(
                    "SELECT $1::int AS a, $2::int AS b, $3::int[] AS c",
                    OptionalInt.of(1),
                    Optional.empty(),
                    List.of(Optional.of(1), OptionalInt.empty()))
                .values())
        .isEqualTo(Arrays.asList(1, null, Arrays.asList(1, null)));
  }

  @Test
  void bitsHaveTheirLength() {
    db.execute("CREATE TABLE flags (a bit(3), b varbit)").join();
    BitString bits = BitString.of(true, false, true);
    db.execute("INSERT INTO flags VALUES ($1, $2)", bits, bits).join();

    assertThat(one("SELECT * FROM flags WHERE a = $1 AND b = $2", bits, bits).values())
        .isEqualTo(List.of(bits, bits));
    assertThatThrownBy(
            () -> db.execute("INSERT INTO flags (a) VALUES ($1)", BitString.parse("1")).join())
        .hasMessageContaining("bit string length 1 does not match type bit(3)");
  }

  @Test
  void jsonIsToldFromArraysByItsClass() {
    Row row =
        one(
            "SELECT $1::jsonb AS a, $2::jsonb AS b, $3::jsonb[] AS c, $4::int[] AS d",
            Json.of(List.of(1, 2)),
            Map.of("k", List.of(1)),
            List.of(Map.of("k", 1), Json.of(null)),
            List.of(1, 2));

    assertThat(row.values())
        .isEqualTo(List.of("[1, 2]", "{\"k\": [1]}", List.of("{\"k\": 1}", "null"), List.of(1, 2)));
  }

  @Test
  void parameterWithoutAPlaceNeedsACast() {
    assertThat(one("SELECT $1 AS a, $2 AS b", "x", 1).values()).isEqualTo(List.of("x", 1));
    assertThat(one("SELECT $1::int4range AS r", Range.closedOpen(1, 3)).get("r"))
        .isEqualTo(Range.closedOpen(1, 3));
    assertThat(one("SELECT upper($1::int4range) AS u", Range.closed(1, 3)).get("u")).isEqualTo(4);
  }
}
