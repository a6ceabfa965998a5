package dev.howdah.config;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Server settings sent when a connection starts; names ignore case, as the server does.
 *
 * @param values the settings
 * @param optionsSeen whether a place of higher rank already gave libpq's {@code options}
 * @param fallbackName the application's name if nobody gives one
 */
record Settings(
    SortedMap<String, String> values, boolean optionsSeen, @Nullable String fallbackName) {
  static final String APPLICATION_NAME = "application_name";
  static final Settings NONE = new Settings(Collections.emptySortedMap(), false, null);

  private static final Pattern SWITCH = Pattern.compile("(?s)(?:-c|--)([A-Za-z_][^=\\s]*)=(.*)");

  Settings {
    SortedMap<String, String> copy = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    copy.putAll(values);
    values = Collections.unmodifiableSortedMap(copy);
  }

  Settings with(String name, String value) {
    SortedMap<String, String> more = copy();
    // The old key would keep its spelling.
    more.remove(name);
    more.put(name, value);
    return new Settings(more, optionsSeen, fallbackName);
  }

  Settings orElse(String name, String value) {
    return values.containsKey(name) ? this : with(name, value);
  }

  Settings orElseFallbackName(@Nullable String name) {
    return new Settings(values, optionsSeen, fallbackName == null ? name : fallbackName);
  }

  /**
   * Returns these with libpq's {@code options} below them: {@code -c name=value} and {@code
   * --name=value} become settings; everything else, such as a hosted server's {@code endpoint=…},
   * goes on as the start-up parameter {@code options}.
   */
  Settings orElseOptions(String options) {
    if (optionsSeen) {
      return this;
    }
    Settings filled = new Settings(values, true, fallbackName);
    StringBuilder rest = new StringBuilder();
    List<String> words = words(options);
    for (int i = 0; i < words.size(); i++) {
      boolean apart = words.get(i).equals("-c") && i + 1 < words.size();
      String word = apart ? "-c" + words.get(++i) : words.get(i);
      Matcher setting = SWITCH.matcher(word);
      if (setting.matches()) {
        String name = setting.group(1).replace('-', '_').toLowerCase(Locale.ROOT);
        // Of two switches the last counts; but what was there before them counts more.
        filled = values.containsKey(name) ? filled : filled.with(name, setting.group(2));
      } else {
        rest.append(rest.isEmpty() ? "" : " ").append(escaped(word));
      }
    }
    return rest.isEmpty() ? filled : filled.orElse("options", rest.toString());
  }

  /** Returns these with the application's name for certain. */
  Settings named(String defaultName) {
    return orElse(APPLICATION_NAME, fallbackName == null ? defaultName : fallbackName);
  }

  private SortedMap<String, String> copy() {
    SortedMap<String, String> copy = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    copy.putAll(values);
    return copy;
  }

  /** Splits at spaces as the server does: a backslash takes the next character as it is. */
  private static List<String> words(String options) {
    List<String> words = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    boolean inWord = false;
    for (int i = 0; i < options.length(); i++) {
      char c = options.charAt(i);
      if (Character.isWhitespace(c)) {
        if (inWord) {
          words.add(word.toString());
          word.setLength(0);
        }
        inWord = false;
      } else {
        boolean escape = c == '\\' && i + 1 < options.length();
        word.append(escape ? options.charAt(++i) : c);
        inWord = true;
      }
    }
    if (inWord) {
      words.add(word.toString());
    }
    return words;
  }

  private static String escaped(String word) {
    return word.replaceAll("([\\s\\\\])", "\\\\$1");
  }
}
