package dev.howdah.internal.tables;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads all properties of an object at once: one compiled step for an object, where reflection
 * takes one for each property. Made once for each class.
 */
final class PropertyReader {
  private static final MethodType READING =
      MethodType.methodType(void.class, Object[].class, Object.class);

  private static final MethodType GETTING = MethodType.methodType(Object.class, Object.class);

  private static final MethodHandle APPLY = apply();

  private static final ClassValue<PropertyReader> KNOWN =
      new ClassValue<>() {
        @Override
        protected PropertyReader computeValue(Class<?> type) {
          List<Property> properties = Properties.of(type);
          return new PropertyReader(properties, compiled(properties));
        }
      };

  private final List<Property> properties;
  private final @Nullable MethodHandle reading;

  private PropertyReader(List<Property> properties, @Nullable MethodHandle reading) {
    this.properties = properties;
    this.reading = reading;
  }

  /** The reader of a class's properties, in the order of {@link Properties#of}. */
  static PropertyReader of(Class<?> type) {
    return KNOWN.get(type);
  }

  private static @Nullable MethodHandle compiled(List<Property> properties) {
    MethodHandle all = MethodHandles.empty(READING);
    try {
      for (int i = properties.size() - 1; i >= 0; i--) {
        MethodHandle getter = getter(properties.get(i));
        MethodHandle put =
            MethodHandles.insertArguments(MethodHandles.arrayElementSetter(Object[].class), 1, i);
        all = MethodHandles.foldArguments(all, MethodHandles.filterArguments(put, 1, getter));
      }
      return all;
    } catch (IllegalAccessException closed) {
      return null; // reading them one by one says which and why
    }
  }

  private static MethodHandle getter(Property property) throws IllegalAccessException {
    Function<Object, @Nullable Object> reader = property.reader();
    return reader == null
        ? MethodHandles.lookup().unreflect(property.getter()).asType(GETTING)
        : APPLY.bindTo(reader);
  }

  private static MethodHandle apply() {
    try {
      return MethodHandles.publicLookup().findVirtual(Function.class, "apply", GETTING);
    } catch (ReflectiveOperationException impossible) {
      throw new LinkageError("Function has no apply", impossible);
    }
  }

  /** Reads an object of the class; a getter that fails is named. */
  void read(Object owner, @Nullable Object[] values) {
    MethodHandle at = reading;
    if (at == null) {
      readEach(owner, values);
      return;
    }
    try {
      at.invokeExact(values, owner);
    } catch (Throwable failed) {
      readEach(owner, values);
    }
  }

  private void readEach(Object owner, @Nullable Object[] values) {
    for (int i = 0; i < values.length; i++) {
      values[i] = properties.get(i).read(owner);
    }
  }
}
