package dev.howdah.config;

import java.util.Arrays;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** An enum whose constants have the names libpq gives them. */
interface Labelled {

  /** Returns the name libpq uses, e.g. {@code verify-full}. */
  String label();

  /** Returns the constant with that label, or null. */
  static <E extends Enum<E> & Labelled> @Nullable E find(Class<E> type, String label) {
    for (E constant : type.getEnumConstants()) {
      if (constant.label().equals(label)) {
        return constant;
      }
    }
    return null;
  }

  /** Returns all labels, for an error that lists them. */
  static <E extends Enum<E> & Labelled> String labels(Class<E> type) {
    return Arrays.stream(type.getEnumConstants())
        .map(Labelled::label)
        .collect(Collectors.joining(", "));
  }
}
