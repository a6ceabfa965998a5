package dev.howdah.row;

import dev.howdah.error.ClientException;
import java.time.Duration;
import java.time.Period;
import java.util.Locale;

/**
 * A PostgreSQL interval without loss: months, days and microseconds, which the server never mixes.
 *
 * <p>A month has no fixed number of days and a day (daylight saving) no fixed number of hours, so
 * nothing is carried from one part to another and two intervals are equal when all three parts are:
 * {@code P1M} and {@code P30D} differ here, although the server's {@code =} calls them equal. Each
 * part has its own sign. Immutable and safe to use from any thread.
 *
 * @param months years are twelve of these
 * @param days whole days
 * @param microseconds hours, minutes, seconds and their fraction, as microseconds
 */
public record Interval(int months, int days, long microseconds) {

  /** No time at all. */
  public static final Interval ZERO = new Interval(0, 0, 0);

  /** PostgreSQL 17's {@code infinity}, which is also what its parts look like on the wire. */
  public static final Interval INFINITY =
      new Interval(Integer.MAX_VALUE, Integer.MAX_VALUE, Long.MAX_VALUE);

  /** PostgreSQL 17's {@code -infinity}. */
  public static final Interval NEGATIVE_INFINITY =
      new Interval(Integer.MIN_VALUE, Integer.MIN_VALUE, Long.MIN_VALUE);

  private static final long SECOND = 1_000_000;
  private static final long MINUTE = 60 * SECOND;
  private static final long HOUR = 60 * MINUTE;

  /**
   * The interval of that many microseconds; hours are not turned into days.
   *
   * @param duration any duration; what is finer than a microsecond is rounded, half up
   * @throws ClientException.WrongArguments if it exceeds about 292,277 years
   */
  public static Interval of(Duration duration) {
    try {
      // Seconds are floored: the last negative one goes to the rest, or the minimum would overflow.
      long whole =
          Math.multiplyExact(duration.getSeconds() + (duration.isNegative() ? 1 : 0), SECOND);
      long rest = (duration.getNano() + 500) / 1000 - (duration.isNegative() ? SECOND : 0);
      return new Interval(0, 0, Math.addExact(whole, rest));
    } catch (ArithmeticException tooLong) {
      throw new ClientException.WrongArguments(
          "the duration is too long for an interval, which holds at most 2^63 microseconds");
    }
  }

  /**
   * The interval of the period's years and months, and its days.
   *
   * @throws ClientException.WrongArguments if there are more months than an int holds
   */
  @SuppressWarnings("JavaPeriodGetDays") // the days alone are what is meant
  public static Interval of(Period period) {
    long months = period.toTotalMonths();
    if (months != (int) months) {
      throw new ClientException.WrongArguments(
          "the period is too long for an interval, which holds at most 2^31 months");
    }
    return new Interval((int) months, period.getDays(), 0);
  }

  /**
   * Reads ISO 8601 ({@code P1Y2M-3DT4H5M6.789S}), which is also what {@link #toString()}, Duration
   * and Period print, or PostgreSQL's default style ({@code 1 year 2 mons -3 days +04:05:06.789}).
   *
   * @throws ClientException.MappingFailure if the text is none of these or a part is too large; the
   *     message gives the position, not the text
   */
  public static Interval parse(String text) {
    return new Reader(text).read();
  }

  /**
   * The exact time, where a day counts as 24 hours.
   *
   * @throws ClientException.MappingFailure if there are months, whose length is not fixed, or the
   *     interval is infinite
   */
  public Duration toDuration() {
    refuseInfinity("Duration");
    if (months != 0) {
      throw new ClientException.MappingFailure(
          "an interval with months has no fixed length: read it as Interval or as Period, not as"
              + " Duration");
    }
    long seconds = Math.floorDiv(microseconds, SECOND);
    long nanos = Math.floorMod(microseconds, SECOND) * 1000;
    return Duration.ofDays(days).plusSeconds(seconds).plusNanos(nanos);
  }

