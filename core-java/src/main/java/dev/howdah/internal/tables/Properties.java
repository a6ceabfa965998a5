package dev.howdah.internal.tables;

import dev.howdah.error.ClientException.WrongArguments;
import dev.howdah.row.ColumnName;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Field;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;

/** Which properties of a class are stored: found once for each class. */
final class Properties {
  private static final List<PropertyFinder> FINDERS =
      ServiceLoader.load(PropertyFinder.class, Properties.class.getClassLoader()).stream()
          .map(ServiceLoader.Provider::get)
          .toList();

  private static final ClassValue<List<Property>> KNOWN =
      new ClassValue<>() {
        @Override
        protected List<Property> computeValue(Class<?> type) {
          return type.isRecord() ? components(type) : properties(type);
        }
      };

  private Properties() {}

  /**
   * The properties of a class.
   *
   * @throws WrongArguments if objects of it are no records: it has none
   */
  static List<Property> of(Class<?> type) {
    List<Property> properties = KNOWN.get(type);
    if (properties.isEmpty()) {
      throw new WrongArguments(
          "a "
              + type.getName()
              + " cannot be inserted as a record; give a Map of column names to values, a Java"
              + " record, or an object with getters");
    }
    return properties;
  }

  private static List<Property> components(Class<?> type) {
    List<Property> properties = new ArrayList<>();
    for (RecordComponent component : type.getRecordComponents()) {
      String column = columnName(component);
      properties.add(new Property(component.getName(), column, opened(component.getAccessor())));
    }
    return List.copyOf(properties);
  }

  private static List<Property> properties(Class<?> type) {
    for (PropertyFinder finder : FINDERS) {
      List<Property> found = finder.of(type);
      if (found != null) {
        return List.copyOf(found);
      }
    }
    return beanProperties(type);
  }

  /** Getters with a field or a setter behind them; what is only computed is not stored. */
  private static List<Property> beanProperties(Class<?> type) {
    List<Property> properties = new ArrayList<>();
    if (type.getName().startsWith("java.") || type.isArray() || type.isEnum()) {
      return properties;
    }
    for (Method method : type.getMethods()) {
      String name = propertyName(method);
      if (name == null) {
        continue;
      }
      Field field = field(type, name);
      if (field == null && method.getName().startsWith("is")) {
        field = field(type, method.getName());
      }
      if (field != null || hasSetter(type, method, name)) {
        String column = columnName(method);
        properties.add(
            new Property(
                name,
                column == null && field != null ? columnName(field) : column,
                opened(method)));
      }
    }
    properties.sort(Comparator.comparing(Property::name));
    return List.copyOf(properties);
  }

  private static @Nullable String propertyName(Method method) {
    String name = method.getName();
    boolean flag =
        name.startsWith("is")
            && (method.getReturnType() == boolean.class || method.getReturnType() == Boolean.class);
    int prefix = flag ? 2 : name.startsWith("get") ? 3 : 0;
    if (prefix == 0
        || name.length() == prefix
        || !Character.isUpperCase(name.charAt(prefix))
        || method.getParameterCount() > 0
        || method.getReturnType() == void.class
        || Modifier.isStatic(method.getModifiers())
        || method.isBridge()
        || method.getDeclaringClass() == Object.class) {
      return null;
    }
    return Character.toLowerCase(name.charAt(prefix)) + name.substring(prefix + 1);
  }

  private static boolean hasSetter(Class<?> type, Method getter, String name) {
    String setter = "set" + Character.toUpperCase(name.charAt(0)) + name.substring(1);
    for (Method method : type.getMethods()) {
      if (method.getName().equals(setter)
          && method.getParameterCount() == 1
          && method.getParameterTypes()[0] == getter.getReturnType()) {
        return true;
      }
    }
    return false;
  }

  private static @Nullable Field field(Class<?> type, String name) {
    for (Class<?> owner = type; owner != null; owner = owner.getSuperclass()) {
      for (Field field : owner.getDeclaredFields()) {
        if (field.getName().equalsIgnoreCase(name) && !Modifier.isStatic(field.getModifiers())) {
          return field; // getURL belongs to url, uRL or URL
        }
      }
    }
    return null;
  }

  private static @Nullable String columnName(AnnotatedElement element) {
    ColumnName name = element.getAnnotation(ColumnName.class);
    return name == null ? null : name.value();
  }

  /** Classes that are not public have getters all the same. */
  private static Method opened(Method method) {
    try {
      method.setAccessible(true);
    } catch (InaccessibleObjectException closed) {
      return method; // reading it says so, by name
    }
    return method;
  }
}
