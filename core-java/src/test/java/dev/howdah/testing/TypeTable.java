package dev.howdah.testing;

import dev.howdah.row.BitString;
import dev.howdah.row.Cidr;
import dev.howdah.row.Geometry;
import dev.howdah.row.Hstore;
import dev.howdah.row.Inet;
import dev.howdah.row.Interval;
import dev.howdah.row.Json;
import dev.howdah.row.Lsn;
import dev.howdah.row.Multirange;
import dev.howdah.row.Range;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetTime;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * The types of docs/types.md, each with values: what is bound, what comes back, what psql shows.
 */
public final class TypeTable {
  /**
   * One value of a type.
   *
   * @param argument what is bound
   * @param held what a row holds then
   * @param text what psql shows
   */
  public record Sample(Object argument, Object held, String text) {}

  /** A type by its name in SQL, and whether the server has it: a condition in SQL. */
  public record Type(String name, String condition, List<Sample> samples) {
    @Override
    public String toString() {
      return name;
    }
  }

  private static final String ALWAYS = "true";
  private static final String MULTIRANGES = "to_regtype('int4multirange') IS NOT NULL";
  private static final String LIBXML =
      "EXISTS (SELECT FROM pg_config WHERE name = 'CONFIGURE' AND setting LIKE '%libxml%')";
  private static final String INFINITE_INTERVALS =
      "current_setting('server_version_num')::int >= 170000";

  private final List<Type> types = new ArrayList<>();

  public static List<Type> types() {
    TypeTable table = new TypeTable();
    table.numbers();
    table.texts();
    table.times();
    table.ranges();
    table.networks();
    table.shapes();
    table.others();
    return table.types;
  }

  private void type(String name, Sample... samples) {
    types.add(new Type(name, ALWAYS, List.of(samples)));
  }

  private void type(String name, String condition, Sample... samples) {
    types.add(new Type(name, condition, List.of(samples)));
  }

  private static Sample same(Object value, String text) {
    return new Sample(value, value, text);
  }

  private static Sample same(Object value) {
    return new Sample(value, value, value.toString());
  }

  private void numbers() {
    type("bool", same(true, "t"), same(false, "f"));
    type("int2", same(Short.MIN_VALUE), same(Short.MAX_VALUE), same((short) 0));
    type("int4", same(Integer.MIN_VALUE), same(Integer.MAX_VALUE), same(0));
    type("int8", same(Long.MIN_VALUE), same(Long.MAX_VALUE), same(0L));
    type("oid", same(0L), same(4294967295L));
    type(
        "float4",
        same(1.5f),
        same(Float.MAX_VALUE, "3.4028235e+38"),
        same(Float.MIN_VALUE, "1e-45"),
        same(-0f, "-0"),
        same(1e6f, "1e+06"),
        same(5.6126903e25f, "5.6126903e+25"),
        same(123456f, "123456"),
        same(1e-4f, "0.0001"),
        same(1e-5f, "1e-05"),
        same(Float.NaN),
        same(Float.POSITIVE_INFINITY),
        same(Float.NEGATIVE_INFINITY));
    type(
        "float8",
        same(1.5),
        same(Double.MAX_VALUE, "1.7976931348623157e+308"),
        same(Double.MIN_VALUE, "5e-324"),
        same(-0.0, "-0"),
        same(1e15, "1e+15"),
        same(123456789012345.0, "123456789012345"),
        same(2e23, "1.9999999999999998e+23"),
        same(1e-4, "0.0001"),
        same(1.25e-5, "1.25e-05"),
        same(Double.NaN),
        same(Double.POSITIVE_INFINITY),
        same(Double.NEGATIVE_INFINITY));
    type(
        "numeric",
        same(new BigDecimal("1.50")),
        same(new BigDecimal("0")),
        same(new BigDecimal("-0.000001")),
        same(new BigDecimal("9".repeat(40) + "." + "1".repeat(30))),
        new Sample(new BigDecimal("1E+3"), new BigDecimal("1000"), "1000"),
        new Sample(
            BigInteger.TWO.pow(100),
            new BigDecimal(BigInteger.TWO.pow(100)),
            "" + BigInteger.TWO.pow(100)),
        same(Double.NaN),
        new Sample(Float.NaN, Double.NaN, "NaN"),
        new Sample("Infinity", Double.POSITIVE_INFINITY, "Infinity"),
        new Sample("-Infinity", Double.NEGATIVE_INFINITY, "-Infinity"));
    type("money", new Sample("-1234.5", "-$1,234.50", "-$1,234.50"), same("$0.01"));
  }

