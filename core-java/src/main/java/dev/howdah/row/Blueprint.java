package dev.howdah.row;

import java.lang.reflect.Type;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a class needs to be made from a row: its parts by name and type, and how to put them
 * together.
 *
 * <p>The built-in mappers for records and classes are made from blueprints, and a {@link
 * MapperProvider} makes its own, so that matching of names, nesting, conversion, strictness and
 * error texts are the same everywhere. Immutable, and safe to use from any thread.
 *
 * @param type the class that is made
 * @param noun what messages call it: {@code record}, {@code class}, {@code data class}
 * @param parts what it is made from, in the order the maker takes them
 * @param maker puts the values together
 * @param <T> the class that is made
 */
public record Blueprint<T>(Class<T> type, String noun, List<Part> parts, Maker<T> maker) {

  /** Stands in the maker's array for an optional part that the row has no column for. */
  public static final Object ABSENT =
      new Object() {
        @Override
        public String toString() {
          return "ABSENT";
        }
      };

  /** Copies the list. */
  public Blueprint {
    parts = List.copyOf(parts);
  }

  /** A mapper that follows the blueprint; columns that match no part are ignored. */
  public RowMapper<T> mapper() {
    return new ClassMapper<>(this);
  }

  /** The class as messages name it: {@code record User}. */
  String title() {
    return noun + " " + TypeNames.of(type);
  }

  /** What messages call a part. */
  String partNoun() {
    return noun.equals("record") ? "component" : "property";
  }

  /**
   * One thing a class is made from: a record component, constructor parameter or property.
   *
   * @param name its name in the code
   * @param type its type, with type arguments where it has them
   * @param column the column's exact name, or null to look for {@code name}
   * @param optional whether the class can do without a column for it
   * @param nullable whether it may be given null; primitives may not, whatever is said here
   */
  public record Part(
      String name, Type type, @Nullable String column, boolean optional, boolean nullable) {

    boolean mayBeNull() {
      return nullable && !(type instanceof Class<?> plain && plain.isPrimitive());
    }
  }

  /**
   * Puts the values of the parts together.
   *
   * @param <T> what is made
   */
  @FunctionalInterface
  public interface Maker<T> {

    /**
     * Makes one object.
     *
     * @param values one for each part, already converted, or {@link Blueprint#ABSENT}; made for
     *     this call and free to be kept
     * @throws Throwable whatever the class throws; {@link
     *     java.lang.reflect.InvocationTargetException} is unwrapped
     */
    T make(@Nullable Object[] values) throws Throwable;
  }
}
