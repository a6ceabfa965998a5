package dev.howdah.row;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.SignStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.Temporal;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Values of a row as PostgreSQL prints them inside of a range, an array or a composite; points in
 * time in UTC, intervals in ISO 8601.
 */
final class ServerText {
  private static final DateTimeFormatter DATE =
      new DateTimeFormatterBuilder()
          .appendValue(ChronoField.YEAR_OF_ERA, 4, 9, SignStyle.NEVER)
          .appendPattern("-MM-dd")
          .toFormatter(Locale.ROOT);

  private static final DateTimeFormatter TIME =
      new DateTimeFormatterBuilder()
          .appendPattern("HH:mm:ss")
          .appendFraction(ChronoField.NANO_OF_SECOND, 0, 6, true)
          .toFormatter(Locale.ROOT);

  private ServerText() {}

  /** The text of a value that is not null, not yet quoted. */
  static String of(Object value) {
    if (value instanceof String text) {
      return text;
    }
    if (value instanceof Boolean truth) {
      return truth ? "t" : "f";
    }
    if (value instanceof Number number) {
      return number(number);
    }
    if (value instanceof Temporal time) {
      return time(time);
    }
    if (value instanceof byte[] bytes) {
      return "\\x" + HexFormat.of().formatHex(bytes);
    }
    if (value instanceof List<?> array) {
      return array(array);
    }
    if (value instanceof Row composite) {
      return composite(composite);
    }
    return value instanceof float[] vector ? vector(vector) : value.toString();
  }

  private static String number(Number number) {
    if (number instanceof Double) {
      return FloatText.of(number.doubleValue());
    }
    return number instanceof Float ? FloatText.of(number.floatValue()) : Numbers.text(number);
  }

  private static String time(Temporal time) {
    String words = Times.text(time);
    if (words != null && words.endsWith("infinity")) {
      return words;
    }
    if (time instanceof LocalDate date) {
      return DATE.format(date) + era(date);
    }
    if (time instanceof LocalDateTime local) {
      return DATE.format(local) + " " + TIME.format(local) + era(local.toLocalDate());
    }
    if (time instanceof Instant instant) {
      LocalDateTime utc = LocalDateTime.ofInstant(instant, ZoneOffset.UTC);
      return DATE.format(utc) + " " + TIME.format(utc) + "+00" + era(utc.toLocalDate());
    }
    if (time instanceof LocalTime clock) {
      return clock.equals(LocalTime.MAX) ? "24:00:00" : TIME.format(clock);
    }
    if (time instanceof OffsetTime clock) {
      return of(clock.toLocalTime()) + offset(clock.getOffset());
    }
    return time.toString();
  }

  private static String era(LocalDate date) {
    return date.getYear() > 0 ? "" : " BC";
  }

  /** {@code +00}, {@code +05:30}: no more than it takes. */
  private static String offset(ZoneOffset offset) {
    String text = offset.equals(ZoneOffset.UTC) ? "+00" : offset.getId();
    return text.endsWith(":00") ? text.substring(0, text.length() - 3) : text;
  }

  private static String array(List<?> array) {
    StringBuilder text = new StringBuilder();
    if (array instanceof ServerArray server && server.isVector()) {
      elements(server, ' ', text);
    } else if (array instanceof ServerArray server) {
      braces(server, server.delimiter(), text.append(server.bounds()));
    } else {
      braces(array, ',', text);
    }
    return text.toString();
  }

  private static void braces(List<?> array, char delimiter, StringBuilder to) {
    elements(array, delimiter, to.append('{'));
    to.append('}');
  }

  private static void elements(List<?> array, char delimiter, StringBuilder to) {
    for (int i = 0; i < array.size(); i++) {
      if (i > 0) {
        to.append(delimiter);
      }
      Object item = array.get(i);
      if (item == null) {
        to.append("NULL");
      } else if (item instanceof List<?> inner && !isVector(inner)) {
        braces(inner, delimiter, to);
      } else {
        ArrayText.write(of(item), delimiter, to);
      }
    }
  }

  private static boolean isVector(List<?> list) {
    return list instanceof ServerArray array && array.isVector();
  }

  private static String composite(Row composite) {
    List<@Nullable String> fields = new ArrayList<>(composite.size());
    for (int i = 0; i < composite.size(); i++) {
      Object value = composite.raw(i);
      fields.add(value == null ? null : of(value));
    }
    return CompositeText.write(fields);
  }

  private static String vector(float[] vector) {
    StringBuilder text = new StringBuilder("[");
    for (int i = 0; i < vector.length; i++) {
      text.append(i == 0 ? "" : ",").append(of(vector[i]));
    }
    return text.append(']').toString();
  }
}
