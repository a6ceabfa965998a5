package dev.howdah.schema;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The options of a column; changed only on a fresh copy, before anybody else sees that. */
final class ColumnOptions {
  boolean primaryKey;
  Column.@Nullable Identity identity;
  boolean notNull;
  boolean unique;
  boolean index;
  @Nullable DefaultValue defaultValue;
  @Nullable DefaultValue onUpdate;
  @Nullable ForeignKey foreignKey;
  @Nullable String check;
  @Nullable String comment;

  ColumnOptions copy() {
    ColumnOptions copy = new ColumnOptions();
    copy.primaryKey = primaryKey;
    copy.identity = identity;
    copy.notNull = notNull;
    copy.unique = unique;
    copy.index = index;
    copy.defaultValue = defaultValue;
    copy.onUpdate = onUpdate;
    copy.foreignKey = foreignKey;
    copy.check = check;
    copy.comment = comment;
    return copy;
  }

  /** All options in one order, to compare two columns. */
  List<@Nullable Object> facts() {
    return Arrays.asList(
        primaryKey,
        identity,
        notNull,
        unique,
        index,
        defaultValue,
        onUpdate,
        foreignKey,
        check,
        comment);
  }
}
