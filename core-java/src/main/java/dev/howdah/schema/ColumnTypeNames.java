package dev.howdah.schema;

import dev.howdah.error.ClientException.WrongArguments;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.Period;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads column types from Java classes and from the names that SQLAlchemy and SQL use. */
final class ColumnTypeNames {
  private static final Map<Class<?>, ColumnType> CLASSES =
      Map.ofEntries(
          Map.entry(Long.class, ColumnType.BIGINT),
          Map.entry(long.class, ColumnType.BIGINT),
          Map.entry(Integer.class, ColumnType.INTEGER),
          Map.entry(int.class, ColumnType.INTEGER),
          Map.entry(Short.class, ColumnType.SMALLINT),
          Map.entry(short.class, ColumnType.SMALLINT),
          Map.entry(Boolean.class, ColumnType.BOOL),
          Map.entry(boolean.class, ColumnType.BOOL),
          Map.entry(Float.class, ColumnType.REAL),
          Map.entry(float.class, ColumnType.REAL),
          Map.entry(Double.class, ColumnType.DOUBLE_PRECISION),
          Map.entry(double.class, ColumnType.DOUBLE_PRECISION),
          Map.entry(BigDecimal.class, ColumnType.NUMERIC),
          Map.entry(BigInteger.class, ColumnType.NUMERIC),
          Map.entry(String.class, ColumnType.TEXT),
          Map.entry(byte[].class, ColumnType.BYTEA),
          Map.entry(UUID.class, ColumnType.UUID),
          Map.entry(LocalDate.class, ColumnType.DATE),
          Map.entry(LocalTime.class, ColumnType.TIME),
          Map.entry(OffsetTime.class, ColumnType.TIMETZ),
          Map.entry(LocalDateTime.class, ColumnType.TIMESTAMP),
          Map.entry(Instant.class, ColumnType.TIMESTAMPTZ),
          Map.entry(OffsetDateTime.class, ColumnType.TIMESTAMPTZ),
          Map.entry(ZonedDateTime.class, ColumnType.TIMESTAMPTZ),
          Map.entry(Duration.class, ColumnType.INTERVAL),
          Map.entry(Period.class, ColumnType.INTERVAL),
          Map.entry(Map.class, ColumnType.JSONB),
          Map.entry(InetAddress.class, ColumnType.INET));

  /** SQLAlchemy's generic types; in any case, so that {@code BIGINT} is found here or below. */
  private static final Map<String, ColumnType> SQLALCHEMY = new TreeMap<>();

  static {
    SQLALCHEMY.put("BigInteger", ColumnType.BIGINT);
    SQLALCHEMY.put("Integer", ColumnType.INTEGER);
    SQLALCHEMY.put("SmallInteger", ColumnType.SMALLINT);
    SQLALCHEMY.put("String", ColumnType.VARCHAR);
    SQLALCHEMY.put("Unicode", ColumnType.VARCHAR);
    SQLALCHEMY.put("Text", ColumnType.TEXT);
    SQLALCHEMY.put("UnicodeText", ColumnType.TEXT);
    SQLALCHEMY.put("Boolean", ColumnType.BOOL);
    SQLALCHEMY.put("Float", ColumnType.DOUBLE_PRECISION);
    SQLALCHEMY.put("Double", ColumnType.DOUBLE_PRECISION);
    SQLALCHEMY.put("Numeric", ColumnType.NUMERIC);
    SQLALCHEMY.put("Date", ColumnType.DATE);
    SQLALCHEMY.put("DateTime", ColumnType.TIMESTAMP);
    SQLALCHEMY.put("Time", ColumnType.TIME);
    SQLALCHEMY.put("Interval", ColumnType.INTERVAL);
    SQLALCHEMY.put("LargeBinary", ColumnType.BYTEA);
    SQLALCHEMY.put("JSON", ColumnType.JSON);
    SQLALCHEMY.put("JSONB", ColumnType.JSONB);
    SQLALCHEMY.put("UUID", ColumnType.UUID);
  }