  private void texts() {
    String odd = "a \"q\" \\ {b},NULL 'é😀'\n\t";
    type("text", same(odd), same(""), same("NULL"), same("(a)"));
    type("varchar(10)", same(""), same("é€😀"));
    type("char(4)", new Sample("ab", "ab  ", "ab  "), same("abcd"));
    type("\"char\"", same("x"), same(""));
    type("name", same("a b"), same("x"));
    type("citext", same("MiXed"), same(""));
    type("xml", LIBXML, same("<a>1 &amp; 2</a>"), same("x"));
    type(
        "json",
        same("{\"a\":  1}"),
        new Sample(Map.of("a", List.of(1)), "{\"a\":[1]}", "{\"a\":[1]}"),
        new Sample(Json.of(null), "null", "null"));
    type(
        "jsonb",
        new Sample("{\"a\":1,\"a\":2}", "{\"a\": 2}", "{\"a\": 2}"),
        new Sample(Json.of(List.of("x,y")), "[\"x,y\"]", "[\"x,y\"]"));
    type("jsonpath", same("$.\"a\"[*]"));
    type("tsvector", same("'a':1 'b c':2A"), same(""));
    type("tsquery", same("'a' & !'b'"));
    type("ltree", same("a.b.c"), same(""));
    type("bytea", binary(new byte[] {0, -1, 'a', '\\'}, "\\x00ff615c"), binary(new byte[0], "\\x"));
    type(
        "uuid",
        same(new UUID(0, 0)),
        same(new UUID(-1, -1)),
        same(UUID.fromString("a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11")));
  }

  private static Sample binary(byte[] bytes, String text) {
    return new Sample(ByteBuffer.wrap(bytes), bytes, text);
  }

  private void times() {
    type(
        "date",
        same(LocalDate.of(2024, 2, 29)),
        same(LocalDate.of(-4713, 11, 24), "4714-11-24 BC"),
        same(LocalDate.of(5874897, 12, 31), "5874897-12-31"),
        same(LocalDate.MAX, "infinity"),
        same(LocalDate.MIN, "-infinity"));
    type(
        "time",
        same(LocalTime.MIDNIGHT, "00:00:00"),
        same(LocalTime.of(23, 59, 59, 999_999_000)),
        same(LocalTime.MAX, "24:00:00"));
    type(
        "timetz",
        same(
            OffsetTime.of(12, 30, 0, 500_000_000, ZoneOffset.ofHoursMinutes(5, 30)),
            "12:30:00.5+05:30"),
        same(OffsetTime.of(0, 0, 0, 0, ZoneOffset.ofTotalSeconds(-57_599)), "00:00:00-15:59:59"),
        same(OffsetTime.of(LocalTime.MAX, ZoneOffset.UTC), "24:00:00+00"));
    type(
        "timestamp",
        same(LocalDateTime.of(2024, 2, 29, 12, 0, 0, 123_456_000), "2024-02-29 12:00:00.123456"),
        same(LocalDateTime.of(-4713, 11, 24, 0, 0), "4714-11-24 00:00:00 BC"),
        same(
            LocalDateTime.of(294276, 12, 31, 23, 59, 59, 999_999_000),
            "294276-12-31 23:59:59.999999"),
        same(LocalDateTime.MAX, "infinity"),
        same(LocalDateTime.MIN, "-infinity"));
    Instant noon = Instant.parse("2024-02-29T12:00:00.100Z");
    type(
        "timestamptz",
        same(noon, "2024-02-29 12:00:00.1+00"),
        new Sample(noon.atOffset(ZoneOffset.ofHours(2)), noon, "2024-02-29 12:00:00.1+00"),
        same(Instant.parse("-4713-11-24T00:00:00Z"), "4714-11-24 00:00:00+00 BC"),
        same(Instant.parse("+294276-12-31T23:59:59.999999Z"), "294276-12-31 23:59:59.999999+00"),
        same(Instant.MAX, "infinity"),
        same(Instant.MIN, "-infinity"));
    type(
        "interval",
        same(new Interval(14, -3, 3_600_000_001L)),
        same(Interval.ZERO),
        same(new Interval(0, 0, Long.MIN_VALUE + 1)),
        same(new Interval(0, 0, Long.MAX_VALUE - 1)),
        same(new Interval(Integer.MAX_VALUE, Integer.MIN_VALUE, 1)),
        same(new Interval(Integer.MIN_VALUE, Integer.MAX_VALUE, -1)),
        new Sample(Duration.ofHours(49), new Interval(0, 0, 49 * 3_600_000_000L), "PT49H"),
        new Sample(Period.of(1, 2, 3), new Interval(14, 3, 0), "P1Y2M3D"));
    type("interval", INFINITE_INTERVALS, same(Interval.INFINITY), same(Interval.NEGATIVE_INFINITY));
  }

