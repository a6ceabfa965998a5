package dev.howdah.internal.type;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Date;

/**
 * Writes dates and times as PostgreSQL reads them whatever its DateStyle: year first, BC last.
 *
 * <p>Microseconds are the finest PostgreSQL has: what is finer is rounded, half up, as the server
 * itself and its JDBC driver do. {@code MAX} and {@code MIN} mean infinity, as in {@link
 * TemporalReader}; a time of day that rounds to midnight, such as LocalTime.MAX, is 24:00:00.
 */
final class TemporalWriter {
  static final LocalDate FIRST_DAY = LocalDate.of(-4713, 11, 24);
  static final int LAST_DATE_YEAR = 5_874_897;
  static final int LAST_TIMESTAMP_YEAR = 294_276;
  static final long SECONDS_PER_DAY = 86_400;
  static final long MICROS_PER_SECOND = 1_000_000;
  static final long FIRST_SECOND = FIRST_DAY.toEpochDay() * SECONDS_PER_DAY;
  static final long END_SECOND =
      LocalDate.of(LAST_TIMESTAMP_YEAR + 1, 1, 1).toEpochDay() * SECONDS_PER_DAY;

  /** One second below 16 hours, the server's MAX_TZDISP_HOUR. */
  static final int LAST_OFFSET = 16 * 3600 - 1;

  private TemporalWriter() {}

  static String date(LocalDate date) {
    if (date.equals(LocalDate.MAX)) {
      return "infinity";
    }
    if (date.equals(LocalDate.MIN)) {
      return "-infinity";
    }
    if (date.isBefore(FIRST_DAY) || date.getYear() > LAST_DATE_YEAR) {
      throw outOfRange("date", LAST_DATE_YEAR);
    }
    StringBuilder text = new StringBuilder(16);
    appendDate(text, date);
    return era(text, date);
  }

  static String time(LocalTime time) {
    StringBuilder text = new StringBuilder(16);
    appendTime(text, (time.toNanoOfDay() + 500) / 1000);
    return text.toString();
  }

  static String time(OffsetTime time) {
    int offset = time.getOffset().getTotalSeconds();
    if (Math.abs(offset) > LAST_OFFSET) {
      throw new Refused(": PostgreSQL's timetz takes offsets from -15:59:59 to +15:59:59");
    }
    StringBuilder text = new StringBuilder(24).append(time(time.toLocalTime()));
    text.append(offset < 0 ? '-' : '+');
    int seconds = Math.abs(offset);
    two(text, seconds / 3600);
    two(text.append(':'), seconds / 60 % 60);
    if (seconds % 60 != 0) {
      two(text.append(':'), seconds % 60);
    }
    return text.toString();
  }

  static String timestamp(LocalDateTime time) {
    if (time.equals(LocalDateTime.MAX)) {
      return "infinity";
    }
    if (time.equals(LocalDateTime.MIN)) {
      return "-infinity";
    }
    return timestamp(time.toInstant(ZoneOffset.UTC), "timestamp", "");
  }

  static String timestamp(Instant instant) {
    if (instant.equals(Instant.MAX)) {
      return "infinity";
    }
    if (instant.equals(Instant.MIN)) {
      return "-infinity";
    }
    return timestamp(instant, "timestamptz", "+00");
  }

  private static String timestamp(Instant instant, String type, String offset) {
    long micros = (instant.getNano() + 500L) / 1000;
    long second = instant.getEpochSecond() + micros / MICROS_PER_SECOND;
    if (second < FIRST_SECOND || second >= END_SECOND) {
      throw outOfRange(type, LAST_TIMESTAMP_YEAR);
    }
    LocalDate date = LocalDate.ofEpochDay(Math.floorDiv(second, SECONDS_PER_DAY));
    long microOfDay =
        Math.floorMod(second, SECONDS_PER_DAY) * MICROS_PER_SECOND + micros % MICROS_PER_SECOND;
    StringBuilder text = new StringBuilder(32);
    appendDate(text, date);
    appendTime(text.append(' '), microOfDay);
    return era(text.append(offset), date);
  }

  static String timestamp(OffsetDateTime time) {
    LocalDateTime local = time.toLocalDateTime();
    return isInfinite(local) ? timestamp(local) : timestamp(time.toInstant());
  }

  static String timestamp(ZonedDateTime time) {
    return timestamp(time.toOffsetDateTime());
  }

  /** The dates of java.sql without a time of day, or without a day, do not say which instant. */
  @SuppressWarnings("JavaUtilDate") // what callers pass; it is left at once
  static String timestamp(Date date) {
    if (date.getTime() == Long.MAX_VALUE) {
      return "infinity";
    }
    if (date.getTime() == Long.MIN_VALUE) {
      return "-infinity";
    }
    try {
      return timestamp(date.toInstant());
    } catch (UnsupportedOperationException noInstant) {
      throw new Refused(
          " of type "
              + date.getClass().getName()
              + " cannot be bound; pass its toLocalDate() or toLocalTime()");
    }
  }

  static boolean isInfinite(LocalDateTime time) {
    return time.equals(LocalDateTime.MAX) || time.equals(LocalDateTime.MIN);
  }

  /** Year 0 of ISO is 1 BC. */
  private static void appendDate(StringBuilder text, LocalDate date) {
    int year = date.getYear() > 0 ? date.getYear() : 1 - date.getYear();
    for (int limit = 1000; limit > 1 && year < limit; limit /= 10) {
      text.append('0');
    }
    two(text.append(year).append('-'), date.getMonthValue());
    two(text.append('-'), date.getDayOfMonth());
  }

  private static String era(StringBuilder text, LocalDate date) {
    return date.getYear() > 0 ? text.toString() : text.append(" BC").toString();
  }

  private static void appendTime(StringBuilder text, long microOfDay) {
    int second = (int) (microOfDay / MICROS_PER_SECOND);
    int micros = (int) (microOfDay % MICROS_PER_SECOND);
    two(text, second / 3600);
    two(text.append(':'), second / 60 % 60);
    two(text.append(':'), second % 60);
    if (micros != 0) {
      text.append('.');
      for (int unit = 100_000; unit > 0 && micros > 0; unit /= 10) {
        text.append((char) ('0' + micros / unit));
        micros %= unit;
      }
    }
  }

  private static void two(StringBuilder text, int number) {
    text.append((char) ('0' + number / 10)).append((char) ('0' + number % 10));
  }

  static Refused outOfRange(String type, int lastYear) {
    return new Refused(
        ": the value is outside of what PostgreSQL's "
            + type
            + " holds, 4714-11-24 BC to the year "
            + lastYear
            + " (MAX and MIN mean infinity)");
  }
}
