package dev.howdah.internal.type;

import java.lang.reflect.Array;
import java.util.Arrays;
import java.util.Collection;
import java.util.function.Function;
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
  private final boolean nestedIsDimension;

  private final int[] sizes = new int[MAX_DIMENSIONS];
  private int deepest;
  private int leafDepth = UNKNOWN;
  private int elementOid = UNKNOWN;

  private ArrayWriter(Function<Object, Literal> leaf, boolean nestedIsDimension) {
    this.leaf = leaf;
    this.nestedIsDimension = nestedIsDimension;
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
   * @param nestedIsDimension false if lists inside are elements (JSON arrays)
   * @return the literal with the OID of the array type if all elements agree on theirs, else 0
   * @throws Refused if the dimensions are ragged or too many, or an element cannot be written
   */
  static Literal write(Object list, Function<Object, Literal> leaf, boolean nestedIsDimension) {
    ArrayWriter writer = new ArrayWriter(leaf, nestedIsDimension);
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
      throw ragged();
    }
    sizes[depth] = items.length;
    deepest = Math.max(deepest, depth);
    out.append('{');
    for (int i = 0; i < items.length; i++) {
      if (i > 0) {
        out.append(',');
      }
      item(items[i], i, depth);
    }
    out.append('}');
  }

  private void item(@Nullable Object wrapped, int index, int depth) {
    Object item = ScalarWriter.unwrap(wrapped);
    if (item != null && nestedIsDimension && isList(item)) {
      if (depth + 1 == MAX_DIMENSIONS) {
        throw tooDeep();
      }
      if (leafDepth != UNKNOWN && leafDepth <= depth) {
        throw ragged();
      }
      list(item, depth + 1);
      return;
    }
    if (deepest != depth || (leafDepth != UNKNOWN && leafDepth != depth)) {
      throw ragged();
    }
    leafDepth = depth;
    if (item == null) {
      out.append("NULL");
    } else {
      element(item, index);
    }
  }

  private void element(Object item, int index) {
    Literal literal;
    try {
      literal = leaf.apply(item);
    } catch (Refused refused) {
      throw new Refused(", element [" + index + "]" + refused.reason());
    }
    boolean agrees = elementOid == UNKNOWN || elementOid == literal.oid();
    elementOid = agrees ? literal.oid() : Oids.UNSPECIFIED;
    append(literal.text());
  }

  /** Quotes exactly what the server's array_out quotes. */
  private void append(String text) {
    boolean quotes = text.isEmpty() || text.equalsIgnoreCase("NULL");
    for (int i = 0; i < text.length() && !quotes; i++) {
      char c = text.charAt(i);
      quotes = "{},\"\\ ".indexOf(c) >= 0 || (c >= '\t' && c <= '\r');
    }
    if (!quotes) {
      out.append(text);
      return;
    }
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        out.append('\\');
      }
      out.append(c);
    }
    out.append('"');
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

  static Refused ragged() {
    return new Refused(
        ": lists inside of a list must all have the same length and depth, as PostgreSQL arrays are"
            + " rectangular");
  }
}