  private void ranges() {
    type(
        "int4range",
        same(Range.closedOpen(1, 10)),
        new Sample(Range.closed(1, 10), Range.closedOpen(1, 11), "[1,11)"),
        same(Range.atLeast(Integer.MIN_VALUE)),
        same(Range.lessThan(5)),
        same(Range.unbounded()),
        same(Range.empty()));
    type("int8range", same(Range.closedOpen(Long.MIN_VALUE, Long.MAX_VALUE)));
    type(
        "numrange",
        same(Range.open(new BigDecimal("1.50"), new BigDecimal("2.0"))),
        same(Range.openClosed(new BigDecimal("-1"), new BigDecimal("0"))),
        same(Range.greaterThan(new BigDecimal("5"))),
        same(new Range<>(new BigDecimal("1"), true, Double.POSITIVE_INFINITY, true, false)));
    LocalDate day = LocalDate.of(2024, 2, 29);
    type(
        "daterange",
        same(Range.closedOpen(day, day.plusDays(1))),
        same(new Range<>(day, true, LocalDate.MAX, true, false), "[2024-02-29,infinity]"),
        same(Range.atLeast(LocalDate.of(-43, 3, 15)), "[\"0044-03-15 BC\",)"));
    type(
        "tsrange",
        same(
            Range.closed(day.atStartOfDay(), day.atTime(12, 0, 0, 500_000_000)),
            "[\"2024-02-29 00:00:00\",\"2024-02-29 12:00:00.5\"]"));
    Instant noon = Instant.parse("2024-02-29T12:00:00Z");
    type(
        "tstzrange",
        same(
            Range.closedOpen(noon, noon.plusSeconds(1)),
            "[\"2024-02-29 12:00:00+00\",\"2024-02-29 12:00:01+00\")"),
        new Sample(
            Range.atMost(noon.atOffset(ZoneOffset.ofHours(-7))),
            Range.atMost(noon),
            "(,\"2024-02-29 12:00:00+00\"]"));
    type(
        "int4multirange",
        MULTIRANGES,
        same(Multirange.of()),
        same(Multirange.of(Range.lessThan(3), Range.closedOpen(5, 7))),
        new Sample(
            Multirange.of(Range.closed(5, 6), Range.closed(1, 2)),
            Multirange.of(Range.closedOpen(1, 3), Range.closedOpen(5, 7)),
            "{[1,3),[5,7)}"));
    type("int8multirange", MULTIRANGES, same(Multirange.of(Range.closedOpen(1L, 2L))));
    type(
        "nummultirange",
        MULTIRANGES,
        same(Multirange.of(Range.open(BigDecimal.ONE, BigDecimal.TEN))));
    type("datemultirange", MULTIRANGES, same(Multirange.of(Range.atLeast(day))));
    type("tsmultirange", MULTIRANGES, same(Multirange.of(Range.atLeast(day.atTime(1, 2)))));
    type("tstzmultirange", MULTIRANGES, same(Multirange.of(Range.closed(noon, noon))));
  }

