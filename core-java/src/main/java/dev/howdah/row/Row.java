package dev.howdah.row;

import dev.howdah.error.ClientException.MappingFailure;
import dev.howdah.error.ClientException.UnknownColumn;
import dev.howdah.error.ClientException.WrongArguments;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One row of a result: values in column order, by index or by name.
 *
 * <p>Immutable, safe to use from any thread, and free to be kept: it holds no connection. SQL NULL
 * is null. Equality, hash and printing go by column names and content; byte arrays are copied
 * whenever they are read.
 *
 * <p>A name is looked up exactly as the server reports it. When two columns share a name, the name
 * means the first one; {@link #get(int)} and {@link #values()} reach them all.
 */
public final class Row {

  private final Columns columns;
  private final @Nullable Object[] values;

  private Row(Columns columns, @Nullable Object[] values) {
    if (columns.size() != values.length) {
      throw new IllegalArgumentException(
          columns.size() + " columns, but " + values.length + " values: give one for each");
    }
    this.columns = columns;
    this.values = values;
  }

  /**
   * Makes a row from values that stay the caller's: the array, and lists and arrays in it, are
   * copied.
   *
   * @throws IllegalArgumentException if there is not one value for each column
   */
  public static Row of(Columns columns, @Nullable Object[] values) {
    @Nullable Object[] copies = new @Nullable Object[values.length];
    for (int i = 0; i < values.length; i++) {
      copies[i] = Values.frozen(values[i]);
    }
    return new Row(columns, copies);
  }

  /**
   * Makes a row that takes the array over without a copy: for drivers, where every row counts.
   *
   * <p>The caller must not touch the array, or anything mutable in it, afterwards.
   *
   * @throws IllegalArgumentException if there is not one value for each column
   */
  public static Row owning(Columns columns, @Nullable Object[] values) {
    return new Row(columns, values);
  }

  /** How many columns the row has. */
  public int size() {
    return values.length;
  }

  /** The columns, shared by all rows of the result. */
  public Columns columns() {
    return columns;
  }

  /**
   * The value at an index, from 0, as it came from the server.
   *
   * @throws UnknownColumn if the index is outside
   */
  public @Nullable Object get(int index) {
    columns.checkIndex(index);
    return Values.copy(values[index]);
  }

  /**
   * The value of the first column of that name, as it came from the server.
   *
   * @throws UnknownColumn if there is no such column; the message lists the known ones
   */
  public @Nullable Object get(String column) {
    return Values.copy(values[columns.indexOf(column)]);
  }

  /**
   * The value at an index, converted; null stays null.
   *
   * @throws UnknownColumn if the index is outside
   * @throws MappingFailure if the value does not fit the type without loss, or is null and the type
   *     primitive
   */
  @SuppressWarnings("unchecked") // the conversion answers the boxed form of the class asked for
  public <T> @Nullable T get(int index, Class<T> type) {
    return (T) get(index, (Type) type);
  }

  /**
   * The value of the first column of that name, converted; null stays null.
   *
   * @throws UnknownColumn if there is no such column; the message lists the known ones
   * @throws MappingFailure if the value does not fit the type without loss, or is null and the type
   *     primitive
   */
  public <T> @Nullable T get(String column, Class<T> type) {
    return get(columns.indexOf(column), type);
  }

  /**
   * The value at an index, converted to a type that may have type arguments, such as {@code
   * List<Integer>}; null becomes an empty {@code Optional} where that is the type, else it stays
   * null.
   *
   * @throws UnknownColumn if the index is outside
   * @throws MappingFailure if the value does not fit the type without loss, or is null and the type
   *     primitive
   */
  public @Nullable Object get(int index, Type type) {
    columns.checkIndex(index);
    try {
      return Conversions.to(type).apply(values[index]);
    } catch (Conversion.Misfit misfit) {
      throw misfit.at("column '" + columns.names().get(index) + "'");
    }
  }

  /**
   * The value of the first column of that name, converted to a type that may have type arguments.
   *
   * @throws UnknownColumn if there is no such column; the message lists the known ones
   * @throws MappingFailure if the value does not fit the type without loss, or is null and the type
   *     primitive
   */
  public @Nullable Object get(String column, Type type) {
    return get(columns.indexOf(column), type);
  }

  /**
   * The value of the first column of that name, or the fallback where the row has no such column or
   * its value is null; never null.
   *
   * @param fallback also says the type: {@code get("age", 0L)} answers a {@code Long}, a list
   *     stands for {@code List}
   * @throws MappingFailure if the value does not fit the fallback's class without loss
   */
  @SuppressWarnings("unchecked") // the fallback is of the class asked for
  public <T> T get(String column, T fallback) {
    if (fallback == null) {
      throw new WrongArguments(
          "the fallback for column '"
              + column
              + "' must not be null: use get(column, type) where null may come");
    }
    return (T) get(column, (Class<Object>) TypeNames.askedForBy(fallback), fallback);
  }

  /**
   * The value of the first column of that name, converted, or the fallback where the row has no
   * such column or its value is null; null only if the fallback is.
   *
   * @throws MappingFailure if the value does not fit the type without loss
   */
  @SuppressWarnings("unchecked") // the conversion answers the boxed form of the class asked for
  public <T> T get(String column, Class<T> type, T fallback) {
    int found = columns.find(column);
    T value = found < 0 || values[found] == null ? null : (T) get(found, (Type) type);
    return value == null ? fallback : value;
  }

  /**
   * The row as a map in column order, immutable; values may be null. Of columns that share a name
   * the first one is kept: {@link #values()} has them all.
   */
  public Map<String, @Nullable Object> asMap() {
    Map<String, @Nullable Object> map = new LinkedHashMap<>(values.length * 2);
    for (int i = 0; i < values.length; i++) {
      String name = columns.names().get(i);
      if (!map.containsKey(name)) {
        map.put(name, Values.copy(values[i]));
      }
    }
    return Collections.unmodifiableMap(map);
  }

  /** All values in column order, immutable; elements may be null. */
  public List<@Nullable Object> values() {
    List<@Nullable Object> list = new ArrayList<>(values.length);
    for (Object value : values) {
      list.add(Values.copy(value));
    }
    return Collections.unmodifiableList(list);
  }

  /**
   * The row as a record, a class, a map or a single value, by {@link RowMappers#of(Class)}.
   *
   * @throws MappingFailure if it cannot be, or if the only value is NULL
   */
  public <T> T as(Class<T> type) {
    T mapped = RowMappers.of(type).map(this);
    if (mapped == null) {
      throw new MappingFailure(
          "the row's only value is null, which is no "
              + TypeNames.of(type)
              + ": use get(0, …) where null may come");
    }
    return mapped;
  }

  /**
   * The row with other values in some columns: for an engine that learns what a value is after it
   * has come. The new values are taken over without a copy, as by {@link #owning}.
   *
   * @param indexes of the columns, from 0
   * @param replacements a value for each of them
   */
  public Row replacing(int[] indexes, @Nullable Object[] replacements) {
    @Nullable Object[] changed = values.clone();
    for (int i = 0; i < indexes.length; i++) {
      changed[indexes[i]] = replacements[i];
    }
    return new Row(columns, changed);
  }

  /** The value itself, not a copy: for mappers, which copy what they hand out. */
  @Nullable Object raw(int index) {
    return values[index];
  }

  @Override
  public boolean equals(@Nullable Object other) {
    if (other == this) {
      return true;
    }
    if (!(other instanceof Row that) || !columns.equals(that.columns)) {
      return false;
    }
    for (int i = 0; i < values.length; i++) {
      if (!Values.equal(values[i], that.values[i])) {
        return false;
      }
    }
    return true;
  }

  @Override
  public int hashCode() {
    return 31 * columns.hashCode() + Values.hash(Arrays.asList(values));
  }

  /**
   * Prints {@code {user_id=1, user_name=Anna}}; long values are shortened, and of very many columns
   * the first ones are shown.
   */
  @Override
  public String toString() {
    return RowText.of(columns.names(), values);
  }
}
