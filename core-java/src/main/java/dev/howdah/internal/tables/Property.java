package dev.howdah.internal.tables;

import dev.howdah.error.ClientException.UnknownColumn;
import dev.howdah.error.ClientException.WrongArguments;
import dev.howdah.schema.TableColumn;
import dev.howdah.schema.TableDefinition;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A value of an object that stands for a column: a component of a Java record, a property of a bean
 * or of a Kotlin class.
 *
 * @param name the name in the code
 * @param column the column's name given by an annotation, or null
 * @param getter what reads it
 * @param reader reads it in place of the getter, whose result would not be the value itself; null
 *     for the getter
 */
public record Property(
    String name,
    @Nullable String column,
    Method getter,
    @Nullable Function<Object, @Nullable Object> reader) {

  Property(String name, @Nullable String column, Method getter) {
    this(name, column, getter, null);
  }

  @Nullable Object read(Object owner) {
    if (reader != null) {
      return readBy(reader, owner);
    }
    try {
      return getter.invoke(owner);
    } catch (InvocationTargetException failed) {
      throw unreadable(owner, failed.getCause());
    } catch (IllegalAccessException closed) {
      throw new WrongArguments(
          "'" + name + "' of " + owner.getClass().getName() + " is not accessible; make it public",
          closed);
    }
  }

  private @Nullable Object readBy(Function<Object, @Nullable Object> own, Object owner) {
    try {
      return own.apply(owner);
    } catch (RuntimeException failed) {
      throw unreadable(owner, failed);
    }
  }

  private WrongArguments unreadable(Object owner, @Nullable Throwable cause) {
    return new WrongArguments(
        "'" + name + "' of " + owner.getClass().getName() + " could not be read", cause);
  }

  /**
   * The column it stands for: the annotated name exactly; else the name exactly, else ignoring case
   * and underscores.
   *
   * @throws UnknownColumn if there is none
   * @throws WrongArguments if there are several
   */
  String column(TableDefinition table) {
    String annotated = column;
    if (annotated != null) {
      return table.column(annotated).name();
    }
    if (table.has(name)) {
      return name;
    }
    List<String> alike =
        table.columns().stream()
            .map(TableColumn::name)
            .filter(candidate -> plain(candidate).equals(plain(name)))
            .toList();
    if (alike.size() > 1) {
      throw new WrongArguments(
          "'"
              + name
              + "' of "
              + getter.getDeclaringClass().getName()
              + " could be any of the columns "
              + String.join(", ", alike)
              + "; name one with @ColumnName");
    }
    if (alike.isEmpty() && isKotlinFlag()) {
      return new Property(flagName(), null, getter, reader).column(table);
    }
    return alike.isEmpty() ? table.column(name).name() : alike.get(0);
  }

  /** A bean's {@code isActive()} is {@code active}, Kotlin's is {@code isActive}. */
  private boolean isKotlinFlag() {
    return getter.getName().startsWith("is") && !name.equals(getter.getName());
  }

  private String flagName() {
    return getter.getName();
  }

  private static String plain(String name) {
    return name.replace("_", "").toLowerCase(Locale.ROOT);
  }

  /** The name in the code. */
  @Override
  public String toString() {
    return name;
  }
}