  private static final List<String> SQL =
      List.of(
          "bigint",
          "int8",
          "integer",
          "int",
          "int4",
          "smallint",
          "int2",
          "bool",
          "boolean",
          "real",
          "float",
          "float4",
          "float8",
          "double precision",
          "serial",
          "bigserial",
          "smallserial",
          "numeric",
          "decimal",
          "money",
          "text",
          "varchar",
          "character varying",
          "char",
          "character",
          "bpchar",
          "citext",
          "name",
          "bytea",
          "uuid",
          "date",
          "time",
          "timetz",
          "timestamp",
          "timestamptz",
          "time with time zone",
          "time without time zone",
          "timestamp with time zone",
          "timestamp without time zone",
          "interval",
          "json",
          "jsonb",
          "xml",
          "inet",
          "cidr",
          "macaddr",
          "macaddr8",
          "bit",
          "bit varying",
          "varbit",
          "oid",
          "point",
          "line",
          "lseg",
          "box",
          "path",
          "polygon",
          "circle",
          "tsvector",
          "tsquery",
          "hstore",
          "ltree",
          "vector",
          "pg_lsn",
          "int4range",
          "int8range",
          "numrange",
          "tsrange",
          "tstzrange",
          "daterange");

  /** The SQL types that take numbers in parentheses. */
  private static final Set<String> SIZED =
      Set.of(
          "varchar",
          "character varying",
          "char",
          "character",
          "bpchar",
          "numeric",
          "decimal",
          "time",
          "timetz",
          "timestamp",
          "timestamptz",
          "time with time zone",
          "time without time zone",
          "timestamp with time zone",
          "timestamp without time zone",
          "interval",
          "bit",
          "bit varying",
          "varbit",
          "float",
          "vector");

  private static final Pattern CALL = Pattern.compile("([\\p{L}_]+)\\s*(?:\\((.*)\\))?");
  private static final Pattern NUMBERS = Pattern.compile("-?\\d+(\\s*,\\s*-?\\d+)*");

  private ColumnTypeNames() {}

  static ColumnType ofClass(Class<?> javaType) {
    ColumnType type = CLASSES.get(javaType);
    if (type != null) {
      return type;
    }
    if (javaType.isArray()) {
      return ColumnType.array(ofClass(javaType.getComponentType()));
    }
    throw new WrongArguments(
        "no column type belongs to the class "
            + javaType.getName()
            + "; known are "
            + String.join(
                ", ", CLASSES.keySet().stream().map(Class::getSimpleName).sorted().toList())
            + " and arrays of them; for an enum or any other type use ColumnType.of(\"sql type\")");
  }

  static ColumnType ofName(String name) {
    String text = name.strip();
    if (text.startsWith("\"")) {
      return new ColumnType(text);
    }
    ColumnType type = sqlAlchemy(text);
    if (type == null) {
      type = sql(text);
    }
    if (type != null) {
      return type;
    }
    throw new WrongArguments(
        "unknown column type '"
            + name
            + "'; known are "
            + String.join(", ", SQLALCHEMY.keySet())
            + ", ARRAY(type), the SQL types "
            + String.join(", ", SQL)
            + ", and arrays of them; a type of your own is written in double quotes or with"
            + " ColumnType.of(\"sql type\")");
  }

  private static @Nullable ColumnType sqlAlchemy(String text) {
    Matcher call = CALL.matcher(text.endsWith("()") ? text.substring(0, text.length() - 2) : text);
    if (!call.matches()) {
      return null;
    }
    String arguments = call.group(2) == null ? "" : call.group(2).strip();
    if (call.group(1).equals("ARRAY") && !arguments.isEmpty()) {
      return ColumnType.array(ofName(arguments));
    }
    ColumnType type = SQLALCHEMY.get(call.group(1));
    if (type == null || arguments.isEmpty()) {
      return type;
    }
    if (arguments.replace(" ", "").equalsIgnoreCase("timezone=true")) {
      return type.equals(ColumnType.TIMESTAMP)
          ? ColumnType.TIMESTAMPTZ
          : type.equals(ColumnType.TIME) ? ColumnType.TIMETZ : null;
    }
    boolean sized = type.equals(ColumnType.VARCHAR) || type.equals(ColumnType.NUMERIC);
    String numbers = arguments.startsWith("length=") ? arguments.substring(7) : arguments;
    return sized && NUMBERS.matcher(numbers).matches()
        ? new ColumnType(type.sql() + "(" + numbers + ")")
        : null;
  }

  private static @Nullable ColumnType sql(String text) {
    String bare =
        text.replaceAll("\\[\\d*\\]", "")
            .replaceAll("\\([^)]*\\)", " ")
            .strip()
            .replaceAll("\\s+", " ")
            .toLowerCase(Locale.ROOT);
    boolean sized = text.indexOf('(') >= 0;
    return (sized ? SIZED.contains(bare) : SQL.contains(bare)) ? new ColumnType(text) : null;
  }
}
