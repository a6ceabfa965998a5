package dev.howdah.internal.type;

import dev.howdah.internal.type.ParameterEncoder.Parameter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes collections and Java arrays as arrays of one type; what is nested becomes further
 * dimensions, but for JSON, where it is a document.
 */
final class BinaryArray implements CellEncoder {
  /** Text can be read in messages; for many elements it costs both sides too much. */
  private static final int MANY = 64;

  private final int elementOid;
  private final CellEncoder each;
  private final boolean nestedIsDimension;

  BinaryArray(int elementOid, CellEncoder each) {
    this.elementOid = elementOid;
    this.each = each;
    this.nestedIsDimension = elementOid != Oids.JSON && elementOid != Oids.JSONB;
  }

  /**
   * Many elements as one parameter, which the server reads without parsing.
   *
   * @return null when they are few, or not all of them have an exact binary form: then they go as
   *     text, which takes them or says why not
   */
  static @Nullable Parameter parameter(int arrayOid, @Nullable Object value) {
    if (!(value instanceof Collection<?> list) || list.size() < MANY) {
      return null;
    }
    CellEncoder encoder =
        Oids.elementOf(arrayOid) == Oids.UNSPECIFIED ? null : BinaryEncoders.of(arrayOid);
    if (encoder == null) {
      return null;
    }
    Chunk out = new Chunk();
    try {
      encoder.write(list, out);
      return new Parameter(arrayOid, true, ParameterEncoder.checked(out.toBytes()));
    } catch (Refused asText) {
      return null;
    }
  }

  @Override
  public void write(Object value, Chunk out) {
    if (!ArrayWriter.isList(value)) {
      throw ColumnWriter.takes("a collection or an array", value);
    }
    @Nullable Object[] items = ArrayWriter.items(value);
    if (isFlat(items)) {
      flat(items, out);
      return;
    }
    int[] path = new int[ArrayWriter.MAX_DIMENSIONS];
    List<Integer> sizes = new ArrayList<>();
    List<@Nullable Object> leaves = new ArrayList<>();
    collect(items, 0, path, sizes, leaves);
    boolean empty = sizes.contains(0);
    out.putInt(empty ? 0 : sizes.size());
    out.putInt(leaves.contains(null) ? 1 : 0);
    out.putInt(elementOid);
    if (empty) {
      return;
    }
    for (int size : sizes) {
      out.putInt(size);
      out.putInt(1);
    }
    for (int i = 0; i < leaves.size(); i++) {
      leaf(leaves.get(i), i, sizes, out);
    }
  }

  private boolean isFlat(@Nullable Object[] items) {
    if (nestedIsDimension) {
      for (Object wrapped : items) {
        Object item = ScalarWriter.unwrap(wrapped);
        if (item != null && ArrayWriter.isList(item)) {
          return false;
        }
      }
    }
    return items.length > 0;
  }

  /** One dimension, as columns of many records are: nothing is made for an element. */
  private void flat(@Nullable Object[] items, Chunk out) {
    out.putInt(1);
    int nulls = out.length();
    out.putInt(0);
    out.putInt(elementOid);
    out.putInt(items.length);
    out.putInt(1);
    List<Integer> sizes = List.of(items.length);
    boolean holdsNull = false;
    for (int i = 0; i < items.length; i++) {
      Object item = ScalarWriter.unwrap(items[i]);
      holdsNull |= item == null;
      leaf(item, i, sizes, out);
    }
    out.setInt(nulls, holdsNull ? 1 : 0);
  }

  private void collect(
      Object list, int depth, int[] path, List<Integer> sizes, List<@Nullable Object> leaves) {
    @Nullable Object[] items = ArrayWriter.items(list);
    if (depth == sizes.size()) {
      if (!leaves.isEmpty()) {
        throw ArrayWriter.ragged(path, depth - 1);
      }
      sizes.add(items.length);
    } else if (sizes.get(depth) != items.length) {
      throw ArrayWriter.ragged(path, depth - 1);
    }
    for (int i = 0; i < items.length; i++) {
      path[depth] = i;
      Object item = ScalarWriter.unwrap(items[i]);
      if (item != null && nestedIsDimension && ArrayWriter.isList(item)) {
        if (depth + 1 == ArrayWriter.MAX_DIMENSIONS) {
          throw ArrayWriter.tooDeep();
        }
        collect(item, depth + 1, path, sizes, leaves);
      } else if (depth + 1 < sizes.size()) {
        throw ArrayWriter.ragged(path, depth);
      } else {
        leaves.add(item);
      }
    }
  }

  private void leaf(@Nullable Object item, int index, List<Integer> sizes, Chunk out) {
    if (item == null) {
      out.putInt(-1);
      return;
    }
    int begin = out.beginLength();
    try {
      each.write(item, out);
    } catch (Refused refused) {
      throw refused.at(place(index, sizes));
    }
    out.endLength(begin);
  }

  private static String place(int index, List<Integer> sizes) {
    int[] path = new int[sizes.size()];
    int rest = index;
    for (int depth = path.length - 1; depth >= 0; depth--) {
      path[depth] = rest % sizes.get(depth);
      rest /= sizes.get(depth);
    }
    return ArrayWriter.place(path, path.length - 1);
  }
}
