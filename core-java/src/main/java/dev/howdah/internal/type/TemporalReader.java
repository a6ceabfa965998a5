package dev.howdah.internal.type;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetTime;
import java.time.ZoneOffset;

/**
 * Reads dates and times as PostgreSQL prints them with DateStyle ISO, straight from the bytes.
 *
 * <p>Years have four to seven digits, " BC" comes last, a fraction has up to nine digits, and an
 * offset is {@code +00}, {@code +05:30} or {@code -03:30:52}.
 */
final class TemporalReader {
  private static final byte[] INFINITY = "infinity".getBytes(StandardCharsets.US_ASCII);

  private final byte[] bytes;
  private final int start;
  private final int end;
  private final boolean beforeChrist;
  private int at;

  TemporalReader(byte[] bytes, int offset, int length) {
    this.bytes = bytes;
    this.start = offset;
    this.at = offset;
    int last = offset + length;
    this.beforeChrist =
        length > 3 && bytes[last - 1] == 'C' && bytes[last - 2] == 'B' && bytes[last - 3] == ' ';
    this.end = beforeChrist ? last - 3 : last;
  }

  LocalDate date() {
    if (isInfinite()) {
      return isNegative() ? LocalDate.MIN : LocalDate.MAX;
    }
    LocalDate date = calendarDate();
    atEnd();
    return date;
  }

  LocalTime time() {
    LocalTime time = clock(true);
    atEnd();
    return time;
  }

  OffsetTime timeWithOffset() {
    LocalTime time = clock(true);
    int offset = offset();
    atEnd();
    return OffsetTime.of(time, ZoneOffset.ofTotalSeconds(offset));
  }

  LocalDateTime timestamp() {
    if (isInfinite()) {
      return isNegative() ? LocalDateTime.MIN : LocalDateTime.MAX;
    }
    LocalDate date = calendarDate();
    separator();
    LocalTime time = clock(false);
    atEnd();
    return LocalDateTime.of(date, time);
  }

  Instant timestampWithOffset() {
    if (isInfinite()) {
      return isNegative() ? Instant.MIN : Instant.MAX;
    }
    long day = calendarDate().toEpochDay();
    separator();
    LocalTime time = clock(false);
    int offset = offset();
    atEnd();
    return Instant.ofEpochSecond(day * 86_400 - offset, time.toNanoOfDay());
  }

  private boolean isNegative() {
    return bytes[start] == '-';
  }

  private boolean isInfinite() {
    int from = start < end && isNegative() ? start + 1 : start;
    if (end - from != INFINITY.length) {
      return false;
    }
    for (int i = 0; i < INFINITY.length; i++) {
      if (bytes[from + i] != INFINITY[i]) {
        return false;
      }
    }
    return true;
  }

  private LocalDate calendarDate() {
    int first = at;
    int year = 0;
    while (peek() != '-') {
      year = year * 10 + digit();
      if (at - first > 9) {
        throw new UnreadableText(first);
      }
    }
    if (at - first < 4) {
      throw new UnreadableText(first);
    }
    at++;
    int month = twoDigits();
    expect('-');
    int day = twoDigits();
    try {
      return LocalDate.of(beforeChrist ? 1 - year : year, month, day);
    } catch (DateTimeException impossible) {
      throw new UnreadableText(first);
    }
  }

  /** 24:00:00 exists in PostgreSQL as a time of day, but never in a timestamp. */
  private LocalTime clock(boolean endOfDay) {
    int first = at;
    int hour = twoDigits();
    expect(':');
    int minute = twoDigits();
    expect(':');
    int second = twoDigits();
    int nano = peek() == '.' ? fraction() : 0;
    if (endOfDay && hour == 24 && minute == 0 && second == 0 && nano == 0) {
      return LocalTime.MAX;
    }
    try {
      return LocalTime.of(hour, minute, second, nano);
    } catch (DateTimeException impossible) {
      throw new UnreadableText(first);
    }
  }

  private int fraction() {
    at++;
    int nano = 0;
    int unit = 100_000_000;
    do {
      nano += digit() * unit;
      unit /= 10;
    } while (at < end && isDigit(bytes[at]) && unit > 0);
    return nano;
  }

  /** Seconds east of Greenwich. */
  private int offset() {
    int first = at;
    boolean west = peek() == '-';
    if (!west) {
      expect('+');
    } else {
      at++;
    }
    int seconds = twoDigits() * 3600;
    if (peek() == ':') {
      at++;
      seconds += twoDigits() * 60;
    }
    if (peek() == ':') {
      at++;
      seconds += twoDigits();
    }
    if (seconds > 18 * 3600) {
      throw new UnreadableText(first);
    }
    return west ? -seconds : seconds;
  }

  private void separator() {
    if (peek() != 'T') {
      expect(' ');
    } else {
      at++;
    }
  }

  private int twoDigits() {
    return digit() * 10 + digit();
  }

  private int digit() {
    if (at >= end || !isDigit(bytes[at])) {
      throw new UnreadableText(at);
    }
    return bytes[at++] - '0';
  }

  private static boolean isDigit(byte b) {
    return b >= '0' && b <= '9';
  }

  private byte peek() {
    return at < end ? bytes[at] : 0;
  }

  private void expect(char wanted) {
    if (peek() != wanted) {
      throw new UnreadableText(at);
    }
    at++;
  }

  private void atEnd() {
    if (at != end) {
      throw new UnreadableText(at);
    }
  }
}
