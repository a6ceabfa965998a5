package dev.howdah.row;

import dev.howdah.error.ClientException.WrongArguments;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The components of Java records, by name and in their order. */
final class RecordParts {
  private static final ClassValue<Method[]> ACCESSORS =
      new ClassValue<>() {
        @Override
        protected Method[] computeValue(Class<?> type) {
          RecordComponent[] components = type.getRecordComponents();
          Method[] accessors = new Method[components.length];
          for (int i = 0; i < components.length; i++) {
            accessors[i] = components[i].getAccessor();
            // Records are often nested in a class that is not public.
            accessors[i].trySetAccessible();
          }
          return accessors;
        }
      };

  private RecordParts() {}

  /**
   * Reads all components.
   *
   * @throws WrongArguments if the record is not open to reflection, or an accessor throws
   */
  static Map<String, @Nullable Object> of(Record components) {
    Method[] accessors = ACCESSORS.get(components.getClass());
    Map<String, @Nullable Object> parts = new LinkedHashMap<>(accessors.length * 2);
    for (Method accessor : accessors) {
      parts.put(accessor.getName(), read(accessor, components));
    }
    return parts;
  }

  private static @Nullable Object read(Method accessor, Record components) {
    try {
      return accessor.invoke(components);
    } catch (InvocationTargetException thrown) {
      throw new WrongArguments(
          "the accessor " + accessor.getName() + "() of a record failed", thrown.getCause());
    } catch (IllegalAccessException closed) {
      throw new WrongArguments(
          "the record "
              + components.getClass().getName()
              + " is not open to reflection; open its package to dev.howdah or pass a Map",
          closed);
    }
  }
}
