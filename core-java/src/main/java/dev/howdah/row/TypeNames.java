package dev.howdah.row;

import dev.howdah.error.ClientException.WrongArguments;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Types as messages print them, and the classes behind generic types. */
final class TypeNames {

  /** Classes whose values are of hidden subclasses. */
  private static final List<Class<?>> OPEN =
      List.of(List.class, Set.class, Map.class, ByteBuffer.class, InetAddress.class);

  private TypeNames() {}

  /** Prints {@code List<String>}, {@code int[]} or {@code User}: simple names, as code has them. */
  static String of(Type type) {
    if (type instanceof Class<?> plain) {
      return plain.isArray() ? of(plain.getComponentType()) + "[]" : simple(plain);
    }
    if (type instanceof GenericArrayType array) {
      return of(array.getGenericComponentType()) + "[]";
    }
    if (type instanceof ParameterizedType generic) {
      return Arrays.stream(generic.getActualTypeArguments())
          .map(TypeNames::of)
          .collect(Collectors.joining(", ", of(generic.getRawType()) + "<", ">"));
    }
    return type.getTypeName();
  }

  private static String simple(Class<?> type) {
    return type.isAnonymousClass() ? type.getName() : type.getSimpleName();
  }

  /**
   * The class that values of a type belong to; bounds stand for wildcards and variables.
   *
   * @throws WrongArguments if the type is null or of a kind that Java does not have
   */
  static Class<?> raw(Type type) {
    if (type == null) {
      throw new WrongArguments("the type must not be null");
    }
    if (type instanceof Class<?> plain) {
      return plain;
    }
    if (type instanceof ParameterizedType generic) {
      return raw(generic.getRawType());
    }
    if (type instanceof GenericArrayType array) {
      return raw(array.getGenericComponentType()).arrayType();
    }
    Type bound = bound(type);
    if (bound.equals(type)) {
      throw new WrongArguments(type.getTypeName() + " is no type of Java that has a class");
    }
    return raw(bound);
  }

  /** The class that a value like this one is asked for by: not an implementation of its own. */
  static Class<?> askedForBy(Object sample) {
    if (sample instanceof Enum<?> constant) {
      return constant.getDeclaringClass();
    }
    for (Class<?> known : OPEN) {
      if (known.isInstance(sample)) {
        return known;
      }
    }
    return sample.getClass();
  }

  /** The upper bound of a wildcard or type variable; other types are answered as they are. */
  static Type bound(Type type) {
    if (type instanceof WildcardType wildcard) {
      return wildcard.getUpperBounds()[0];
    }
    if (type instanceof TypeVariable<?> variable) {
      return raw(variable.getBounds()[0]);
    }
    return type;
  }

  /** The type argument at an index; {@code Object} for a raw type. */
  static Type argument(Type type, int index) {
    return type instanceof ParameterizedType generic
        ? bound(generic.getActualTypeArguments()[index])
        : Object.class;
  }
}
