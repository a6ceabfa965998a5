package dev.howdah.row;

import dev.howdah.error.ClientException.MappingFailure;
import java.lang.reflect.Modifier;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Chooses the mapper for a class, and keeps those that took work with the class they are for. */
final class MapperCache {

  private final List<MapperProvider> providers;

  /**
   * Holds users' classes only: a value kept with a class of the JDK would never be unloaded and
   * would keep this library's class loader alive.
   */
  private final ClassValue<RowMapper<?>> known =
      new ClassValue<>() {
        @Override
        protected RowMapper<?> computeValue(Class<?> type) {
          return read(type);
        }
      };

  MapperCache(List<MapperProvider> providers) {
    this.providers = providers;
  }

  @SuppressWarnings("unchecked") // every branch makes a mapper for the class it was asked for
  <T> RowMapper<T> of(Class<T> type) {
    if (type == Row.class) {
      return (RowMapper<T>) RowMappers.rows();
    }
    if (type == Map.class) {
      RowMapper<?> map = Row::asMap;
      return (RowMapper<T>) map;
    }
    if (type == void.class || type == Void.class) {
      throw new MappingFailure(
          "void holds no value: use execute for a statement without an answer");
    }
    if (RowMappers.isSingleValue(type)) {
      return new ValueMapper<>(type, true);
    }
    if (isOfTheJdk(type)) {
      throw new MappingFailure(TypeNames.of(type) + " cannot be made from a row: ask for Map");
    }
    return (RowMapper<T>) known.get(type);
  }

  /** What a provider makes of a value, or null. */
  @Nullable Map<String, @Nullable Object> partsOf(Object value) {
    if (!isOfTheJdk(value.getClass())) {
      for (MapperProvider provider : providers) {
        Map<String, @Nullable Object> parts = provider.partsOf(value);
        if (parts != null) {
          return parts;
        }
      }
    }
    return null;
  }

  static boolean isOfTheJdk(Class<?> type) {
    ClassLoader loader = type.getClassLoader();
    return loader == null || loader == ClassLoader.getPlatformClassLoader();
  }

  private <T> RowMapper<T> read(Class<T> type) {
    for (MapperProvider provider : providers) {
      RowMapper<T> provided = provider.mapperFor(type);
      if (provided != null) {
        return provided;
      }
    }
    if (type.isSealed()) {
      return new VariantMapper<>(type, Kinds.permitted(type));
    }
    if (type.isInterface() || Modifier.isAbstract(type.getModifiers())) {
      throw new MappingFailure(
          TypeNames.of(type)
              + (type.isInterface() ? " is an interface" : " is an abstract class")
              + ", which a row cannot become: name a record, a class, Map, Row or a single value");
    }
    return (type.isRecord() ? Constructors.ofRecord(type) : classBlueprint(type)).mapper();
  }

  private static <T> Blueprint<T> classBlueprint(Class<T> type) {
    Blueprint<T> blueprint = Constructors.ofAnnotated(type);
    if (blueprint == null) {
      blueprint = Beans.of(type);
    }
    if (blueprint == null) {
      blueprint = Constructors.ofClass(type);
    }
    if (blueprint == null) {
      throw new MappingFailure(
          "class "
              + TypeNames.of(type)
              + " has neither a constructor without parameters nor one single public constructor"
              + " with named parameters (compile with -parameters); an inner class must be static");
    }
    return blueprint;
  }
}
