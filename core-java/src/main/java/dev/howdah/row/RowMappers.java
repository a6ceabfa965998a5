package dev.howdah.row;

import dev.howdah.error.ClientException.MappingFailure;
import dev.howdah.error.ClientException.WrongArguments;
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
      new MapperCache(MapperCache.installed(RowMappers.class.getClassLoader()));

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
   * Like {@link #of}, but a column that no component, parameter or property takes is an error too.
   *
   * @throws MappingFailure if the class cannot be made from a row, or not strictly: only records
   *     and classes can
   */
  public static <T> RowMapper<T> strict(Class<T> type) {
    checkType(type);
    if (SHARED.of(type) instanceof ClassMapper<T> mapper) {
      return new ClassMapper<>(mapper.blueprint(), true);
    }
    throw new MappingFailure(
        TypeNames.of(type) + " has no parts to compare with the columns: use of, not strict");
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

  private static void checkType(Class<?> type) {
    if (type == null) {
      throw new WrongArguments("the type must not be null");
    }
  }

  /**
   * What a class is made from when it is a part of another; null if it cannot be made from parts.
   */
  static @Nullable Blueprint<?> blueprint(Class<?> type) {
    try {
      return SHARED.of(type) instanceof ClassMapper<?> mapper ? mapper.blueprint() : null;
    } catch (MappingFailure notFromParts) {
      return null;
    }
  }
}
