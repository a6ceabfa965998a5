package dev.howdah.observe;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A statement's arguments as a line may show them. */
final class ShownArguments {
  private static final int SHORT_VALUE = 60;

  private ShownArguments() {}

  /** In brackets behind two blanks; an empty text when nothing is to be shown. */
  static String behind(List<@Nullable Object> arguments, ParameterDisplay display) {
    if (arguments.isEmpty() || display == ParameterDisplay.HIDDEN) {
      return "";
    }
    return arguments.stream()
        .map(value -> shown(value, display))
        .collect(Collectors.joining(", ", "  [", "]"));
  }

  private static String shown(@Nullable Object value, ParameterDisplay display) {
    String text = String.valueOf(value);
    if (display == ParameterDisplay.FULL || text.length() <= SHORT_VALUE) {
      return text;
    }
    return text.substring(0, SHORT_VALUE) + "…";
  }
}
