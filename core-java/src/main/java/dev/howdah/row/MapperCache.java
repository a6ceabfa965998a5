package dev.howdah.row;

import dev.howdah.error.ClientException.MappingFailure;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;

/** Chooses the mapper for a class, and keeps those that took work with the class they are for. */
final class MapperCache {

  private static final Logger LOG = System.getLogger("dev.howdah.row");

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

  /** The providers a class loader sees; one that cannot be loaded is left out with a warning. */
  static List<MapperProvider> installed(ClassLoader loader) {
    List<MapperProvider> found = new ArrayList<>();
    Iterator<MapperProvider> services = ServiceLoader.load(MapperProvider.class, loader).iterator();
    while (true) {
      try {
        if (!services.hasNext()) {
          return List.copyOf(found);
        }
        found.add(services.next());
      } catch (ServiceConfigurationError broken) {
        LOG.log(Level.WARNING, "a provider of row mappers cannot be used: " + broken.getMessage());
      }
    }
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
