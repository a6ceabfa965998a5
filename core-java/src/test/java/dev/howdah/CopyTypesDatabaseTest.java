package dev.howdah;

import static dev.howdah.testing.JavaHandles.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.howdah.error.ClientException.WrongArguments;
import dev.howdah.query.CopyRecords;
import dev.howdah.row.Interval;
import dev.howdah.row.Json;
import dev.howdah.testing.PostgresTest;
import dev.howdah.testing.TestDatabase;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.Period;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Values of every type that has a binary form: what COPY stores is what INSERT stores, byte for
 * byte.
 */
@PostgresTest
class CopyTypesDatabaseTest {
  private static final Instant MOMENT = Instant.parse("2024-02-29T23:59:59.123456Z");

  private static List<Object> numbers() {
    return List.of(
        (byte) 1, (short) -2, 3, 4L, BigInteger.TEN, new BigDecimal("7"), new AtomicLong(8));
  }

  private static Map<String, List<?>> values() {
    return Map.ofEntries(
        Map.entry("bool", List.of(true, false, Optional.of(true))),
        Map.entry(
            "int2", join(numbers(), Short.MIN_VALUE, Short.MAX_VALUE, 5.0, OptionalInt.of(3))),
        Map.entry("int4", join(numbers(), Integer.MIN_VALUE, Integer.MAX_VALUE, -5.0f)),
        Map.entry("int8", join(numbers(), Long.MIN_VALUE, Long.MAX_VALUE)),
        Map.entry("oid", List.of(0, 4294967295L, 17)),
        Map.entry(
            "float4",
            join(numbers(), 0.1f, -0f, Float.MIN_VALUE, Float.MAX_VALUE, Float.NaN, 0.25)),
        Map.entry(
            "float8",
            join(
                numbers(),
                0.1,
                0.1f,
                -0.0,
                Double.MIN_VALUE,
                Double.MAX_VALUE,
                Double.NaN,
                Double.POSITIVE_INFINITY,
                Double.NEGATIVE_INFINITY)),
        Map.entry(
            "numeric",
            join(
                numbers(),
                new BigDecimal("0"),
                new BigDecimal("0.00"),
                new BigDecimal("-0.0001"),
                new BigDecimal("0.00001"),
                new BigDecimal("10000"),
                new BigDecimal("9999.9999"),
                new BigDecimal("123456789012345678901234567890.123456789"),
                new BigDecimal("1E+20"),
                new BigDecimal("-1.5E-20"),
                new BigDecimal("1E+131071"),
                new BigDecimal("1E-16383"),
                BigDecimal.valueOf(Long.MIN_VALUE),
                BigDecimal.valueOf(Long.MAX_VALUE, 3),
                BigInteger.TWO.pow(200),
                Long.MIN_VALUE,
                0.1f,
                1e300,
                Double.NaN,
                Double.POSITIVE_INFINITY,
                Float.NEGATIVE_INFINITY)),
        Map.entry("numeric(10,2)", List.of(new BigDecimal("1.005"), -3, 12345678.999)),
        Map.entry(
            "text",
            List.of(
                "",
                "é \uD83D\uDC18 漢字",
                'c',
                new StringBuilder("b"),
                Mood.sad,
                5,
                true,
                LocalDate.EPOCH)),
        Map.entry("varchar(5)", List.of("abcde", "")),
        Map.entry("char(5)", List.of("ab", "", "éé")),
        Map.entry(
            "bytea",
            List.of(new byte[] {0, -1, 92}, new byte[0], ByteBuffer.wrap(new byte[] {7, 8}))),
        Map.entry("uuid", List.of(new UUID(0, 0), new UUID(-1, 1), UUID.randomUUID())),
        Map.entry(
            "json",
            List.of("{\"a\" : [1, null]}", Map.of("é", 1), List.of(1, "x"), 5, Json.of("\"s\""))),
        Map.entry("jsonb", List.of("{\"a\" : [1, null]}", Map.of("é", 1), List.of(1, "x"), true)),
        Map.entry(
            "date",
            List.of(
                LocalDate.EPOCH,
                LocalDate.of(2000, 1, 1),
                LocalDate.of(-4713, 11, 24),
                LocalDate.of(5874897, 12, 31),
                LocalDate.MAX,
                LocalDate.MIN)),
        Map.entry(
            "time",
            List.of(
                LocalTime.MIDNIGHT,
                LocalTime.MAX,
                LocalTime.of(1, 2, 3, 4_500),
                LocalTime.of(1, 2, 3, 4_499))),
        Map.entry("time(3)", List.of(LocalTime.of(1, 2, 3, 4_567_890))),
        Map.entry(
            "timetz",
            List.of(
                OffsetTime.of(LocalTime.NOON, ZoneOffset.ofHoursMinutes(5, 30)),
                OffsetTime.of(LocalTime.MAX, ZoneOffset.ofTotalSeconds(-57599 + 3600 - 1)))),
        Map.entry(
            "timestamp",
            List.of(
                LocalDateTime.of(2024, 2, 29, 1, 2, 3, 999_999_500),
                LocalDateTime.of(1, 1, 1, 0, 0),
                LocalDateTime.of(-4712, 1, 1, 0, 0),
                LocalDateTime.of(294276, 12, 31, 23, 59, 59, 999_999_000),
                LocalDateTime.MAX,
                LocalDateTime.MIN,
                LocalDate.of(2024, 2, 29),
                MOMENT,
                MOMENT.atOffset(ZoneOffset.ofHours(3)))),
        Map.entry(
            "timestamptz",
            List.of(
                MOMENT,
                Instant.EPOCH,
                Instant.parse("1969-12-31T23:59:59.9999995Z"),
                Instant.MAX,
                Instant.MIN,
                OffsetDateTime.MAX,
                OffsetDateTime.MIN,
                MOMENT.atOffset(ZoneOffset.ofHours(-8)),
                ZonedDateTime.parse("2024-03-31T02:30:00+01:00[Europe/Berlin]"),
                new Date(1_700_000_000_123L),
                new java.sql.Timestamp(1_700_000_000_123L))),
        Map.entry(
            "interval",
            List.of(
                Duration.ofSeconds(-90, 1500),
                Period.of(1, 2, -3),
                new Interval(14, -40, 123_456_789L),
                Interval.ZERO,
                new Interval(Integer.MIN_VALUE + 1, Integer.MAX_VALUE, Long.MIN_VALUE + 1))));
  }

