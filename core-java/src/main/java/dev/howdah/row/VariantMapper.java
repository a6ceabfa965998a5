package dev.howdah.row;

import dev.howdah.error.ClientException.MappingFailure;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** Makes objects of the classes of a sealed type, told apart by its {@link KindColumn}. */
final class VariantMapper<T> extends PartsMapper<T> {

  private final Class<T> type;
  private final String column;
  private final Kinds<T> kinds;
  private final @Nullable VariantMapper<T> strict;
  private final @Nullable VariantMapper<T> lenient;

  /**
   * A mapper for an annotated type.
   *
   * @param classes what its rows may become
   * @throws MappingFailure if the type has no {@link KindColumn}, or two classes one kind
   */
  VariantMapper(Class<T> type, Collection<Class<? extends T>> classes) {
    super(Strictness.USUAL);
    KindColumn annotation = type.getAnnotation(KindColumn.class);
    if (annotation == null) {
      throw new MappingFailure(
          TypeNames.of(type)
              + " is sealed: say by @KindColumn which column tells what a row becomes, or name one"
              + " of its classes");
    }
    this.type = type;
    this.column = annotation.value();
    this.kinds = new Kinds<>(type, classes);
    this.strict = new VariantMapper<>(this, Strictness.STRICT);
    this.lenient = new VariantMapper<>(this, Strictness.LENIENT);
  }

  private VariantMapper(VariantMapper<T> usual, Strictness strictness) {
    super(strictness);
    this.type = usual.type;
    this.column = usual.column;
    this.kinds = usual.kinds;
    this.strict = null;
    this.lenient = null;
  }

  /** The name of the column that tells which class a row becomes. */
  String column() {
    return column;
  }

  Kinds<T> kinds() {
    return kinds;
  }

  @Override
  Class<T> type() {
    return type;
  }

  @Override
  String title() {
    return "sealed type " + TypeNames.of(type);
  }

  @Override
  String partNoun() {
    return "property";
  }

  @Override
  String contents() {
    return column;
  }

  @Override
  boolean isEmpty() {
    return false;
  }

  @Override
  PartsMapper<T> with(Strictness strictness) {
    VariantMapper<T> twin =
        switch (strictness) {
          case USUAL -> this;
          case STRICT -> strict;
          case LENIENT -> lenient;
        };
    return twin == null ? this : twin;
  }
}
