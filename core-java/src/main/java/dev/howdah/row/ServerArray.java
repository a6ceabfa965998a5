package dev.howdah.row;

import java.util.AbstractList;
import java.util.List;
import java.util.RandomAccess;
import org.jspecify.annotations.Nullable;

/**
 * An array as it came from the server: an immutable list that can still be printed as an array.
 *
 * <p>A list of any other class is json, whose text is another one.
 */
final class ServerArray extends AbstractList<@Nullable Object> implements RandomAccess {
  private final @Nullable Object[] items;
  private final String bounds;
  private final char delimiter;

  /**
   * @param items copied
   * @param bounds what stands before the braces, {@code [0:1]=}; else empty
   * @param delimiter between the elements; a space for vectors, which have no braces
   */
  ServerArray(List<@Nullable Object> items, String bounds, char delimiter) {
    this.items = items.toArray();
    this.bounds = bounds;
    this.delimiter = delimiter;
  }

  String bounds() {
    return bounds;
  }

  char delimiter() {
    return delimiter;
  }

  boolean isVector() {
    return delimiter == ' ';
  }

  @Override
  public @Nullable Object get(int index) {
    return items[index];
  }

  @Override
  public int size() {
    return items.length;
  }

  @Override
  public @Nullable Object[] toArray() {
    return items.clone();
  }
}