  private static List<Object> join(List<Object> some, Object... more) {
    List<Object> all = new ArrayList<>(some);
    all.addAll(Arrays.asList(more));
    return all;
  }

  /** An enum of the tests. */
  enum Mood {
    happy,
    sad
  }

  @Test
  void whatIsCopiedIsWhatIsInserted(TestDatabase server) {
    try (Database db = await(Database.connect(server.url()));
        DatabaseManager manager =
            DatabaseManager.of(db, dev.howdah.config.ManagerOptions.of("password"))) {
      values()
          .forEach(
              (type, values) -> {
                String copied = "copied " + type;
                String inserted = "inserted " + type;
                server.sql(
                    "CREATE TABLE \"%2$s\" (id int, v %1$s, vs %1$s[]);".formatted(type, copied)
                        + "CREATE TABLE \"%s\" (LIKE \"%s\")".formatted(inserted, copied));
                List<Map<String, @Nullable Object>> records = new ArrayList<>();
                for (Object value : values) {
                  boolean document = type.startsWith("json") && value instanceof List;
                  records.add(
                      Map.of(
                          "id",
                          records.size(),
                          "v",
                          value,
                          "vs",
                          document ? List.of(value) : Arrays.asList(value, null, value)));
                }
                assertThat(await(db.copyIn(copied, records))).isEqualTo(values.size());
                await(manager.insert(inserted, records));
                String all = "SELECT id, v::text, vs::text FROM \"%s\" ORDER BY id";
                assertThat(server.query(all.formatted(copied)))
                    .as(type)
                    .isEqualTo(server.query(all.formatted(inserted)));
              });
    }
  }

