package dev.howdah.row;

import dev.howdah.row.Blueprint.Part;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Type arguments put in the place of type variables: {@code Box<Integer>} knows what it holds. */
final class Generics {

  private Generics() {}

  /** A blueprint whose parts have the type arguments of the class they are asked for as. */
  static <T> Blueprint<T> resolved(Blueprint<T> blueprint, ParameterizedType type) {
    Map<String, Type> arguments = arguments(blueprint.type(), type);
    List<Part> parts =
        blueprint.parts().stream()
            .map(
                part ->
                    new Part(
                        part.name(),
                        resolved(part.type(), arguments),
                        part.column(),
                        part.optional(),
                        part.nullable()))
            .toList();
    return new Blueprint<>(blueprint.type(), blueprint.noun(), parts, blueprint.maker());
  }

  private static Map<String, Type> arguments(Class<?> declared, ParameterizedType type) {
    Map<String, Type> arguments = new HashMap<>();
    TypeVariable<?>[] variables = declared.getTypeParameters();
    Type[] given = type.getActualTypeArguments();
    for (int i = 0; i < Math.min(variables.length, given.length); i++) {
      arguments.put(variables[i].getName(), given[i]);
    }
    return arguments;
  }

  private static Type resolved(Type type, Map<String, Type> arguments) {
    if (type instanceof TypeVariable<?> variable) {
      return arguments.getOrDefault(variable.getName(), type);
    }
    if (type instanceof WildcardType wildcard) {
      return resolved(TypeNames.bound(wildcard), arguments);
    }
    if (type instanceof GenericArrayType array) {
      Type component = resolved(array.getGenericComponentType(), arguments);
      return component instanceof Class<?> plain ? plain.arrayType() : new ArrayOf(component);
    }
    if (type instanceof ParameterizedType generic) {
      Type[] inner =
          Arrays.stream(generic.getActualTypeArguments())
              .map(argument -> resolved(argument, arguments))
              .toArray(Type[]::new);
      return new Parameterized(TypeNames.raw(generic), List.of(inner));
    }
    return type;
  }

  private record ArrayOf(Type component) implements GenericArrayType {
    @Override
    public Type getGenericComponentType() {
      return component;
    }
  }

  private record Parameterized(Class<?> raw, List<Type> arguments) implements ParameterizedType {
    @Override
    public Type[] getActualTypeArguments() {
      return arguments.toArray(Type[]::new);
    }

    @Override
    public Type getRawType() {
      return raw;
    }

    @Override
    public @Nullable Type getOwnerType() {
      return raw.getDeclaringClass();
    }
  }
}
