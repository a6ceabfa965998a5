package dev.howdah.row;

import dev.howdah.error.ClientException.MappingFailure;
import dev.howdah.row.Conversion.Misfit;
import java.lang.reflect.Array;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Arrays and json into lists, sets, Java arrays and maps, element by element.
 *
 * <p>A list comes from an array, from the text of an array whose type nobody knows, and from json;
 * a map comes from json.
 */
final class Containers {

  private Containers() {}

  /** To {@code List}, {@code Collection} and {@code Iterable}; the result is immutable. */
  static Conversion toList(Type target, Conversion element) {
    return collected(target, element, Collections::unmodifiableList);
  }

  /** To {@code Set}, immutable and in the order of the array; equal elements become one. */
  static Conversion toSet(Type target, Conversion element) {
    return collected(
        target, element, list -> Collections.unmodifiableSet(new LinkedHashSet<>(list)));
  }

  /** To an array of objects or primitives; every dimension but the first is the element's. */
  static Conversion toArray(Type target, Class<?> component, Conversion element) {
    return collected(
        target,
        element,
        list -> {
          Object array = Array.newInstance(component, list.size());
          for (int i = 0; i < list.size(); i++) {
            Array.set(array, i, list.get(i));
          }
          return array;
        });
  }

  /** To {@code Map}, immutable and in the order of the json text. */
  static Conversion toMap(Type target, Conversion key, Conversion element) {
    return Conversion.of(
        target,
        value -> {
          Object source = value instanceof String text ? json(text, target) : value;
          if (value instanceof Row composite) {
            source = composite.asMap();
          }
          if (source == null) {
            return null;
          }
          if (!(source instanceof Map<?, ?> map)) {
            throw source == value
                ? Misfit.noWay(value, target)
                : Misfit.of(value, "is json, but no json object: ask for Object or List");
          }
          Map<@Nullable Object, @Nullable Object> result = new LinkedHashMap<>(map.size() * 2);
          for (Map.Entry<?, ?> entry : map.entrySet()) {
            try {
              result.put(key.apply(entry.getKey()), element.apply(entry.getValue()));
            } catch (Misfit misfit) {
              throw misfit.inside("an entry of the map");
            }
          }
          return Collections.unmodifiableMap(result);
        });
  }

  private static Conversion collected(
      Type target, Conversion element, Function<List<@Nullable Object>, Object> finish) {
    return Conversion.of(
        target,
        value -> {
          Collection<?> source = source(value, target);
          return source == null ? null : finish.apply(converted(source, element));
        });
  }

  private static List<@Nullable Object> converted(Collection<?> source, Conversion element) {
    List<@Nullable Object> result = new ArrayList<>(source.size());
    for (Object one : source) {
      try {
        result.add(element.apply(one));
      } catch (Misfit misfit) {
        throw misfit.inside("element " + result.size());
      }
    }
    return result;
  }

  /** The elements; null for the json text {@code null}. */
  private static @Nullable Collection<?> source(Object value, Type target) {
    if (value instanceof Collection<?> collection) {
      return collection;
    }
    if (value instanceof Multirange<?> ranges) {
      return ranges.ranges();
    }
    if (value instanceof float[] vector) {
      List<Float> list = new ArrayList<>(vector.length);
      for (float one : vector) {
        list.add(one);
      }
      return list;
    }
    if (!(value instanceof String text)) {
      throw Misfit.noWay(value, target);
    }
    if (ArrayText.looksLikeArray(text)) {
      try {
        return ArrayText.parse(text, element -> element);
      } catch (IllegalArgumentException malformed) {
        throw new Misfit("the String value is " + malformed.getMessage());
      }
    }
    Object document = json(text, target);
    if (document == null || document instanceof List<?>) {
      return (List<?>) document;
    }
    throw Misfit.of(value, "is neither a json list nor the text of a PostgreSQL array");
  }

  static @Nullable Object json(String text, Type target) {
    try {
      return TextValues.ofJson(JsonReader.read(text), target);
    } catch (MappingFailure malformed) {
      throw new Misfit(TypeNames.of(target) + " is read from json, but " + malformed.getMessage());
    }
  }
}
