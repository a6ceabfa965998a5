package dev.howdah.internal.type;

import dev.howdah.error.ClientException;
import dev.howdah.row.Interval;
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
import java.util.Date;
import org.jspecify.annotations.Nullable;

/**
 * Writes dates and times as days and microseconds since the year 2000; rounding, limits and
 * infinities as in {@link TemporalWriter}.
 */
final class BinaryTemporal {
  private static final long EPOCH_DAY = LocalDate.of(2000, 1, 1).toEpochDay();
  private static final long EPOCH_SECOND = EPOCH_DAY * TemporalWriter.SECONDS_PER_DAY;

  private BinaryTemporal() {}

  static void date(Object value, Chunk out) {
    if (!(value instanceof LocalDate date)) {
      throw ColumnWriter.takes("a LocalDate", value);
    }
    if (date.equals(LocalDate.MAX)) {
      out.putInt(Integer.MAX_VALUE);
    } else if (date.equals(LocalDate.MIN)) {
      out.putInt(Integer.MIN_VALUE);
    } else if (date.isBefore(TemporalWriter.FIRST_DAY)
        || date.getYear() > TemporalWriter.LAST_DATE_YEAR) {
      throw TemporalWriter.outOfRange("date", TemporalWriter.LAST_DATE_YEAR);
    } else {
      out.putInt((int) (date.toEpochDay() - EPOCH_DAY));
    }
  }

  static void time(Object value, Chunk out) {
    if (!(value instanceof LocalTime time)) {
      throw ColumnWriter.takes("a LocalTime", value);
    }
    out.putLong(micros(time));
  }

  private static long micros(LocalTime time) {
    return (time.toNanoOfDay() + 500) / 1000;
  }

  /** The zone is counted westwards. */
  static void timetz(Object value, Chunk out) {
    if (!(value instanceof OffsetTime time)) {
      throw ColumnWriter.takes("an OffsetTime", value);
    }
    TemporalWriter.time(time); // which refuses offsets that are too large
    out.putLong(micros(time.toLocalTime()));
    out.putInt(-time.getOffset().getTotalSeconds());
  }

  static void timestamp(Object value, Chunk out) {
    if (value instanceof LocalDateTime time) {
      local(time, out);
    } else if (value instanceof LocalDate date) {
      local(midnight(date), out);
    } else if (!moment(value, "timestamp", out)) {
      throw ColumnWriter.takes("a LocalDateTime", value);
    }
  }

  private static LocalDateTime midnight(LocalDate date) {
    if (date.equals(LocalDate.MAX)) {
      return LocalDateTime.MAX;
    }
    return date.atStartOfDay();
  }

  static void timestamptz(Object value, Chunk out) {
    if (!moment(value, "timestamptz", out)) {
      throw ColumnWriter.takes("an Instant, an OffsetDateTime or a ZonedDateTime", value);
    }
  }

  /** Writes it if it says which moment it is. */
  private static boolean moment(Object value, String type, Chunk out) {
    if (value instanceof ZonedDateTime zoned) {
      return moment(zoned.toOffsetDateTime(), type, out);
    }
    if (value instanceof OffsetDateTime time) {
      if (TemporalWriter.isInfinite(time.toLocalDateTime())) {
        local(time.toLocalDateTime(), out);
      } else {
        instant(time.toInstant(), type, out);
      }
      return true;
    }
    Instant instant = value instanceof Date date ? instant(date) : null;
    if (value instanceof Instant given) {
      instant = given;
    }
    if (instant == null) {
      return false;
    }
    if (instant.equals(Instant.MAX)) {
      out.putLong(Long.MAX_VALUE);
    } else if (instant.equals(Instant.MIN)) {
      out.putLong(Long.MIN_VALUE);
    } else {
      instant(instant, type, out);
    }
    return true;
  }

  /** Dates of java.sql without a time of day, or without a day, do not say which instant. */
  @SuppressWarnings("JavaUtilDate") // what callers pass; it is left at once
  private static @Nullable Instant instant(Date date) {
    if (date.getTime() == Long.MAX_VALUE) {
      return Instant.MAX;
    }
    if (date.getTime() == Long.MIN_VALUE) {
      return Instant.MIN;
    }
    try {
      return date.toInstant();
    } catch (UnsupportedOperationException noInstant) {
      return null;
    }
  }

  private static void local(LocalDateTime time, Chunk out) {
    if (time.equals(LocalDateTime.MAX)) {
      out.putLong(Long.MAX_VALUE);
    } else if (time.equals(LocalDateTime.MIN)) {
      out.putLong(Long.MIN_VALUE);
    } else {
      instant(time.toInstant(ZoneOffset.UTC), "timestamp", out);
    }
  }

  private static void instant(Instant instant, String type, Chunk out) {
    long micros = (instant.getNano() + 500L) / 1000;
    long second = instant.getEpochSecond() + micros / TemporalWriter.MICROS_PER_SECOND;
    if (second < TemporalWriter.FIRST_SECOND || second >= TemporalWriter.END_SECOND) {
      throw TemporalWriter.outOfRange(type, TemporalWriter.LAST_TIMESTAMP_YEAR);
    }
    out.putLong(
        (second - EPOCH_SECOND) * TemporalWriter.MICROS_PER_SECOND
            + micros % TemporalWriter.MICROS_PER_SECOND);
  }

  static void interval(Object value, Chunk out) {
    Interval interval = interval(value);
    if (interval == null) {
      throw ColumnWriter.takes("an Interval, a Duration or a Period", value);
    }
    out.putLong(interval.microseconds());
    out.putInt(interval.days());
    out.putInt(interval.months());
  }

  private static @Nullable Interval interval(Object value) {
    try {
      if (value instanceof Duration duration) {
        return Interval.of(duration);
      }
      if (value instanceof Period period) {
        return Interval.of(period);
      }
    } catch (ClientException.WrongArguments tooLong) {
      throw new Refused(": " + tooLong.getMessage());
    }
    return value instanceof Interval interval ? interval : null;
  }
}
