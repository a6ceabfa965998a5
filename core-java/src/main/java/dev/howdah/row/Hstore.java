package dev.howdah.row;

import dev.howdah.error.ClientException.MappingFailure;
import dev.howdah.error.ClientException.WrongArguments;
import java.util.AbstractMap;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A value of the extension type {@code hstore}: texts by their keys, where a value may be null.
 *
 * <p>It is a map, and as an argument it is told apart from other maps, which stand for JSON.
 * Immutable and safe to use from any thread.
 */
public final class Hstore extends AbstractMap<String, @Nullable String> {
  private final Map<String, @Nullable String> entries;

  private Hstore(Map<String, @Nullable String> entries) {
    this.entries = Collections.unmodifiableMap(entries);
  }

  /**
   * Copies a map.
   *
   * @throws WrongArguments if a key is null
   */
  public static Hstore of(Map<String, ? extends @Nullable String> map) {
    Map<String, @Nullable String> copy = new LinkedHashMap<>(map);
    if (copy.containsKey(null)) {
      throw new WrongArguments("a key of an hstore cannot be null");
    }
    return new Hstore(copy);
  }

  /**
   * Reads the text the server prints: {@code "a"=>"1", "b"=>NULL}.
   *
   * @throws MappingFailure if the text is not that of an hstore; the message gives the position and
   *     never the text
   */
  public static Hstore parse(String text) {
    Map<String, @Nullable String> entries = new LinkedHashMap<>();
    Reader reader = new Reader(text);
    while (reader.at < text.length()) {
      if (!entries.isEmpty()) {
        reader.expect(", ");
      }
      String key = reader.quoted();
      reader.expect("=>");
      entries.put(key, reader.value());
    }
    return new Hstore(entries);
  }

  @Override
  public Set<Entry<String, @Nullable String>> entrySet() {
    return entries.entrySet();
  }

  @Override
  public @Nullable String get(@Nullable Object key) {
    return entries.get(key);
  }

  @Override
  public boolean containsKey(@Nullable Object key) {
    return entries.containsKey(key);
  }

  /** As PostgreSQL prints it. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    entries.forEach(
        (key, value) -> {
          quote(key, text.append(text.isEmpty() ? "" : ", "));
          text.append("=>");
          if (value == null) {
            text.append("NULL");
          } else {
            quote(value, text);
          }
        });
    return text.toString();
  }

  private static void quote(String part, StringBuilder to) {
    to.append('"');
    for (int i = 0; i < part.length(); i++) {
      char c = part.charAt(i);
      if (c == '"' || c == '\\') {
        to.append('\\');
      }
      to.append(c);
    }
    to.append('"');
  }

  /** One pass over one text. */
  private static final class Reader {
    private final String text;
    private int at;

    Reader(String text) {
      this.text = text;
    }

    String quoted() {
      expect("\"");
      StringBuilder part = new StringBuilder();
      while (at < text.length()) {
        char c = text.charAt(at++);
        if (c == '"') {
          return part.toString();
        }
        if (c == '\\' && at < text.length()) {
          c = text.charAt(at++);
        }
        part.append(c);
      }
      throw unreadable();
    }

    @Nullable String value() {
      if (text.startsWith("NULL", at)) {
        at += 4;
        return null;
      }
      return quoted();
    }

    void expect(String wanted) {
      if (!text.startsWith(wanted, at)) {
        throw unreadable();
      }
      at += wanted.length();
    }

    private MappingFailure unreadable() {
      return new MappingFailure("an hstore cannot be read, near position " + at);
    }
  }
}
