package dev.howdah.row;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Names, on a sealed interface or class, the column that tells which of its classes a row becomes.
 *
 * <p>The column's text is compared with each class's {@link KindValue}, or its simple name: exactly
 * first, then ignoring case, {@code _}, {@code -} and spaces. The name of the column is looked for
 * as the name of a component is: {@code shapeKind} finds {@code shape_kind}.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface KindColumn {

  /** The column's name. */
  String value();
}
