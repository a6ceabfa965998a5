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
   * The constructor that says by {@link ColumnName} where each parameter comes from; null if there
   * is none.
   */
  static <T> @Nullable Blueprint<T> ofAnnotated(Class<T> type) {
    List<Constructor<?>> annotated =
        Arrays.stream(type.getDeclaredConstructors())
            .filter(one -> one.getParameterCount() > 0)
            .filter(one -> Arrays.stream(one.getParameters()).allMatch(Constructors::isNamed))
            .toList();
    if (annotated.size() > 1) {
      throw new MappingFailure(
          "class "
              + TypeNames.of(type)
              + " has several constructors with @ColumnName on every parameter: leave it on one");
    }
    return annotated.isEmpty() ? null : of(type, annotated.get(0));
  }

  private static boolean isNamed(Parameter parameter) {
    return parameter.isAnnotationPresent(ColumnName.class);
  }

  /**
   * Answers null if there is not one single public constructor, or its parameters have no names.
   */
  static <T> @Nullable Blueprint<T> ofClass(Class<T> type) {
    Constructor<?>[] constructors = type.getConstructors();
    boolean named =
        constructors.length == 1
            && Arrays.stream(constructors[0].getParameters())
                .allMatch(one -> one.isNamePresent() || isNamed(one));
    return named ? of(type, constructors[0]) : null;
  }

  private static <T> Blueprint<T> of(Class<T> type, Constructor<?> chosen) {
    List<Part> parts = new ArrayList<>();
    for (Parameter one : chosen.getParameters()) {
      parts.add(new Part(one.getName(), one.getParameterizedType(), columnName(one), false, true));
    }
    @SuppressWarnings("unchecked") // a class's own constructors make that class
    Constructor<T> constructor = (Constructor<T>) opened(chosen, type);
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
