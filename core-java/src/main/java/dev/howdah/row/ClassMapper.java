package dev.howdah.row;

import dev.howdah.row.Blueprint.Part;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Makes objects of one class by its blueprint. */
final class ClassMapper<T> extends PartsMapper<T> {

  private final Blueprint<T> blueprint;
  private final @Nullable ClassMapper<T> strict;
  private final @Nullable ClassMapper<T> lenient;

  ClassMapper(Blueprint<T> blueprint) {
    super(Strictness.USUAL);
    this.blueprint = blueprint;
    this.strict = new ClassMapper<>(blueprint, Strictness.STRICT);
    this.lenient = new ClassMapper<>(blueprint, Strictness.LENIENT);
  }

  private ClassMapper(Blueprint<T> blueprint, Strictness strictness) {
    super(strictness);
    this.blueprint = blueprint;
    this.strict = null;
    this.lenient = null;
  }

  Blueprint<T> blueprint() {
    return blueprint;
  }

  @Override
  Class<T> type() {
    return blueprint.type();
  }

  @Override
  String title() {
    return blueprint.title();
  }

  @Override
  String partNoun() {
    return blueprint.partNoun();
  }

  @Override
  String contents() {
    return blueprint.parts().stream().map(Part::name).collect(Collectors.joining(", "));
  }

  @Override
  boolean isEmpty() {
    return blueprint.parts().isEmpty();
  }

  @Override
  PartsMapper<T> with(Strictness strictness) {
    ClassMapper<T> twin =
        switch (strictness) {
          case USUAL -> this;
          case STRICT -> strict;
          case LENIENT -> lenient;
        };
    return twin == null ? this : twin;
  }
}
