package dev.howdah.row;

import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Values of a row treated by content: arrays (alone or inside lists, maps and arrays) are copied,
 * compared and hashed by what they hold.
 */
final class Values {

  private Values() {}

  /** A value that shares no array with the given one; immutable values are answered as they are. */
  static @Nullable Object copy(@Nullable Object value) {
    if (value instanceof byte[] bytes) {
      return bytes.clone();
    }
    if (value instanceof List<?> list) {
      return holdsArrays(list) ? frozen(list) : list;
    }
    if (value instanceof Map<?, ?> map) {
      return holdsArrays(map.values()) ? frozen(map) : map;
    }
    return value != null && value.getClass().isArray() ? copyArray(value) : value;
  }

  /** Like {@link #copy}, and lists and maps become immutable: for values from outside. */
  static @Nullable Object frozen(@Nullable Object value) {
    if (value instanceof List<?> list) {
      List<@Nullable Object> result = new ArrayList<>(list.size());
      for (Object element : list) {
        result.add(frozen(element));
      }
      return Collections.unmodifiableList(result);
    }
    if (value instanceof Map<?, ?> map && !(value instanceof Hstore)) {
      Map<@Nullable Object, @Nullable Object> result = new LinkedHashMap<>(map.size() * 2);
      map.forEach((key, one) -> result.put(key, frozen(one)));
      return Collections.unmodifiableMap(result);
    }
    return copy(value);
  }

  private static boolean holdsArrays(Iterable<?> elements) {
    for (Object element : elements) {
      if (element instanceof List<?> inner) {
        if (holdsArrays(inner)) {
          return true;
        }
      } else if (element instanceof Map<?, ?> inner) {
        if (holdsArrays(inner.values())) {
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
      return equal(left.toArray(), right.toArray());
    }
    if (a instanceof Map<?, ?> left && b instanceof Map<?, ?> right) {
      return left.size() == right.size()
          && left.entrySet().stream()
              .allMatch(
                  entry ->
                      right.containsKey(entry.getKey())
                          && equal(entry.getValue(), right.get(entry.getKey())));
    }
    if (a instanceof Object[] left && b instanceof Object[] right) {
      boolean equal = left.length == right.length;
      for (int i = 0; equal && i < left.length; i++) {
        equal = equal(left[i], right[i]);
      }
      return equal;
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
    if (value instanceof Map<?, ?> map) {
      int result = 0;
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        result += Objects.hashCode(entry.getKey()) ^ hash(entry.getValue());
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
}
