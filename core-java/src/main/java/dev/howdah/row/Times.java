package dev.howdah.row;

import dev.howdah.error.ClientException.MappingFailure;
import dev.howdah.row.Conversion.Misfit;
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
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.Temporal;
import java.util.Date;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Points in time and spans into each other, where nothing must be guessed: a {@code timestamptz} is
 * an instant and never silently becomes local time, a {@code timestamp} is local and never an
 * instant. PostgreSQL's infinities are the MIN and MAX of the Java types.
 */
final class Times {

  /** Offsets as +00, +05:30, -03:30:52 or Z. */
  private static final DateTimeFormatter OFFSET_TIME =
      new DateTimeFormatterBuilder()
          .append(DateTimeFormatter.ISO_LOCAL_TIME)
          .appendOffset("+HH:mm:ss", "Z")
          .toFormatter(Locale.ROOT);

  private static final DateTimeFormatter OFFSET_DATE_TIME =
      new DateTimeFormatterBuilder()
          .append(DateTimeFormatter.ISO_LOCAL_DATE)
          .appendLiteral('T')
          .append(OFFSET_TIME)
          .toFormatter(Locale.ROOT);

  private Times() {}

  static Object toInstant(Object value) {
    if (value instanceof OffsetDateTime time) {
      return time.toInstant();
    }
    if (value instanceof ZonedDateTime time) {
      return time.toInstant();
    }
    throw needsZone(value, Instant.class);
  }

  static Object toOffsetDateTime(Object value) {
    if (value instanceof ZonedDateTime time) {
      return time.toOffsetDateTime();
    }
    if (!(value instanceof Instant instant)) {
      throw needsZone(value, OffsetDateTime.class);
    }
    if (instant.equals(Instant.MAX)) {
      return OffsetDateTime.MAX;
    }
    return instant.equals(Instant.MIN) ? OffsetDateTime.MIN : instant.atOffset(ZoneOffset.UTC);
  }

  static Object toZonedDateTime(Object value) {
    if (value instanceof OffsetDateTime time) {
      return time.toZonedDateTime();
    }
    if (!(value instanceof Instant instant)) {
      throw needsZone(value, ZonedDateTime.class);
    }
    if (instant.equals(Instant.MAX)) {
      return LocalDateTime.MAX.atZone(ZoneOffset.UTC);
    }
    return instant.equals(Instant.MIN)
        ? LocalDateTime.MIN.atZone(ZoneOffset.UTC)
        : instant.atZone(ZoneOffset.UTC);
  }

  static Object toDate(Object value) {
    if (!(value instanceof Instant instant)) {
      throw needsZone(value, Date.class);
    }
    try {
      return Date.from(instant);
    } catch (IllegalArgumentException outside) {
      throw Misfit.of(value, "is infinite or outside the range of Date: ask for Instant");
    }
  }

  static Object toDuration(Object value) {
    if (!(value instanceof Interval interval)) {
      throw Misfit.noWay(value, Duration.class);
    }
    try {
      return interval.toDuration();
    } catch (MappingFailure inexact) {
      throw new Misfit(String.valueOf(inexact.getMessage()));
    }
  }

  static Object toPeriod(Object value) {
    if (!(value instanceof Interval interval)) {
      throw Misfit.noWay(value, Period.class);
    }
    try {
      return interval.toPeriod();
    } catch (MappingFailure inexact) {
      throw new Misfit(String.valueOf(inexact.getMessage()));
    }
  }

  /** ISO-8601, and PostgreSQL's own words for the infinities; null for a value of other types. */
  static @Nullable String text(Object value) {
    if (value.equals(LocalDate.MAX)
        || value.equals(LocalDateTime.MAX)
        || value.equals(Instant.MAX)) {
      return "infinity";
    }
    if (value.equals(LocalDate.MIN)
        || value.equals(LocalDateTime.MIN)
        || value.equals(Instant.MIN)) {
      return "-infinity";
    }
    boolean printable = value instanceof Temporal || value instanceof Interval;
    return printable ? value.toString() : null;
  }

  /**
   * Reads a text as ISO-8601 or as the server prints it inside of a composite.
   *
   * @throws java.time.DateTimeException if it is neither
   */
  @SuppressWarnings("JavaUtilDate") // a target among others
  static Object parse(String text, Class<?> type) {
    boolean late = text.equals("infinity");
    if (late || text.equals("-infinity")) {
      if (type == LocalDate.class) {
        return late ? LocalDate.MAX : LocalDate.MIN;
      }
      return type == LocalDateTime.class
          ? late ? LocalDateTime.MAX : LocalDateTime.MIN
          : late ? Instant.MAX : Instant.MIN;
    }
    String iso = text.replace(' ', 'T');
    if (type == LocalDate.class) {
      return LocalDate.parse(iso);
    }
    if (type == LocalTime.class) {
      return iso.equals("24:00:00") ? LocalTime.MAX : LocalTime.parse(iso);
    }
    if (type == LocalDateTime.class) {
      return LocalDateTime.parse(iso);
    }
    if (type == OffsetTime.class) {
      return OffsetTime.parse(iso, OFFSET_TIME);
    }
    if (type == ZonedDateTime.class && iso.endsWith("]")) {
      return ZonedDateTime.parse(iso);
    }
    OffsetDateTime time = OffsetDateTime.parse(iso, OFFSET_DATE_TIME);
    return type == Instant.class || type == Date.class ? time.toInstant() : time;
  }

  private static Misfit needsZone(Object value, Class<?> target) {
    Misfit noWay = Misfit.noWay(value, target);
    return value instanceof LocalDateTime
        ? noWay.but(
            "a timestamp has no zone; cast in SQL, such as value AT TIME ZONE 'UTC', or ask for"
                + " LocalDateTime")
        : noWay;
  }

  /** Local time comes from local time only; says what to do about the rest. */
  static Misfit needsCast(Object value, Class<?> target) {
    Misfit noWay = Misfit.noWay(value, target);
    if (value instanceof Instant) {
      return noWay.but(
          "it would need a zone; cast in SQL, such as value AT TIME ZONE 'UTC', or ask for Instant"
              + " or OffsetDateTime");
    }
    return value instanceof LocalDateTime
        ? noWay.but(SqlCasts.advice(target) + ", or ask for LocalDateTime")
        : noWay;
  }
}
