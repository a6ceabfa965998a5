package dev.howdah.query;

import dev.howdah.error.ClientException.WrongArguments;
import dev.howdah.schema.Identifiers;
import dev.howdah.schema.Literals;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A format with its options. Immutable; a combination that the server would refuse is refused when
 * it is made.
 *
 * <p>The value of an option is a text, a character (a literal), a list of columns, or a word of
 * ours.
 */
final class CopyOptions {
  /** What would read as something else in the text format. */
  private static final String TEXT_MEANINGS = "\\.abcdefghijklmnopqrstuvwxyz0123456789";

  static final Word TRUE = new Word("true");

  private final CopyFormat format;
  private final Map<CopyOption, Object> values;

  /** A word that is written as it is. */
  record Word(String sql) {}

  private CopyOptions(CopyFormat format, Map<CopyOption, Object> values) {
    this.format = format;
    this.values = values;
  }

  static CopyOptions of(CopyFormat format) {
    return new CopyOptions(format, Map.of());
  }

  CopyFormat format() {
    return format;
  }

  /** The same options in another format. */
  CopyOptions in(CopyFormat other) {
    CopyOptions options = of(other);
    for (Map.Entry<CopyOption, Object> entry : values.entrySet()) {
      options = options.with(entry.getKey(), entry.getValue());
    }
    return options;
  }

  CopyOptions with(CopyOption option, @Nullable Object value) {
    if (value == null) {
      throw new WrongArguments("COPY's " + option + " must not be null");
    }
    if (!option.fits(format)) {
      throw new WrongArguments(
          "COPY's "
              + option
              + " goes with "
              + option.formats()
              + "; the format here is "
              + format.sql());
    }
    Map<CopyOption, Object> more = new EnumMap<>(CopyOption.class);
    more.putAll(values);
    more.put(option, value);
    CopyOptions options = new CopyOptions(format, Collections.unmodifiableMap(more));
    options.check();
    return options;
  }

  /** As {@link #with}, for a list of columns. */
  CopyOptions withColumns(CopyOption option, String... columns) {
    return with(option, names(option.toString(), columns));
  }

  /** Names of columns, checked. */
  static List<String> names(String what, String... columns) {
    if (columns == null) {
      throw new WrongArguments("COPY's " + what + " columns must not be null");
    }
    for (String column : columns) {
      if (column == null) {
        throw new WrongArguments("one of COPY's " + what + " columns is null");
      }
      Identifiers.check(column, "column name");
    }
    List<String> names = List.of(columns);
    for (int i = 0; i < names.size(); i++) {
      if (names.indexOf(names.get(i)) < i) {
        throw new WrongArguments(
            "COPY's " + what + " names column '" + names.get(i) + "' more than once");
      }
    }
    return names;
  }

  private void check() {
    char delimiter = character(CopyOption.DELIMITER, format.delimiter);
    char quote = character(CopyOption.QUOTE, '"');
    character(CopyOption.ESCAPE, '"');
    if (delimiter == '\n' || delimiter == '\r') {
      throw new WrongArguments("COPY's DELIMITER cannot be a line break");
    }
    if (format == CopyFormat.TEXT && TEXT_MEANINGS.indexOf(delimiter) >= 0) {
      throw new WrongArguments(
          "COPY's DELIMITER cannot be '"
              + delimiter
              + "' in the text format, where it has a meaning; use another one, or csv");
    }
    if (format == CopyFormat.CSV && delimiter == quote) {
      throw new WrongArguments("COPY's DELIMITER and QUOTE are both '" + quote + "'");
    }
    String nullText = marker(CopyOption.NULL, format.nullText, delimiter, quote);
    String defaultText = marker(CopyOption.DEFAULT, "", delimiter, quote);
    if (values.containsKey(CopyOption.DEFAULT) && nullText.equals(defaultText)) {
      throw new WrongArguments(
          "COPY's NULL and DEFAULT are both '" + nullText + "': nothing could tell them apart");
    }
    if (values.containsKey(CopyOption.REJECT_LIMIT) && !values.containsKey(CopyOption.ON_ERROR)) {
      throw new WrongArguments(
          "COPY's REJECT_LIMIT counts the rows that are skipped; call ignoreErrors() first");
    }
  }

  private char character(CopyOption option, char otherwise) {
    Object value = values.get(option);
    if (value == null) {
      return otherwise;
    }
    char c = (Character) value;
    if (c == 0 || c > 0x7f) {
      throw new WrongArguments(
          "COPY's " + option + " must be one ASCII character, it is U+" + hex(c));
    }
    return c;
  }

  private static String hex(char c) {
    return String.format("%04X", (int) c);
  }

  /** What stands for a value in the data: it must be read as one. */
  private String marker(CopyOption option, String otherwise, char delimiter, char quote) {
    Object value = values.get(option);
    if (value == null) {
      return otherwise;
    }
    String text = (String) value;
    if (text.indexOf('\n') >= 0 || text.indexOf('\r') >= 0) {
      throw new WrongArguments("COPY's " + option + " text cannot hold a line break");
    }
    if (text.indexOf(delimiter) >= 0) {
      throw new WrongArguments("COPY's " + option + " text cannot hold the delimiter");
    }
    if (format == CopyFormat.CSV && text.indexOf(quote) >= 0) {
      throw new WrongArguments("COPY's " + option + " text cannot hold the quote character");
    }
    return text;
  }

  /** Refuses options on columns that are not copied; of none, all are. */
  void checkColumns(List<String> copied) {
    if (copied.isEmpty()) {
      return;
    }
    for (Map.Entry<CopyOption, Object> entry : values.entrySet()) {
      if (entry.getValue() instanceof List<?> named
          && !new HashSet<Object>(copied).containsAll(named)) {
        throw new WrongArguments(
            "COPY's "
                + entry.getKey()
                + " names "
                + named
                + ", the columns that are copied are "
                + copied);
      }
    }
  }

  /** {@code FORMAT csv, DELIMITER ';'}. */
  void write(StringBuilder sql) {
    sql.append("FORMAT ").append(format.sql());
    values.forEach(
        (option, value) -> {
          sql.append(", ").append(option).append(' ');
          write(sql, option, value);
        });
  }

  private static void write(StringBuilder sql, CopyOption option, Object value) {
    if (value instanceof Word word) {
      sql.append(word.sql());
    } else if (value instanceof List<?> columns) {
      sql.append(
          columns.isEmpty()
              ? "*"
              : "(" + Identifiers.quoteAll(columns.stream().map(String::valueOf).toList()) + ")");
    } else {
      sql.append(Literals.quote(value.toString(), "COPY's " + option));
    }
  }
}
