package dev.howdah.schema;

import dev.howdah.error.ClientException.WrongArguments;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The type of a column that is to be created, as SQL writes it.
 *
 * @param sql the type's text, such as {@code numeric(10, 2)}; checked to be a type and nothing else
 */
public record ColumnType(String sql) {
  /**
   * Words and quoted names with dots between, more words, one pair of parentheses with numbers or
   * words, more words, brackets: no type needs anything else. It stands before the constants, which
   * are checked with it.
   */
  private static final Pattern SHAPE =
      Pattern.compile(
          "(?:[\\p{L}_][\\p{L}\\p{N}_$]*|\"(?:[^\"\\x00]|\"\")+\")"
              + "(?:\\.(?:[\\p{L}_][\\p{L}\\p{N}_$]*|\"(?:[^\"\\x00]|\"\")+\"))*"
              + "(?: [\\p{L}]+)*"
              + "(?: ?\\( ?[\\p{L}\\p{N}_-]+(?: ?, ?[\\p{L}\\p{N}_-]+)* ?\\))?"
              + "(?: [\\p{L}]+)*"
              + "(?: ?\\[\\d*\\])*");

  /** {@code bigint}. */
  public static final ColumnType BIGINT = new ColumnType("bigint");

  /** {@code integer}. */
  public static final ColumnType INTEGER = new ColumnType("integer");

  /** {@code smallint}. */
  public static final ColumnType SMALLINT = new ColumnType("smallint");

  /** {@code boolean}. */
  public static final ColumnType BOOL = new ColumnType("boolean");

  /** {@code real}: four bytes. */
  public static final ColumnType REAL = new ColumnType("real");

  /** {@code double precision}: eight bytes. */
  public static final ColumnType DOUBLE_PRECISION = new ColumnType("double precision");

  /** {@code numeric} of any precision. */
  public static final ColumnType NUMERIC = new ColumnType("numeric");

  /** {@code text} of any length. */
  public static final ColumnType TEXT = new ColumnType("text");

  /** {@code varchar} without a limit. */
  public static final ColumnType VARCHAR = new ColumnType("varchar");

  /** {@code uuid}. */
  public static final ColumnType UUID = new ColumnType("uuid");

  /** {@code bytea}. */
  public static final ColumnType BYTEA = new ColumnType("bytea");

  /** {@code date}. */
  public static final ColumnType DATE = new ColumnType("date");

  /** {@code time} without a zone. */
  public static final ColumnType TIME = new ColumnType("time");

  /** {@code timetz}. */
  public static final ColumnType TIMETZ = new ColumnType("timetz");

  /** {@code timestamp}: a date and time of a wall clock, in no zone. */
  public static final ColumnType TIMESTAMP = new ColumnType("timestamp");

  /** {@code timestamptz}: a moment. */
  public static final ColumnType TIMESTAMPTZ = new ColumnType("timestamptz");

  /** {@code interval}. */
  public static final ColumnType INTERVAL = new ColumnType("interval");

  /** {@code json}: the text as it was given. */
  public static final ColumnType JSON = new ColumnType("json");

  /** {@code jsonb}: can be compared, searched and indexed. */
  public static final ColumnType JSONB = new ColumnType("jsonb");

  /** {@code inet}. */
  public static final ColumnType INET = new ColumnType("inet");

  /** Refuses text that is not the name of a type. */
  public ColumnType {
    sql = sql.strip().replaceAll("\\s+", " ");
    if (!SHAPE.matcher(sql).matches()) {
      throw new WrongArguments(
          "'"
              + sql
              + "' does not look like an SQL type; write for example 'numeric(10, 2)', 'text[]' or"
              + " '\"My Type\"'");
    }
  }

  /**
   * Any type by its SQL text: also enums, domains and the types of extensions.
   *
   * @param sql for example {@code mood}, {@code app."Mood"} or {@code vector(3)}
   * @return the type; whether it exists only the server knows
   * @throws WrongArguments if the text holds more than a type
   */
  public static ColumnType of(String sql) {
    return new ColumnType(sql);
  }

  /**
   * Text of a bounded length.
   *
   * @param length the most characters it holds
   */
  public static ColumnType varchar(int length) {
    return new ColumnType("varchar(" + positive(length, "length of varchar") + ")");
  }

  /**
   * A decimal number.
   *
   * @param precision how many digits in all
   * @param scale how many of them after the point
   */
  public static ColumnType numeric(int precision, int scale) {
    positive(precision, "precision of numeric");
    return new ColumnType("numeric(" + precision + ", " + scale + ")");
  }

  /**
   * An array.
   *
   * @param element the type of its elements
   */
  public static ColumnType array(ColumnType element) {
    return new ColumnType(element.sql + "[]");
  }

  /**
   * The column type for a Java class, the one its values are bound as.
   *
   * @param javaType for example {@code Long.class}, {@code String.class}, {@code int[].class}
   * @throws WrongArguments if there is none; the message lists the known ones
   */
  public static ColumnType of(Class<?> javaType) {
    return ColumnTypeNames.ofClass(javaType);
  }

  /**
   * A type by a name of SQLAlchemy's or of SQL's, as column maps carry it.
   *
   * @param name {@code BigInteger}, {@code String(255)}, {@code DateTime(timezone=True)}, {@code
   *     bigint}, {@code numeric(10, 2)}, {@code text[]} …; a type of your own in double quotes
   * @throws WrongArguments if the name is not known; the message lists the known ones
   */
  public static ColumnType named(String name) {
    return ColumnTypeNames.ofName(name);
  }

  /** Whether the values are whole numbers that can count by themselves. */
  boolean isInteger() {
    return switch (base()) {
      case "bigint", "integer", "smallint", "int", "int2", "int4", "int8" -> true;
      default -> false;
    };
  }

  /** Whether the values are JSON documents. */
  boolean isJson() {
    return base().equals("json") || base().equals("jsonb");
  }

  /** Whether the values are arrays. */
  boolean isArray() {
    return sql.endsWith("]");
  }

  private String base() {
    return sql.toLowerCase(Locale.ROOT);
  }

  private static int positive(int number, String what) {
    if (number <= 0) {
      throw new WrongArguments("the " + what + " must be at least 1, it was " + number);
    }
    return number;
  }

  @Override
  public String toString() {
    return sql;
  }
}
