package dev.howdah.internal.type;

import dev.howdah.row.ArrayText;
import dev.howdah.row.Geometry;
import java.lang.reflect.Array;
import java.util.Arrays;
import java.util.Collection;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Writes collections and Java arrays as PostgreSQL array literals; what is nested becomes further
 * dimensions.
 */
final class ArrayWriter {
  /** The server's MAXDIM; it also ends a list that contains itself. */
  static final int MAX_DIMENSIONS = 6;

  private static final int UNKNOWN = -1;

  private final StringBuilder out = new StringBuilder();
  private final Function<Object, Literal> leaf;
  private final Predicate<Object> isDimension;

  /** Where the item is that is being written. */
  private final int[] path = new int[MAX_DIMENSIONS];

  private final int[] sizes = new int[MAX_DIMENSIONS];
  private int deepest;
  private int leafDepth = UNKNOWN;
  private int elementOid = UNKNOWN;
  private char delimiter = ',';

  private ArrayWriter(Function<Object, Literal> leaf, Predicate<Object> isDimension) {
    this.leaf = leaf;
    this.isDimension = isDimension;
    Arrays.fill(sizes, UNKNOWN);
  }

  /** Whether this value is bound as an array. */
  static boolean isList(Object value) {
    return value instanceof Collection
        || (value.getClass().isArray() && !ScalarWriter.isBytes(value));
  }

  /**
   * Writes a collection or array.
   *
   * @param leaf writes one element that is neither null nor a dimension
   * @param isDimension tells lists inside that are dimensions from those that are elements
   * @return the literal with the OID of the array type if all elements agree on theirs, else 0
   * @throws Refused if the dimensions are ragged or too many, or an element cannot be written
   */
  static Literal write(Object list, Function<Object, Literal> leaf, Predicate<Object> isDimension) {
    ArrayWriter writer = new ArrayWriter(leaf, isDimension);
    writer.delimiter = holdsBoxes(list, 0) ? ';' : ',';
    writer.list(list, 0);
    boolean empty = false;
    for (int size : writer.sizes) {
      empty |= size == 0;
    }
    int element =
        writer.elementOid == UNKNOWN ? declaredElement(list.getClass()) : writer.elementOid;
    return new Literal(Oids.arrayOf(element), empty ? "{}" : writer.out.toString());
  }

  private void list(Object list, int depth) {
    @Nullable Object[] items = items(list);
    if (sizes[depth] != UNKNOWN && sizes[depth] != items.length) {
      throw ragged(depth - 1);
    }
    sizes[depth] = items.length;
    deepest = Math.max(deepest, depth);
    out.append('{');
    for (int i = 0; i < items.length; i++) {
      if (i > 0) {
        out.append(delimiter);
      }
      path[depth] = i;
      item(items[i], depth);
    }
    out.append('}');
  }

  private void item(@Nullable Object wrapped, int depth) {
    Object item = ScalarWriter.unwrap(wrapped);
    if (item != null && isDimension.test(item)) {
      if (depth + 1 == MAX_DIMENSIONS) {
        throw tooDeep();
      }
      if (leafDepth != UNKNOWN && leafDepth <= depth) {
        throw ragged(depth);
      }
      list(item, depth + 1);
      return;
    }
    if (deepest != depth || (leafDepth != UNKNOWN && leafDepth != depth)) {
      throw ragged(depth);
    }
    leafDepth = depth;
    if (item == null) {
      out.append("NULL");
    } else {
      element(item, depth);
    }
  }

  private void element(Object item, int depth) {
    Literal literal;
    try {
      literal = leaf.apply(item);
    } catch (Refused refused) {
      throw refused.at(place(depth));
    }
    boolean agrees = elementOid == UNKNOWN || elementOid == literal.oid();
    elementOid = agrees ? literal.oid() : Oids.UNSPECIFIED;
    ArrayText.write(literal.text(), delimiter, out);
  }

  /** Arrays of boxes alone have another delimiter, since boxes are full of commas. */
  private static boolean holdsBoxes(Object list, int depth) {
    if (depth == MAX_DIMENSIONS || !(list instanceof Collection || list instanceof Object[])) {
      return false;
    }
    for (Object item : items(list)) {
      if (item != null) {
        return item instanceof Geometry.Box || (isList(item) && holdsBoxes(item, depth + 1));
      }
    }
    return false;
  }

  /** A snapshot, so that size and content agree even if somebody else changes the collection. */
  static @Nullable Object[] items(Object list) {
    if (list instanceof Collection<?> collection) {
      return collection.toArray();
    }
    if (list instanceof Object[] array) {
      return array;
    }
    @Nullable Object[] items = new @Nullable Object[Array.getLength(list)];
    for (int i = 0; i < items.length; i++) {
      items[i] = Array.get(list, i);
    }
    return items;
  }

  /** What a Java array without elements was declared to hold; collections do not say. */
  private static int declaredElement(Class<?> type) {
    Class<?> leafType = type;
    while (leafType.isArray() && leafType != byte[].class) {
      leafType = leafType.getComponentType();
    }
    return Oids.of(leafType);
  }

  static Refused tooDeep() {
    return new Refused(
        ": PostgreSQL arrays have at most "
            + MAX_DIMENSIONS
            + " dimensions (does the list contain itself?)");
  }

  /** {@code , element [1][0]}. */
  private String place(int depth) {
    return place(path, depth);
  }

  static String place(int[] path, int depth) {
    StringBuilder place = new StringBuilder(depth < 0 ? "" : ", element ");
    for (int i = 0; i <= depth; i++) {
      place.append('[').append(path[i]).append(']');
    }
    return place.toString();
  }

  private Refused ragged(int depth) {
    return ragged(path, depth);
  }

  static Refused ragged(int[] path, int depth) {
    return new Refused(
        place(path, depth)
            + ": lists inside of a list must all have the same length and depth, as PostgreSQL"
            + " arrays are rectangular");
  }
}
