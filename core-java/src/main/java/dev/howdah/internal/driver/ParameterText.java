package dev.howdah.internal.driver;

import dev.howdah.internal.type.Oids;
import dev.howdah.internal.type.ParameterEncoder.Parameter;
import dev.howdah.observe.ParameterDisplay;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A statement's arguments for its failure, as far as they may be shown: {@code $1 = 'Anna', $2 =
 * NULL}, in the server's own notation.
 */
final class ParameterText {
  /** Characters of one value that {@link ParameterDisplay#SHORT} shows. */
  private static final int SHORT_VALUE = 60;

  /** Values that {@link ParameterDisplay#SHORT} shows. */
  private static final int SHORT_LIST = 20;

  private ParameterText() {}

  /** Answers null when there is nothing to be shown. */
  static @Nullable String of(List<Parameter> parameters, ParameterDisplay display) {
    if (parameters.isEmpty() || display == ParameterDisplay.HIDDEN) {
      return null;
    }
    boolean full = display == ParameterDisplay.FULL;
    int shown = full ? parameters.size() : Math.min(SHORT_LIST, parameters.size());
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < shown; i++) {
      text.append(i == 0 ? "$" : ", $").append(i + 1).append(" = ");
      value(parameters.get(i), full, text);
    }
    if (shown < parameters.size()) {
      text.append(", … (").append(parameters.size()).append(" in all)");
    }
    return text.toString();
  }

  private static void value(Parameter parameter, boolean full, StringBuilder text) {
    byte[] bytes = parameter.bytes();
    if (bytes == null) {
      text.append("NULL");
      return;
    }
    if (parameter.binary() && parameter.oid() != Oids.BYTEA) {
      text.append("(an array, ").append(bytes.length).append(" bytes)");
      return;
    }
    // Of a long value no more is decoded than may be shown.
    int read = full ? bytes.length : Math.min(bytes.length, 4 * SHORT_VALUE);
    String value =
        parameter.binary()
            ? "\\x" + HexFormat.of().formatHex(bytes, 0, read)
            : new String(bytes, 0, read, StandardCharsets.UTF_8);
    if (full || (value.length() <= SHORT_VALUE && read == bytes.length)) {
      text.append('\'').append(value.replace("'", "''")).append('\'');
    } else {
      int end = Math.min(SHORT_VALUE, value.length());
      end -= Character.isHighSurrogate(value.charAt(end - 1)) ? 1 : 0;
      text.append('\'').append(value.substring(0, end).replace("'", "''")).append("…'");
    }
  }
}