  private void networks() {
    type(
        "inet",
        same(Inet.parse("10.0.0.1")),
        same(Inet.parse("10.1.2.3/8")),
        same(Inet.parse("0.0.0.0/0")),
        new Sample(Inet.parse("10.0.0.1").address(), Inet.parse("10.0.0.1"), "10.0.0.1"),
        same(Inet.parse("::")),
        same(Inet.parse("2001:db8::1:0:0:1/64")),
        same(Inet.parse("::ffff:1.2.3.4")),
        same(Inet.parse("::1.2.3.4/128")),
        same(Inet.parse("ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff")));
    type(
        "cidr",
        same(Cidr.parse("10.0.0.0/8")),
        same(Cidr.parse("10.0.0.1/32")),
        same(Cidr.parse("2001:db8::/32")));
    type("macaddr", same("08:00:2b:01:02:03"));
    type("macaddr8", same("08:00:2b:01:02:03:04:05"));
  }

  private void shapes() {
    Geometry.Point a = new Geometry.Point(1, -2.5);
    Geometry.Point b = new Geometry.Point(0, 1e20);
    type(
        "point",
        same(a, "(1,-2.5)"),
        same(b, "(0,1e+20)"),
        same(new Geometry.Point(Double.NaN, Double.POSITIVE_INFINITY), "(NaN,Infinity)"));
    type("line", same(new Geometry.Line(1, -1, 0.5), "{1,-1,0.5}"));
    type("lseg", same(new Geometry.LineSegment(a, b), "[(1,-2.5),(0,1e+20)]"));
    type(
        "box",
        same(new Geometry.Box(new Geometry.Point(2, 2), new Geometry.Point(0, 1)), "(2,2),(0,1)"),
        new Sample(
            new Geometry.Box(new Geometry.Point(0, 0), new Geometry.Point(1, 1)),
            new Geometry.Box(new Geometry.Point(1, 1), new Geometry.Point(0, 0)),
            "(1,1),(0,0)"));
    type(
        "path",
        same(new Geometry.Path(true, List.of(a, b)), "((1,-2.5),(0,1e+20))"),
        same(new Geometry.Path(false, List.of(a)), "[(1,-2.5)]"));
    type("polygon", same(new Geometry.Polygon(List.of(a, b, a)), "((1,-2.5),(0,1e+20),(1,-2.5))"));
    type("circle", same(new Geometry.Circle(a, 0), "<(1,-2.5),0>"));
  }

  private void others() {
    type("bit(3)", same(BitString.of(true, false, true), "101"));
    type("varbit", same(BitString.parse("0101")), same(BitString.parse("")));
    Map<String, String> map = new HashMap<>();
    map.put("a", null);
    map.put("b \"c\"", "x\\y=>,NULL");
    type(
        "hstore",
        same(Hstore.of(map), "\"a\"=>NULL, \"b \\\"c\\\"\"=>\"x\\\\y=>,NULL\""),
        same(Hstore.of(Map.of())));
    type("pg_lsn", new Sample(Lsn.parse("16/B374D848"), "16/B374D848", "16/B374D848"), same("0/0"));
    type("mood", same("happy"), new Sample(Mood.SO_SO, "SO_SO", "SO_SO"), same("a \"b\",c"));
    type("int2vector", new Sample("1 2 3", List.of((short) 1, (short) 2, (short) 3), "1 2 3"));
    type("oidvector", new Sample("4294967295 1", List.of(4294967295L, 1L), "4294967295 1"));
    type("xid", same("42"), same("4294967295"));
    type("xid8", same("18446744073709551615"));
    type("cid", same("0"));
    type("tid", same("(4294967295,65535)"));
    type("pg_snapshot", same("10:20:10,14,15"));
    type("regclass", same("pg_class"));
    type("regtype", same("timestamp with time zone"));
  }

  /** Stands for the type {@code mood}. */
  public enum Mood {
    SO_SO
  }

  private TypeTable() {}

  /** What the types of the table need that a database does not have. */
  public static final List<String> PREPARATION =
      List.of(
          "CREATE EXTENSION hstore",
          "CREATE EXTENSION citext",
          "CREATE EXTENSION ltree",
          "CREATE TYPE mood AS ENUM ('happy', 'SO_SO', 'a \"b\",c')");
}
