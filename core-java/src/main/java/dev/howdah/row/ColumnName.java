package dev.howdah.row;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Names the column that a record component, constructor parameter, field or setter is filled from.
 *
 * <p>The name is taken exactly as written. Without it the name in the code is looked for exactly,
 * then in snake_case, then ignoring case and underscores. On a component that is itself a record it
 * gives the prefix of its columns, without the dot or underscore.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({
  ElementType.RECORD_COMPONENT,
  ElementType.PARAMETER,
  ElementType.FIELD,
  ElementType.METHOD
})
public @interface ColumnName {

  /** The column's name, as the server reports it. */
  String value();
}
