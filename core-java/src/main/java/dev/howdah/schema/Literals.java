package dev.howdah.schema;

import dev.howdah.error.ClientException.WrongArguments;
import java.lang.reflect.Array;
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
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Writes values as SQL literals, for the two places where the server takes no parameters: DDL and
 * COPY.
 *
 * <p>A text literal means the same whatever {@code standard_conforming_strings} says. Pure; safe
 * from any thread.
 */
public final class Literals {
  private Literals() {}

  /**
   * A value as the default of a column.
   *
   * @throws WrongArguments if it does not fit the type or has no literal
   */
  static String of(@Nullable Object value, ColumnType type, String column) {
    if (value == null) {
      return "NULL";
    }
    String what = "the default of column '" + column + "'";
    if (type.isArray()) {
      return string(arrayText(elements(value, what, type), what), what);
    }
    if (type.isJson()) {
      return string(
          value instanceof CharSequence ? value.toString() : JsonText.write(value, what), what);
    }
    String base = type.sql().toLowerCase(Locale.ROOT);
    if (type.isInteger()) {
      return integer(value, base, what);
    }
    if (base.startsWith("numeric")
        || base.startsWith("decimal")
        || base.equals("real")
        || base.startsWith("double")
        || base.startsWith("float")) {
      return number(value, what, type);
    }
    if (base.startsWith("bool")) {
      if (value instanceof Boolean bool) {
        return bool ? "TRUE" : "FALSE";
      }
      throw misfit(value, what, type, "give true or false");
    }
    return string(text(value, what), what);
  }

  /**
   * Text in quotes.
   *
   * @param what what it is, for the message: {@code the default of column 'a'}
   * @throws WrongArguments if it holds NUL, which PostgreSQL cannot take
   */
  public static String quote(String text, String what) {
    return string(text, what);
  }

  /** Text in quotes; refuses NUL, which PostgreSQL cannot store. */
  static String string(String text, String what) {
    if (text.indexOf('\0') >= 0) {
      throw new WrongArguments(what + " holds a NUL character, which PostgreSQL cannot store");
    }
    String quoted = "'" + text.replace("'", "''") + "'";
    return text.indexOf('\\') < 0 ? quoted : "E" + quoted.replace("\\", "\\\\");
  }

  private static String integer(Object value, String type, String what) {
    BigInteger number;
    try {
      number = decimal(value).toBigIntegerExact();
    } catch (ArithmeticException | NumberFormatException notWhole) {
      throw misfit(value, what, ColumnType.of(type), "give a whole number");
    }
    int bits =
        switch (type) {
          case "bigint", "int8" -> 63;
          case "smallint", "int2" -> 15;
          default -> 31;
        };
    if (number.bitLength() > bits) {
      throw misfit(value, what, ColumnType.of(type), "it is out of the type's range");
    }
    return number.toString();
  }

  private static String number(Object value, String what, ColumnType type) {
    if (value instanceof Double || value instanceof Float) {
      double number = ((Number) value).doubleValue();
      if (!Double.isFinite(number)) {
        return "'" + number + "'";
      }
    }
    try {
      return decimal(value).toString();
    } catch (NumberFormatException notANumber) {
      throw misfit(value, what, type, "give a number");
    }
  }

  /** By way of text, so that 0.1f is 0.1 and not its nearest binary fraction. */
  private static BigDecimal decimal(Object value) {
    if (value instanceof Number || value instanceof CharSequence) {
      return new BigDecimal(value.toString().strip());
    }
    throw new NumberFormatException();
  }

  /** A value in the text form that the server reads for its type. */
  private static String text(Object value, String what) {
    if (value instanceof CharSequence
        || value instanceof Character
        || value instanceof Number
        || value instanceof Boolean
        || value instanceof UUID
        || value instanceof LocalTime
        || value instanceof OffsetTime
        || value instanceof Duration
        || value instanceof Period) {
      return value.toString();
    }
    if (value instanceof Enum<?> constant) {
      return constant.name();
    }
    if (value instanceof byte[] bytes) {
      return "\\x" + HexFormat.of().formatHex(bytes);
    }
    if (value instanceof InetAddress address) {
      return address.getHostAddress();
    }
    if (value instanceof ZonedDateTime zoned) {
      return text(zoned.toOffsetDateTime(), what);
    }
    if (value instanceof Instant instant && inFourDigits(instant)) {
      return value.toString();
    }
    if ((value instanceof LocalDate date && inFourDigits(date.getYear()))
        || (value instanceof LocalDateTime time && inFourDigits(time.getYear()))
        || (value instanceof OffsetDateTime moment && inFourDigits(moment.getYear()))) {
      return value.toString();
    }
    throw new WrongArguments(
        what
            + " of "
            + value.getClass().getName()
            + " cannot be written as SQL; use defaultSql(\"…\")");
  }

  private static boolean inFourDigits(Instant instant) {
    return instant.isAfter(Instant.parse("0001-01-01T00:00:00Z"))
        && instant.atOffset(ZoneOffset.UTC).getYear() <= 9999;
  }

  private static boolean inFourDigits(int year) {
    return year >= 1 && year <= 9999;
  }

  private static List<@Nullable Object> elements(Object value, String what, ColumnType type) {
    if (value instanceof Collection<?> collection) {
      return new ArrayList<>(collection);
    }
    if (!value.getClass().isArray()) {
      throw misfit(value, what, type, "give a list or an array");
    }
    List<@Nullable Object> elements = new ArrayList<>();
    for (int i = 0; i < Array.getLength(value); i++) {
      elements.add(Array.get(value, i));
    }
    return elements;
  }

  private static String arrayText(List<@Nullable Object> elements, String what) {
    StringJoiner joined = new StringJoiner(",", "{", "}");
    for (Object element : elements) {
      if (element == null) {
        joined.add("NULL");
      } else if (element instanceof Collection<?> nested) {
        joined.add(arrayText(new ArrayList<>(nested), what));
      } else if (element instanceof Map<?, ?>) {
        joined.add(quotedElement(JsonText.write(element, what)));
      } else {
        joined.add(quotedElement(text(element, what)));
      }
    }
    return joined.toString();
  }

  private static String quotedElement(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }

  private static WrongArguments misfit(Object value, String what, ColumnType type, String advice) {
    return new WrongArguments(
        what
            + " (a "
            + value.getClass().getSimpleName()
            + ") does not fit the type "
            + type
            + "; "
            + advice);
  }
}
