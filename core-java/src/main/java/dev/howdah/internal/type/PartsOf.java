package dev.howdah.internal.type;

import dev.howdah.row.RowMappers;
import java.lang.annotation.Annotation;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The parts of records and of Kotlin's data classes, in the order they are declared in. */
final class PartsOf {
  private static final ClassValue<List<Method>> ACCESSORS =
      new ClassValue<>() {
        @Override
        protected List<Method> computeValue(Class<?> type) {
          List<Method> accessors = type.isRecord() ? ofRecord(type) : ofDataClass(type);
          // Both are often nested in a class that is not public.
          accessors.forEach(Method::trySetAccessible);
          return accessors;
        }
      };

  private PartsOf() {}

  /**
   * Whether a value has parts; our own value types are single values, whatever they are made of.
   */
  static boolean has(Object value) {
    return !RowMappers.isSingleValue(value.getClass())
        && (value instanceof Record
            || !ACCESSORS.get(value.getClass()).isEmpty()
            || RowMappers.partsOf(value) != null);
  }

  /**
   * The parts of a value, or null if it is neither record nor data class.
   *
   * @throws Refused if the class is not open to reflection, or an accessor throws
   */
  static @Nullable List<@Nullable Object> value(Object value) {
    if (RowMappers.isSingleValue(value.getClass())) {
      return null;
    }
    if (!(value instanceof Record)) {
      Map<String, @Nullable Object> provided = RowMappers.partsOf(value);
      if (provided != null) {
        return new ArrayList<>(provided.values());
      }
    }
    List<Method> accessors = ACCESSORS.get(value.getClass());
    if (accessors.isEmpty() && !(value instanceof Record)) {
      return null;
    }
    List<@Nullable Object> parts = new ArrayList<>(accessors.size());
    for (Method accessor : accessors) {
      try {
        parts.add(accessor.invoke(value));
      } catch (IllegalAccessException closed) {
        throw new Refused(
            " of type "
                + value.getClass().getTypeName()
                + " is not open to reflection; open its package to dev.howdah");
      } catch (InvocationTargetException thrown) {
        throw new Refused(
            " of type "
                + value.getClass().getTypeName()
                + " threw "
                + thrown.getTargetException().getClass().getName()
                + " in "
                + accessor.getName()
                + "()");
      }
    }
    return parts;
  }

  private static List<Method> ofRecord(Class<?> type) {
    List<Method> accessors = new ArrayList<>();
    for (RecordComponent component : type.getRecordComponents()) {
      accessors.add(component.getAccessor());
    }
    return accessors;
  }

  /**
   * {@code component1()}, {@code component2()} … are what the compiler gives a data class: for
   * programs without our Kotlin module, which knows its parts better.
   */
  private static List<Method> ofDataClass(Class<?> type) {
    List<Method> accessors = new ArrayList<>();
    if (!isKotlin(type)) {
      return accessors;
    }
    try {
      while (true) {
        accessors.add(type.getMethod("component" + (accessors.size() + 1)));
      }
    } catch (NoSuchMethodException noMore) {
      return accessors;
    }
  }

  private static boolean isKotlin(Class<?> type) {
    for (Annotation annotation : type.getDeclaredAnnotations()) {
      if (annotation.annotationType().getName().equals("kotlin.Metadata")) {
        return true;
      }
    }
    return false;
  }
}
