package dev.howdah.row;

import dev.howdah.error.ClientException.MappingFailure;
import dev.howdah.row.Blueprint.Part;
import java.lang.reflect.AccessibleObject;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Constructor;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.Parameter;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Blueprints of records, and of classes that are made by a constructor with named parameters. */
final class Constructors {

  private Constructors() {}

  static <T> Blueprint<T> ofRecord(Class<T> type) {
    RecordComponent[] components = type.getRecordComponents();
    Class<?>[] types =
        Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
    List<Part> parts = new ArrayList<>();
    for (RecordComponent one : components) {
      parts.add(new Part(one.getName(), one.getGenericType(), columnName(one), false, true));
    }
    try {
      Constructor<T> constructor = opened(type.getDeclaredConstructor(types), type);
      return new Blueprint<>(type, "record", parts, constructor::newInstance);
    } catch (NoSuchMethodException impossible) {
      throw new AssertionError("a record without its canonical constructor: " + type, impossible);
    }
  }

  /**
   * Answers null if there is not one single public constructor, or its parameters have no names.
   */
  static <T> @Nullable Blueprint<T> ofClass(Class<T> type) {
    Constructor<?>[] constructors = type.getConstructors();
    if (constructors.length != 1) {
      return null;
    }
    List<Part> parts = new ArrayList<>();
    for (Parameter one : constructors[0].getParameters()) {
      String column = columnName(one);
      if (!one.isNamePresent() && column == null) {
        return null;
      }
      parts.add(new Part(one.getName(), one.getParameterizedType(), column, false, true));
    }
    @SuppressWarnings("unchecked") // a class's own constructors make that class
    Constructor<T> constructor = (Constructor<T>) opened(constructors[0], type);
    return new Blueprint<>(type, "class", parts, constructor::newInstance);
  }

  static @Nullable String columnName(AnnotatedElement element) {
    ColumnName name = element.getAnnotation(ColumnName.class);
    return name == null ? null : name.value();
  }

  /** Makes a member callable, whatever its visibility; a module that forbids it is named. */
  static <A extends AccessibleObject> A opened(A member, Class<?> type) {
    try {
      member.setAccessible(true);
      return member;
    } catch (InaccessibleObjectException closed) {
      throw new MappingFailure(
          TypeNames.of(type)
              + " is out of reach: write 'opens "
              + type.getPackageName()
              + " to dev.howdah;' in module "
              + type.getModule().getName()
              + ", or make it public in an exported package",
          closed);
    }
  }
}
