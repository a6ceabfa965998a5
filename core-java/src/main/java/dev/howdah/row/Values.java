package dev.howdah.row;

import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Values of a row treated by content: arrays (alone or inside lists) are copied, compared, hashed
 * and printed by what they hold.
 */
final class Values {

  private static final int TEXT_SHOWN = 200;
  private static final int BYTES_SHOWN = 16;
  private static final int ELEMENTS_SHOWN = 20;

  private Values() {}

  /** A value that shares no array with the given one; immutable values are answered as they are. */
  static @Nullable Object copy(@Nullable Object value) {
    if (value instanceof byte[] bytes) {
      return bytes.clone();
    }
    if (value instanceof List<?> list) {
      return holdsArrays(list) ? frozen(list) : list;
    }
    return value != null && value.getClass().isArray() ? copyArray(value) : value;
  }

  /** Like {@link #copy}, and lists become immutable: for values that come from outside. */
  static @Nullable Object frozen(@Nullable Object value) {
    if (!(value instanceof List<?> list)) {
      return copy(value);
    }
    List<@Nullable Object> result = new ArrayList<>(list.size());
    for (Object element : list) {
      result.add(frozen(element));
    }
    return Collections.unmodifiableList(result);
  }

  private static boolean holdsArrays(List<?> list) {
    for (Object element : list) {
      if (element instanceof List<?> inner) {
        if (holdsArrays(inner)) {
          return true;
        }
      } else if (element != null) {
        // The elements of an array are of one type, so the first one speaks for all.
        return element.getClass().isArray();
      }
    }
    return false;
  }

  private static Object copyArray(Object array) {
    int length = Array.getLength(array);
    Object result = Array.newInstance(array.getClass().getComponentType(), length);
    if (array.getClass().getComponentType().isPrimitive()) {
      System.arraycopy(array, 0, result, 0, length);
    } else {
      for (int i = 0; i < length; i++) {
        Array.set(result, i, copy(Array.get(array, i)));
      }
    }
    return result;
  }

  static boolean equal(@Nullable Object a, @Nullable Object b) {
    if (a instanceof List<?> left && b instanceof List<?> right) {
      if (left.size() != right.size()) {
        return false;
      }
      for (int i = 0; i < left.size(); i++) {
        if (!equal(left.get(i), right.get(i))) {
          return false;
        }
      }
      return true;
    }
    return Objects.deepEquals(a, b);
  }

  static int hash(@Nullable Object value) {
    if (value == null) {
      return 0;
    }
    if (value instanceof List<?> list) {
      int result = 1;
      for (Object element : list) {
        result = 31 * result + hash(element);
      }
      return result;
    }
    if (!value.getClass().isArray()) {
      return value.hashCode();
    }
    int result = 1;
    for (int i = 0; i < Array.getLength(value); i++) {
      result = 31 * result + hash(Array.get(value, i));
    }
    return result;
  }

  /** Prints a value, shortened when it is long. */
  static void print(@Nullable Object value, StringBuilder to) {
    if (value instanceof byte[] bytes) {
      int shown = Math.min(bytes.length, BYTES_SHOWN);
      to.append("\\x").append(HexFormat.of().formatHex(bytes, 0, shown));
      if (shown < bytes.length) {
        to.append("… (").append(bytes.length).append(" bytes)");
      }
    } else if (value instanceof List<?> list) {
      to.append('[');
      for (int i = 0; i < list.size(); i++) {
        to.append(i == 0 ? "" : ", ");
        if (i == ELEMENTS_SHOWN) {
          to.append("… (").append(list.size()).append(" elements)");
          break;
        }
        print(list.get(i), to);
      }
      to.append(']');
    } else {
      printText(String.valueOf(value), to);
    }
  }

  private static void printText(String text, StringBuilder to) {
    if (text.length() <= TEXT_SHOWN) {
      to.append(text);
      return;
    }
    int end = Character.isHighSurrogate(text.charAt(TEXT_SHOWN - 1)) ? TEXT_SHOWN - 1 : TEXT_SHOWN;
    to.append(text, 0, end).append("… (").append(text.length()).append(" characters)");
  }
}