  @Test
  void arraysHaveDimensionsNullsAndNothing(TestDatabase server) {
    server.sql("CREATE TABLE a (v int[], t text[], j jsonb[])");
    try (Database db = await(Database.connect(server.url()))) {
      await(
          db.copyIn(
              "a",
              List.of(
                  Arrays.asList(new int[][] {{1, 2}, {3, 4}}, List.of(), null),
                  Arrays.asList(
                      List.of(List.of(List.of(1)), List.of(List.of(2))),
                      new String[] {"a", null, "{}"},
                      List.of(List.of(1, 2), Map.of("a", 1))),
                  Arrays.asList(new Integer[] {null}, List.of(List.of()), null))));
      assertThat(server.query("SELECT v::text, t::text, j::text FROM a"))
          .containsExactly(
              Arrays.asList("{{1,2},{3,4}}", "{}", null),
              Arrays.asList("{{{1}},{{2}}}", "{a,NULL,\"{}\"}", "{\"[1, 2]\",\"{\\\"a\\\": 1}\"}"),
              Arrays.asList("{NULL}", "{}", null));
      for (Object ragged :
          List.of(
              List.of(List.of(1, 2), List.of(3)),
              List.of(1, List.of(2)),
              List.of(List.of(1), 2),
              List.of(List.of(List.of()), List.of()),
              Collections.nCopies(1, nested(7)))) {
        assertThatThrownBy(() -> await(db.copyIn("a", List.of(Arrays.asList(ragged, null, null)))))
            .as("%s", ragged)
            .isInstanceOf(WrongArguments.class)
            .hasMessageContaining("column 'v' of table 'a' (int4[])");
      }
      assertThatThrownBy(
              () -> await(db.copyIn("a", List.of(Arrays.asList(List.of(1, 1L << 40), null, null)))))
          .isInstanceOf(WrongArguments.class)
          .hasMessageContaining("element [1]")
          .hasMessageContaining("outside of that range");
    }
  }

  private static Object nested(int depth) {
    return depth == 0 ? 1 : List.of(nested(depth - 1));
  }

  @Test
  void domainsAndCollationsAreAsTheirBase(TestDatabase server) {
    server.sql(
        "CREATE DOMAIN positive AS int CHECK (VALUE > 0); CREATE DOMAIN small AS positive CHECK"
            + " (VALUE < 10); CREATE TABLE d (a small, b small[], c text COLLATE \"C\")");
    try (Database db = await(Database.connect(server.url()))) {
      await(db.copyIn(CopyRecords.into("d").columns("a", "c"), List.of(List.of(5, "x"))));
      assertThat(server.query("SELECT a, c FROM d")).containsExactly(List.of(5, "x"));
      assertThatThrownBy(
              () -> await(db.copyIn(CopyRecords.into("d").columns("a"), List.of(List.of(50)))))
          .hasMessageContaining("small_check");
      await(db.copyIn(CopyRecords.into("d").columns("b"), List.of(List.of(List.of(1, 2)))));
      assertThat(server.query("SELECT b::text FROM d WHERE b IS NOT NULL"))
          .containsExactly(List.of("{1,2}"));
    }
  }

  @Test
  void valuesThatSayTooLittleOrTooMuchAreRefused(TestDatabase server) {
    server.sql(
        "CREATE TABLE w (a timestamptz, b date, c bool, d uuid, e bytea, f numeric, g interval, h"
            + " time)");
    try (Database db = await(Database.connect(server.url()))) {
      Map<String, Object> wrong =
          Map.of(
              "a",
              LocalDateTime.now(),
              "b",
              MOMENT,
              "c",
              1,
              "d",
              "00000000-0000-0000-0000-000000000000",
              "e",
              "bytes",
              "f",
              new BigDecimal("1E+140000"),
              "g",
              5,
              "h",
              LocalDate.EPOCH);
      wrong.forEach(
          (column, value) ->
              assertThatThrownBy(() -> await(db.copyIn("w", List.of(Map.of(column, value)))))
                  .as(column)
                  .isInstanceOf(WrongArguments.class)
                  .hasMessageContaining("record 0 of copyIn (from 0): column '" + column + "'"));
      assertThatThrownBy(
              () -> await(db.copyIn("w", List.of(Map.of("b", LocalDate.of(6_000_000, 1, 1))))))
          .isInstanceOf(WrongArguments.class)
          .hasMessageContaining("outside of what PostgreSQL's date holds");
    }
  }

  @Test
  void randomNumbersArriveDigitForDigit(TestDatabase server) {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    server.sql("CREATE TABLE n (v numeric, t text)");
    List<Object[]> records = new ArrayList<>();
    for (int i = 0; i < 20_000; i++) {
      BigDecimal value =
          new BigDecimal(
              new BigInteger(random.nextInt(200), random)
                  .multiply(random.nextBoolean() ? BigInteger.ONE : BigInteger.ONE.negate()),
              random.nextInt(60) - 20);
      records.add(new Object[] {value, value.toPlainString()});
    }
    try (Database db = await(Database.connect(server.url()))) {
      await(db.copyIn("n", records));
      assertThat(server.query("SELECT v::text, t FROM n WHERE v::text <> t LIMIT 3"))
          .as("seed %d", seed)
          .isEmpty();
    }
  }
}
