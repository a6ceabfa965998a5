package dev.howdah.row;

import java.lang.reflect.Array;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Prints rows for people: every value shortened, and the whole bounded, so that a log line with a
 * row in it stays a line whatever the row holds.
 */
final class RowText {

  private static final int TEXT_SHOWN = 200;
  private static final int BYTES_SHOWN = 16;
  private static final int ELEMENTS_SHOWN = 20;

  /** Nothing new is begun after this many characters; what has begun is finished, shortened. */
  private static final int ROW_SHOWN = 2_000;

  private final StringBuilder text = new StringBuilder();

  private RowText() {}

  /** {@code {user_id=1, user_name=Anna}}. */
  static String of(List<String> names, @Nullable Object[] values) {
    RowText row = new RowText();
    row.text.append('{');
    for (int i = 0; i < values.length; i++) {
      row.text.append(i == 0 ? "" : ", ");
      if (row.isFull()) {
        row.more(values.length, "columns");
        break;
      }
      row.shortened(names.get(i));
      row.text.append('=');
      row.value(values[i]);
    }
    return row.text.append('}').toString();
  }

  private boolean isFull() {
    return text.length() >= ROW_SHOWN;
  }

  private void more(int count, String what) {
    text.append("… (").append(count).append(' ').append(what).append(')');
  }

  private void value(@Nullable Object value) {
    if (value instanceof byte[] bytes) {
      bytes(bytes);
    } else if (value instanceof List<?> list) {
      elements(list.iterator(), list.size());
    } else if (value instanceof Map<?, ?> map) {
      entries(map);
    } else if (value != null && value.getClass().isArray()) {
      elements(
          new Iterator<>() {
            private int next;

            @Override
            public boolean hasNext() {
              return next < Array.getLength(value);
            }

            @Override
            public @Nullable Object next() {
              return Array.get(value, next++);
            }
          },
          Array.getLength(value));
    } else {
      shortened(String.valueOf(value));
    }
  }

  private void bytes(byte[] bytes) {
    int shown = Math.min(bytes.length, BYTES_SHOWN);
    text.append("\\x").append(HexFormat.of().formatHex(bytes, 0, shown));
    if (shown < bytes.length) {
      more(bytes.length, "bytes");
    }
  }

  private void elements(Iterator<?> elements, int size) {
    text.append('[');
    for (int i = 0; i < size; i++) {
      text.append(i == 0 ? "" : ", ");
      if (i == ELEMENTS_SHOWN || isFull()) {
        more(size, "elements");
        break;
      }
      value(elements.next());
    }
    text.append(']');
  }

  private void entries(Map<?, ?> map) {
    text.append('{');
    int shown = 0;
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      text.append(shown == 0 ? "" : ", ");
      if (shown++ == ELEMENTS_SHOWN || isFull()) {
        more(map.size(), "entries");
        break;
      }
      shortened(String.valueOf(entry.getKey()));
      text.append('=');
      value(entry.getValue());
    }
    text.append('}');
  }

  private void shortened(String full) {
    if (full.length() <= TEXT_SHOWN) {
      text.append(full);
      return;
    }
    int end = Character.isHighSurrogate(full.charAt(TEXT_SHOWN - 1)) ? TEXT_SHOWN - 1 : TEXT_SHOWN;
    text.append(full, 0, end);
    more(full.length(), "characters");
  }
}
