package dev.howdah.row;

import dev.howdah.error.ClientException.MappingFailure;
import dev.howdah.error.ClientException.WrongArguments;
import java.time.temporal.Temporal;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A value of one of PostgreSQL's range types: everything between two bounds.
 *
 * <p>Ranges are equal when their bounds are, as they are written: the server turns ranges of whole
 * numbers and days into the form {@code [1,11)}, so that {@code [1,10]} comes back as that.
 * Immutable when {@code T} is, and safe to use from any thread.
 *
 * @param lower where it begins; null if it has no lower bound
 * @param lowerInclusive whether the lower bound belongs to it; never without a lower bound
 * @param upper where it ends; null if it has no upper bound
 * @param upperInclusive whether the upper bound belongs to it; never without an upper bound
 * @param isEmpty whether it holds nothing at all; it has no bounds then
 * @param <T> what is in it: {@code Integer} for int4range, {@code Long} for int8range, {@code
 *     BigDecimal} for numrange, {@code LocalDate} for daterange, {@code LocalDateTime} for tsrange,
 *     {@code java.time.Instant} for tstzrange
 */
public record Range<T>(
    @Nullable T lower,
    boolean lowerInclusive,
    @Nullable T upper,
    boolean upperInclusive,
    boolean isEmpty) {
  private static final String SPECIAL = "()[],";

  private static final Range<?> EMPTY = new Range<>(null, false, null, false, true);
  private static final Range<?> UNBOUNDED = new Range<>(null, false, null, false, false);

  /**
   * Drops what has no meaning: whether a bound that is not there belongs to the range. The order of
   * the bounds is left to the server; the factory methods look at it.
   *
   * @throws WrongArguments if an empty range has bounds
   */
  public Range {
    lowerInclusive &= lower != null;
    upperInclusive &= upper != null;
    if (isEmpty && (lower != null || upper != null)) {
      throw new WrongArguments("an empty range has no bounds");
    }
  }

  /**
   * Both bounds belong to it: {@code [1,10]}.
   *
   * @throws WrongArguments if they are numbers or times in the wrong order
   */
  public static <T> Range<T> closed(T lower, T upper) {
    return ordered(lower, true, upper, true);
  }

  /**
   * The lower bound belongs to it, the upper one does not: {@code [1,10)}, the usual form.
   *
   * @throws WrongArguments if they are numbers or times in the wrong order
   */
  public static <T> Range<T> closedOpen(T lower, T upper) {
    return ordered(lower, true, upper, false);
  }

  /**
   * The upper bound belongs to it, the lower one does not: {@code (1,10]}.
   *
   * @throws WrongArguments if they are numbers or times in the wrong order
   */
  public static <T> Range<T> openClosed(T lower, T upper) {
    return ordered(lower, false, upper, true);
  }

  /**
   * Neither bound belongs to it: {@code (1,10)}.
   *
   * @throws WrongArguments if they are numbers or times in the wrong order
   */
  public static <T> Range<T> open(T lower, T upper) {
    return ordered(lower, false, upper, false);
  }

  /** From a bound on, with it: {@code [1,)}. */
  public static <T> Range<T> atLeast(T lower) {
    return of(present(lower), true, null, false);
  }

  /** From a bound on, without it: {@code (1,)}. */
  public static <T> Range<T> greaterThan(T lower) {
    return of(present(lower), false, null, false);
  }

  /** Up to a bound, with it: {@code (,10]}. */
  public static <T> Range<T> atMost(T upper) {
    return of(null, false, present(upper), true);
  }

  /** Up to a bound, without it: {@code (,10)}. */
  public static <T> Range<T> lessThan(T upper) {
    return of(null, false, present(upper), false);
  }

  /** Everything: {@code (,)}. */
  @SuppressWarnings("unchecked") // it holds no T
  public static <T> Range<T> unbounded() {
    return (Range<T>) UNBOUNDED;
  }

  /** Nothing: {@code empty}. */
  @SuppressWarnings("unchecked") // it holds no T
  public static <T> Range<T> empty() {
    return (Range<T>) EMPTY;
  }

  private static <T> Range<T> of(
      @Nullable T lower, boolean lowerInclusive, @Nullable T upper, boolean upperInclusive) {
    return new Range<>(lower, lowerInclusive, upper, upperInclusive, false);
  }

  private static <T> T present(T bound) {
    return Objects.requireNonNull(bound, "bound: for a range without one use atLeast or atMost");
  }

  /** Texts are left to the server: it compares them by a collation. */
  @SuppressWarnings({"unchecked", "rawtypes"}) // of one class, which compares to itself
  private static <T> Range<T> ordered(
      T lower, boolean lowerInclusive, T upper, boolean upperInclusive) {
    if ((present(lower) instanceof Number || lower instanceof Temporal)
        && lower instanceof Comparable comparable
        && lower.getClass() == present(upper).getClass()
        && comparable.compareTo(upper) > 0) {
      throw new WrongArguments("the lower bound of the range is greater than its upper bound");
    }
    return of(lower, lowerInclusive, present(upper), upperInclusive);
  }

  /**
   * Reads the text the server prints: {@code empty}, {@code [1,10)}, {@code (,"a b"]}.
   *
   * @param bound makes a bound of its unquoted text
   * @throws MappingFailure if the text is not that of a range; the message gives the position and
   *     never the text
   */
  public static <T> Range<T> parse(String text, Function<? super String, ? extends T> bound) {
    if (text.equals("empty")) {
      return empty();
    }
    FieldReader reader = new FieldReader(text);
    Range<T> range = read(reader, bound);
    if (!reader.atEnd()) {
      throw unreadable(reader);
    }
    return range;
  }

  static <T> Range<T> read(FieldReader reader, Function<? super String, ? extends T> bound) {
    char open = reader.next();
    if (open != '[' && open != '(') {
      throw unreadable(reader);
    }
    String lower = field(reader);
    if (reader.next() != ',') {
      throw unreadable(reader);
    }
    String upper = field(reader);
    char close = reader.next();
    if (close != ']' && close != ')') {
      throw unreadable(reader);
    }
    return of(
        lower == null ? null : bound.apply(lower),
        open == '[',
        upper == null ? null : bound.apply(upper),
        close == ']');
  }

  private static @Nullable String field(FieldReader reader) {
    try {
      return reader.field("])");
    } catch (IllegalArgumentException malformed) {
      throw unreadable(reader);
    }
  }

  private static MappingFailure unreadable(FieldReader reader) {
    return new MappingFailure("a range cannot be read, near position " + reader.position());
  }

  /** Another type of bounds, such as {@code range.map(Integer::longValue)}. */
  public <R> Range<R> map(Function<? super T, ? extends R> change) {
    return isEmpty
        ? empty()
        : of(
            lower == null ? null : change.apply(lower),
            lowerInclusive,
            upper == null ? null : change.apply(upper),
            upperInclusive);
  }

  /**
   * The text PostgreSQL reads.
   *
   * @param bound makes the unquoted text of a bound
   */
  public String text(Function<? super T, String> bound) {
    if (isEmpty) {
      return "empty";
    }
    StringBuilder text = new StringBuilder().append(lowerInclusive ? '[' : '(');
    if (lower != null) {
      FieldReader.write(bound.apply(lower), SPECIAL, text);
    }
    text.append(',');
    if (upper != null) {
      FieldReader.write(bound.apply(upper), SPECIAL, text);
    }
    return text.append(upperInclusive ? ']' : ')').toString();
  }

  /** As PostgreSQL prints it, points in time in UTC. */
  @Override
  public String toString() {
    return text(ServerText::of);
  }
}
