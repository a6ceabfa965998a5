package dev.howdah.row;

import dev.howdah.error.ClientException.MappingFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A value of one of PostgreSQL's multirange types: ranges that do not touch, in order.
 *
 * <p>The server orders and joins what it is sent; nothing of that is done here. Immutable when
 * {@code T} is, and safe to use from any thread.
 *
 * @param ranges the ranges; none for an empty multirange
 * @param <T> what is in the ranges
 */
public record Multirange<T>(List<Range<T>> ranges) {

  /** Copies the list. */
  public Multirange {
    ranges = List.copyOf(ranges);
  }

  /** A multirange of these ranges. */
  @SafeVarargs
  @SuppressWarnings("varargs") // read, copied and left alone
  public static <T> Multirange<T> of(Range<T>... ranges) {
    return new Multirange<>(List.of(ranges));
  }

  /**
   * Reads the text the server prints: <code>{}</code>, <code>{[1,3),[5,)}</code>.
   *
   * @param bound makes a bound of its unquoted text
   * @throws MappingFailure if the text is not that of a multirange; the message gives the position
   *     and never the text
   */
  public static <T> Multirange<T> parse(String text, Function<? super String, ? extends T> bound) {
    FieldReader reader = new FieldReader(text);
    List<Range<T>> ranges = new ArrayList<>();
    boolean good = reader.next() == '{';
    if (good && reader.peek() == '}') {
      reader.next();
    } else if (good) {
      char after;
      do {
        ranges.add(Range.read(reader, bound));
        after = reader.next();
      } while (after == ',');
      good = after == '}';
    }
    if (!good || !reader.atEnd()) {
      throw new MappingFailure("a multirange cannot be read, near position " + reader.position());
    }
    return new Multirange<>(ranges);
  }

  /** Another type of bounds. */
  public <R> Multirange<R> map(Function<? super T, ? extends R> change) {
    List<Range<R>> changed = new ArrayList<>(ranges.size());
    for (Range<T> range : ranges) {
      changed.add(range.map(change));
    }
    return new Multirange<>(changed);
  }

  /**
   * The text PostgreSQL reads.
   *
   * @param bound makes the unquoted text of a bound
   */
  public String text(Function<? super T, String> bound) {
    return ranges.stream()
        .map(range -> range.text(bound))
        .collect(Collectors.joining(",", "{", "}"));
  }

  /** As PostgreSQL prints it, points in time in UTC. */
  @Override
  public String toString() {
    return text(ServerText::of);
  }
}
