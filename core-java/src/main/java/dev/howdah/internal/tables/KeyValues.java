package dev.howdah.internal.tables;

import dev.howdah.query.SqlFragment;
import dev.howdah.query.TableQueries;
import dev.howdah.schema.TableColumn;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoField;
import java.time.temporal.Temporal;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Finds out which records have the same key for the server, whatever Java types their values have.
 *
 * <p>Two keys are taken for equal only when they surely are. Where that cannot be told ({@link
 * #certain} is false then: ignored case, rounding, dates given as text, defaults) the records are
 * kept in their order and the server finds out.
 */
final class KeyValues {
  private final List<TableColumn> columns;
  private final int[] positions;
  private boolean certain;

  /**
   * For one batch; one thread.
   *
   * @param columns the columns of the key
   * @param positions their places in a row
   */
  KeyValues(List<TableColumn> columns, int[] positions) {
    this.columns = columns;
    this.positions = positions;
    this.certain = columns.stream().allMatch(TableColumn::exactEquality);
  }

  /** Whether every two keys seen so far that are equal for the server are equal here. */
  boolean certain() {
    return certain;
  }

  /** The key of a row; null when nothing is known to equal it: NULL, DEFAULT or SQL is in it. */
  @Nullable Object of(@Nullable Object[] row) {
    List<Object> key = positions.length == 1 ? List.of() : new ArrayList<>(positions.length);
    for (int i = 0; i < positions.length; i++) {
      Object value = row[positions[i]];
      if (value == TableQueries.DEFAULT) {
        // a counter gives a new value each time, other defaults may give the same one
        certain &= columns.get(i).identity() || !columns.get(i).hasDefault();
        return null;
      }
      if (value == null || value instanceof SqlFragment) {
        certain = false; // an index may say NULLS NOT DISTINCT
        return null;
      }
      Object comparable = comparable(columns.get(i), value);
      if (positions.length == 1) {
        return comparable;
      }
      key.add(comparable);
    }
    return key;
  }

  private Object comparable(TableColumn column, Object value) {
    Object same =
        switch (column.valueType().oid()) {
          case 20, 21, 23, 26 -> whole(value);
          case 700, 701, 1700 -> number(column.valueType().oid(), value);
          case 25, 1043 -> text(value);
          case 1042 -> unpadded(value);
          case 16 -> value instanceof Boolean ? value : null;
          case 17 -> bytes(value);
          case 2950 -> uuid(value);
          case 1082 -> value instanceof LocalDate ? value : null;
          case 1114 -> value instanceof LocalDateTime ? value : null;
          case 1184 -> instant(value);
          default -> column.valueType().kind() == 'e' ? text(value) : null;
        };
    if (same == null) {
      certain = false;
      return value instanceof byte[] bytes ? ByteBuffer.wrap(bytes.clone()) : value;
    }
    if (isFinerThanMicroseconds(same)) {
      certain = false; // the server rounds it
    }
    return same;
  }

  private static @Nullable Object whole(Object value) {
    if (value instanceof Long
        || value instanceof Integer
        || value instanceof Short
        || value instanceof Byte
        || value instanceof AtomicInteger
        || value instanceof AtomicLong) {
      return ((Number) value).longValue();
    }
    try {
      if (value instanceof BigInteger number) {
        return number.longValueExact();
      }
      if (value instanceof BigDecimal || value instanceof Double || value instanceof Float) {
        return new BigDecimal(value.toString()).longValueExact();
      }
      return value instanceof CharSequence ? Long.valueOf(value.toString().strip()) : null;
    } catch (ArithmeticException | NumberFormatException notWhole) {
      return null; // refused when it is bound
    }
  }

  /** By way of text, which is how numbers are bound: 0.1f is 0.1 for every column. */
  private static @Nullable Object number(int oid, Object value) {
    if (!(value instanceof Number)) {
      return null;
    }
    String text = value.toString();
    try {
      return switch (oid) {
        case 700 -> Float.parseFloat(text) + 0f; // -0 is 0
        case 701 -> Double.parseDouble(text) + 0d;
        default -> new BigDecimal(text).stripTrailingZeros();
      };
    } catch (NumberFormatException notFinite) {
      return text;
    }
  }

  /** A char(n) ignores the blanks at its end. */
  private static @Nullable Object unpadded(Object value) {
    Object text = text(value);
    if (text == null) {
      return null;
    }
    String padded = (String) text;
    int end = padded.length();
    while (end > 0 && padded.charAt(end - 1) == ' ') {
      end--;
    }
    return padded.substring(0, end);
  }

  private static @Nullable Object text(Object value) {
    if (value instanceof Enum<?> constant) {
      return constant.name();
    }
    return value instanceof CharSequence
            || value instanceof Character
            || value instanceof UUID
            || value instanceof Long
            || value instanceof Integer
        ? value.toString()
        : null;
  }

  private static @Nullable Object bytes(Object value) {
    if (value instanceof byte[] bytes) {
      return ByteBuffer.wrap(bytes.clone());
    }
    return value instanceof ByteBuffer buffer ? buffer.duplicate() : null;
  }

  private static @Nullable Object uuid(Object value) {
    if (value instanceof CharSequence text && text.length() == 36) {
      try {
        return UUID.fromString(text.toString());
      } catch (IllegalArgumentException notAUuid) {
        return null;
      }
    }
    return value instanceof UUID ? value : null;
  }

  private static @Nullable Object instant(Object value) {
    if (value instanceof OffsetDateTime moment) {
      return moment.toInstant();
    }
    if (value instanceof ZonedDateTime moment) {
      return moment.toInstant();
    }
    return value instanceof Instant ? value : null;
  }

  private static boolean isFinerThanMicroseconds(Object value) {
    return (value instanceof Instant || value instanceof LocalDateTime)
        && ((Temporal) value).get(ChronoField.NANO_OF_SECOND) % 1000 != 0;
  }
}
