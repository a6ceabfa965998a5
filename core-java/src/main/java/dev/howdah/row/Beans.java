package dev.howdah.row;

import dev.howdah.error.ClientException.MappingFailure;
import dev.howdah.row.Blueprint.Part;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Blueprints of classes that are made empty and then filled, by setters or else straight into their
 * fields.
 */
final class Beans {

  private static final int NO_PROPERTY = Modifier.STATIC | Modifier.FINAL | Modifier.TRANSIENT;

  @FunctionalInterface
  private interface Setter {
    void set(Object bean, @Nullable Object value) throws ReflectiveOperationException;
  }

  private record Property(Type type, @Nullable String column, Setter setter, boolean method) {}

  private Beans() {}

  /** Answers null if the class has no constructor without parameters. */
  static <T> @Nullable Blueprint<T> of(Class<T> type) {
    Constructor<T> constructor;
    try {
      constructor = Constructors.opened(type.getDeclaredConstructor(), type);
    } catch (NoSuchMethodException other) {
      return null;
    }
    Map<String, Property> properties = properties(type);
    if (properties.isEmpty()) {
      throw new MappingFailure(
          "class " + TypeNames.of(type) + " has neither setters nor fields that could be filled");
    }
    List<Part> parts = new ArrayList<>();
    properties.forEach((name, one) -> parts.add(new Part(name, one.type, one.column, true, true)));
    Setter[] setters = properties.values().stream().map(Property::setter).toArray(Setter[]::new);
    return new Blueprint<>(type, "class", parts, values -> filled(constructor, setters, values));
  }

  private static <T> T filled(
      Constructor<T> constructor, Setter[] setters, @Nullable Object[] values)
      throws ReflectiveOperationException {
    T bean = constructor.newInstance();
    for (int i = 0; i < setters.length; i++) {
      if (values[i] != Blueprint.ABSENT) {
        setters[i].set(bean, values[i]);
      }
    }
    return bean;
  }

  /** Fields first, from the topmost class down; setters then take the place of their fields. */
  private static Map<String, Property> properties(Class<?> type) {
    Map<String, Property> properties = new LinkedHashMap<>();
    Map<String, Field> fields = new LinkedHashMap<>();
    addFields(type, fields);
    fields.forEach(
        (name, field) -> {
          if ((field.getModifiers() & NO_PROPERTY) == 0) {
            Field open = Constructors.opened(field, type);
            properties.put(
                name,
                new Property(
                    field.getGenericType(), Constructors.columnName(field), open::set, false));
          }
        });
    for (Method method : type.getMethods()) {
      if (isSetter(method)) {
        addSetter(method, type, fields, properties);
      }
    }
    return properties;
  }

  private static void addFields(Class<?> type, Map<String, Field> fields) {
    if (MapperCache.isOfTheJdk(type)) {
      return;
    }
    addFields(type.getSuperclass(), fields);
    for (Field field : type.getDeclaredFields()) {
      if (!field.isSynthetic() && !Modifier.isStatic(field.getModifiers())) {
        fields.put(field.getName(), field);
      }
    }
  }

  private static boolean isSetter(Method method) {
    return method.getName().length() > 3
        && method.getName().startsWith("set")
        && method.getParameterCount() == 1
        && !Modifier.isStatic(method.getModifiers())
        && !method.isBridge()
        && !MapperCache.isOfTheJdk(method.getDeclaringClass());
  }

  private static void addSetter(
      Method method, Class<?> type, Map<String, Field> fields, Map<String, Property> properties) {
    String name = propertyName(method.getName().substring(3));
    Field field = fields.get(name);
    Property before = properties.get(name);
    if (before != null && before.method) {
      Class<?> wanted = field == null ? null : field.getType();
      if (TypeNames.raw(before.type) == wanted) {
        return;
      }
      if (method.getParameterTypes()[0] != wanted) {
        throw new MappingFailure(
            "class "
                + TypeNames.of(type)
                + " has several setters for '"
                + name
                + "', and no field of that name and type tells which one is meant");
      }
    }
    String column = Constructors.columnName(method);
    if (column == null && field != null) {
      column = Constructors.columnName(field);
    }
    Method open = Constructors.opened(method, type);
    properties.put(
        name, new Property(method.getGenericParameterTypes()[0], column, open::invoke, true));
  }

  /** {@code UserName} becomes {@code userName}, {@code URL} stays, as for every bean. */
  private static String propertyName(String afterSet) {
    boolean acronym = afterSet.length() > 1 && Character.isUpperCase(afterSet.charAt(1));
    return acronym ? afterSet : Character.toLowerCase(afterSet.charAt(0)) + afterSet.substring(1);
  }
}