  /**
   * The years, months and days; twelve months are given as a year.
   *
   * @throws ClientException.MappingFailure if there are hours, minutes or seconds, or the interval
   *     is infinite
   */
  public Period toPeriod() {
    refuseInfinity("Period");
    if (microseconds != 0) {
      throw new ClientException.MappingFailure(
          "an interval with a time of day does not fit a Period: read it as Interval or as"
              + " Duration");
    }
    return Period.of(months / 12, months % 12, days);
  }

  private void refuseInfinity(String type) {
    if (equals(INFINITY) || equals(NEGATIVE_INFINITY)) {
      throw new ClientException.MappingFailure("an infinite interval does not fit a " + type);
    }
  }

  /**
   * ISO 8601 with a sign on each part, as PostgreSQL prints it with {@code IntervalStyle=iso_8601}.
   */
  @Override
  public String toString() {
    if (equals(ZERO)) {
      return "PT0S";
    }
    if (equals(INFINITY)) {
      return "infinity";
    }
    if (equals(NEGATIVE_INFINITY)) {
      return "-infinity";
    }
    StringBuilder text = new StringBuilder("P");
    append(text, months / 12, 'Y');
    append(text, months % 12, 'M');
    append(text, days, 'D');
    if (microseconds != 0) {
      text.append('T');
      append(text, microseconds / HOUR, 'H');
      append(text, microseconds % HOUR / MINUTE, 'M');
      appendSeconds(text, microseconds % MINUTE);
    }
    return text.toString();
  }

  private static void append(StringBuilder text, long amount, char unit) {
    if (amount != 0) {
      text.append(amount).append(unit);
    }
  }

  private static void appendSeconds(StringBuilder text, long micros) {
    if (micros == 0) {
      return;
    }
    if (micros < 0) {
      text.append('-');
    }
    text.append(Math.abs(micros) / SECOND);
    long fraction = Math.abs(micros) % SECOND;
    if (fraction != 0) {
      text.append('.').append(Long.toString(SECOND + fraction), 1, 7);
      while (text.charAt(text.length() - 1) == '0') {
        text.setLength(text.length() - 1);
      }
    }
    text.append('S');
  }

  /** One pass over one text; amounts are summed exactly, so that overflow is noticed. */
  private static final class Reader {
    private static final String UNIT = "this unit is not known here";

    private final String text;
    private int at;
    private int months;
    private int days;
    private long micros;

    /** The number just read: its sign, whole part, and fraction in microseconds. */
    private boolean negative;

    private boolean signed;
    private boolean fractional;
    private long whole;
    private long fraction;

    Reader(String text) {
      this.text = text.strip();
    }

    Interval read() {
      if (text.equalsIgnoreCase("infinity") || text.equalsIgnoreCase("+infinity")) {
        return INFINITY;
      }
      if (text.equalsIgnoreCase("-infinity")) {
        return NEGATIVE_INFINITY;
      }
      try {
        boolean leadingSign = text.startsWith("-P") || text.startsWith("+P");
        at = leadingSign ? 1 : 0;
        if (peek() == 'P') {
          at++;
          iso();
        } else {
          words();
        }
        return text.startsWith("-P") ? negated() : new Interval(months, days, micros);
      } catch (ArithmeticException tooLarge) {
        throw unreadable("a part is too large");
      }
    }

    private Interval negated() {
      return new Interval(
          Math.negateExact(months), Math.negateExact(days), Math.negateExact(micros));
    }

    private void iso() {
      boolean time = false;
      boolean any = false;
      while (at < text.length()) {
        if (peek() == 'T' && !time) {
          time = true;
          any = false;
          at++;
          continue;
        }
        number();
        char unit = peek();
        at++;
        switch (time ? Character.toLowerCase(unit) : unit) {
          case 'Y' -> addMonths(12);
          case 'M' -> addMonths(1);
          case 'W' -> addDays(7);
          case 'D' -> addDays(1);
          case 'h' -> addMicros(HOUR);
          case 'm' -> addMicros(MINUTE);
          case 's' -> addMicros(SECOND);
          default -> throw unreadable(UNIT);
        }
        any = true;
      }
      if (!any) {
        throw unreadable("an amount is missing");
      }
    }

