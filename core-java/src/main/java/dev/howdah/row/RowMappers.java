package dev.howdah.row;

import dev.howdah.error.ClientException.MappingFailure;
import dev.howdah.error.ClientException.WrongArguments;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Ready mappers: for records, classes, maps, rows and single values.
 *
 * <p>A class is read once; its mapper is kept with the class and goes when the class is unloaded.
 * All of it is safe to use from any thread, and so are the mappers.
 */
public final class RowMappers {

  private static final MapperCache SHARED =
      new MapperCache(Services.installed(MapperProvider.class, RowMappers.class.getClassLoader()));

  private RowMappers() {}

  /**
   * The mapper for a class.
   *
   * <ul>
   *   <li>{@link Row}: the row itself; {@link Map}: {@link Row#asMap()};
   *   <li>a {@linkplain #isSingleValue single value} such as {@code Long}, {@code UUID}, an enum or
   *       {@code Object}: the only column, where a row of several columns is an error;
   *   <li>a class some {@link MapperProvider} knows: what it answers;
   *   <li>a record: its canonical constructor; every component needs a column, columns without a
   *       component are ignored;
   *   <li>a sealed interface or class with a {@link KindColumn}: the class that this column tells;
   *   <li>a class one of whose constructors has a {@link ColumnName} on every parameter: that
   *       constructor, like a record's;
   *   <li>a class with a constructor without parameters: its setters and non-final fields; those
   *       without a column keep what the constructor gave them;
   *   <li>a class with one public constructor whose parameters have names (compiled with {@code
   *       -parameters}, or {@link ColumnName}): like a record.
   * </ul>
   *
   * <p>A component {@code userId} takes the column of its {@link ColumnName}; without one {@code
   * userId}, then {@code user_id}, then the only one that is the same ignoring case and
   * underscores. A component {@code address} that is itself a record takes {@code address.city} or
   * {@code address_city}; it is null when all its columns are.
   *
   * @throws WrongArguments if the type is null
   * @throws MappingFailure if the class cannot be made from a row (an interface, an abstract class,
   *     no constructor to call); columns are looked at only when a row is mapped
   */
  public static <T> RowMapper<T> of(Class<T> type) {
    checkType(type);
    return SHARED.of(type);
  }

  /**
   * The mapper for a type that may have type arguments: {@code Box<Integer>} makes a record {@code
   * Box<T>} whose components of type {@code T} are integers, {@code List<Integer>} is a single
   * value, {@code Map<String, String>} has all values as text.
   *
   * <p>A mapper for a class with type arguments is made by each call: keep it where it is used
   * often.
   *
   * @throws WrongArguments if the type is null or has no class
   * @throws MappingFailure if its class cannot be made from a row
   */
  public static RowMapper<?> of(Type type) {
    Class<?> raw = TypeNames.raw(type);
    if (type instanceof Class<?>) {
      return of(raw);
    }
    if (raw == Map.class) {
      return new MapMapper(TypeNames.argument(type, 1));
    }
    if (isSingleValue(raw)) {
      return new ValueMapper<>(type, true);
    }
    RowMapper<?> mapper = of(raw);
    return mapper instanceof PartsMapper<?> parts ? resolved(parts, type) : mapper;
  }

  /**
   * Like {@link #of(Class)}, but a column that no component, parameter or property takes is an
   * error too, and so is the second of two columns with the same name.
   *
   * @throws MappingFailure if the class cannot be made from a row, or not strictly: only records
   *     and classes can
   */
  public static <T> RowMapper<T> strict(Class<T> type) {
    return withParts(type, "strict").with(Strictness.STRICT);
  }

  /**
   * Like {@link #of(Class)}, but a component, parameter or property without a column is no error
   * where it may be null: it is null then, or an empty {@code Optional}. A primitive still needs
   * its column, and at least one column must be taken.
   *
   * @throws MappingFailure if the class cannot be made from a row, or not leniently: only records
   *     and classes can
   */
  public static <T> RowMapper<T> lenient(Class<T> type) {
    return withParts(type, "lenient").with(Strictness.LENIENT);
  }

  private static <T> PartsMapper<T> withParts(Class<T> type, String mode) {
    checkType(type);
    if (SHARED.of(type) instanceof PartsMapper<T> mapper) {
      return mapper;
    }
    throw new MappingFailure(
        TypeNames.of(type) + " has no parts to compare with the columns: use of, not " + mode);
  }

  /**
   * The mapper for a sealed type whose classes Java's reflection does not tell, such as a Kotlin
   * one: for a {@link MapperProvider}. {@link #of(Class)} does the same for Java's.
   *
   * @param type the sealed type, which has a {@link KindColumn}
   * @param classes what its rows may become
   * @throws MappingFailure if the type has no {@link KindColumn}, or two classes one kind
   */
  public static <T> RowMapper<T> variants(Class<T> type, Collection<Class<? extends T>> classes) {
    checkType(type);
    return new VariantMapper<>(type, classes);
  }

  /** Rows as they are. */
  public static RowMapper<Row> rows() {
    return row -> row;
  }

  /**
   * The first column as a single value, whatever follows it; NULL is null.
   *
   * @param type any class there is a conversion to; {@code Map} and {@code List} read json and
   *     arrays
   * @throws WrongArguments if the type is null
   */
  public static <T> RowMapper<T> value(Class<T> type) {
    checkType(type);
    return new ValueMapper<>(type, false);
  }

  /**
   * Says whether a class stands for the value of one column: primitives and their boxes, text,
   * numbers, times, arrays, lists and sets, enums, {@code Optional}, {@code Object}, the value
   * types of this package such as {@link Json}, {@link Interval} and {@link Range}, and every other
   * class of the JDK that is not a {@code Map}.
   */
  public static boolean isSingleValue(Class<?> type) {
    return type.isPrimitive()
        || type.isArray()
        || type.isEnum()
        || OwnTypes.contains(type)
        || (MapperCache.isOfTheJdk(type) && !Map.class.isAssignableFrom(type));
  }

  /**
   * What a value is made of, by the names of its parts and in their order: the components of a Java
   * record, or what a {@link MapperProvider} knows, such as the properties of a Kotlin data class.
   * So they give values to named parameters, and become composites and json objects.
   *
   * @return null for single values, and where no provider knows the class
   * @throws WrongArguments if a record is not open to reflection, or an accessor of it throws
   */
  public static @Nullable Map<String, @Nullable Object> partsOf(Object value) {
    if (value instanceof Record components) {
      return OwnTypes.contains(value.getClass()) ? null : RecordParts.of(components);
    }
    return SHARED.partsOf(value);
  }

  private static void checkType(Class<?> type) {
    if (type == null) {
      throw new WrongArguments("the type must not be null");
    }
  }

  /**
   * How a type is made when it is a part of another.
   *
   * @throws MappingFailure if it cannot be made from parts
   */
  static PartsMapper<?> ofParts(Type type) {
    return resolved(ofParts(TypeNames.raw(type)), type);
  }

  /** As the other, for a class. */
  static <T> PartsMapper<T> ofParts(Class<T> type) {
    if (SHARED.of(type) instanceof PartsMapper<T> mapper) {
      return mapper;
    }
    throw new MappingFailure(TypeNames.of(type) + " cannot be made from several columns");
  }

  private static PartsMapper<?> resolved(PartsMapper<?> mapper, Type type) {
    return type instanceof ParameterizedType generic && mapper instanceof ClassMapper<?> one
        ? new ClassMapper<>(Generics.resolved(one.blueprint(), generic))
        : mapper;
  }
}