    private void words() {
      boolean any = false;
      while (at < text.length()) {
        number();
        if (peek() == ':') {
          clock();
        } else {
          skipSpaces();
          word();
        }
        any = true;
        skipSpaces();
      }
      if (!any) {
        throw unreadable("an amount is missing");
      }
    }

    private void word() {
      int start = at;
      while (at < text.length() && Character.isLetter(text.charAt(at))) {
        at++;
      }
      switch (text.substring(start, at).toLowerCase(Locale.ROOT)) {
        case "year", "years" -> addMonths(12);
        case "mon", "mons", "month", "months" -> addMonths(1);
        case "week", "weeks" -> addDays(7);
        case "day", "days" -> addDays(1);
        case "hour", "hours" -> addMicros(HOUR);
        case "min", "mins", "minute", "minutes" -> addMicros(MINUTE);
        case "sec", "secs", "second", "seconds" -> addMicros(SECOND);
        default -> throw unreadable(UNIT);
      }
    }

    /** {@code [+-]HH:MM[:SS[.ffffff]]}: one sign for all of it. */
    private void clock() {
      boolean minus = negative;
      addMicros(HOUR);
      long limit = MINUTE;
      while (peek() == ':' && limit >= SECOND) {
        at++;
        number();
        if (signed || whole > 59) {
          throw unreadable("minutes and seconds go from 0 to 59");
        }
        negative = minus;
        addMicros(limit);
        limit /= 60;
      }
    }

    private void number() {
      negative = peek() == '-';
      signed = negative || peek() == '+';
      at += signed ? 1 : 0;
      int start = at;
      whole = 0;
      while (isDigit()) {
        whole = Math.addExact(Math.multiplyExact(whole, 10L), text.charAt(at++) - '0');
      }
      fraction = 0;
      fractional = peek() == '.' || peek() == ',';
      if (start == at) {
        throw unreadable("a number is expected");
      }
      if (fractional) {
        at++;
        fraction();
      }
    }

    /** Digits beyond the sixth only round, half away from zero. */
    private void fraction() {
      int start = at;
      long unit = SECOND / 10;
      while (isDigit()) {
        int digit = text.charAt(at) - '0';
        if (at - start < 6) {
          fraction += digit * unit;
          unit /= 10;
        } else if (at - start == 6 && digit >= 5) {
          fraction++;
        }
        at++;
      }
    }

    private boolean isDigit() {
      return peek() >= '0' && peek() <= '9';
    }

    private void addMonths(long factor) {
      refuseFraction();
      months = Math.toIntExact(Math.addExact(months, Math.multiplyExact(sign(whole), factor)));
    }

    private void addDays(long factor) {
      refuseFraction();
      days = Math.toIntExact(Math.addExact(days, Math.multiplyExact(sign(whole), factor)));
    }

    private void addMicros(long unit) {
      if (unit != SECOND) {
        refuseFraction();
      }
      micros = Math.addExact(micros, Math.multiplyExact(sign(whole), unit));
      micros = Math.addExact(micros, sign(fraction));
    }

    private void refuseFraction() {
      if (fractional) {
        throw unreadable("only seconds may have a fraction");
      }
    }

    private long sign(long amount) {
      return negative ? -amount : amount;
    }

    private void skipSpaces() {
      while (peek() == ' ') {
        at++;
      }
    }

    private char peek() {
      return at < text.length() ? text.charAt(at) : '\0';
    }

    private ClientException.MappingFailure unreadable(String why) {
      return new ClientException.MappingFailure(
          "an interval cannot be read: "
              + why
              + ", near position "
              + Math.min(at, text.length())
              + "; expected ISO 8601 such as P1Y2M3DT4H5M6.789S");
    }
  }
}
