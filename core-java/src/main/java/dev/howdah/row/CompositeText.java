package dev.howdah.row;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The text form of a PostgreSQL composite value, such as {@code (1,,"a b")}: its attributes' texts
 * in order, without their names.
 *
 * <p>Pure and safe to use from any thread.
 */
public final class CompositeText {
  private static final String SPECIAL = "(),";

  private CompositeText() {}

  /**
   * Reads the attributes.
   *
   * @return an immutable list, unquoted; null stands for NULL
   * @throws IllegalArgumentException if the text is not a well-formed composite; the message gives
   *     the offset and never the content
   */
  public static List<@Nullable String> parse(String text) {
    FieldReader reader = new FieldReader(text);
    List<@Nullable String> fields = new ArrayList<>();
    try {
      reader.skipSpaces();
      if (reader.next() != '(') {
        throw new IllegalArgumentException("expected '('");
      }
      if (reader.peek() == ')') {
        reader.next();
      } else {
        do {
          fields.add(reader.field(")"));
        } while (reader.next() == ',');
      }
      reader.skipSpaces();
      if (!reader.atEnd()) {
        throw new IllegalArgumentException("text after the closing parenthesis");
      }
    } catch (IllegalArgumentException malformed) {
      throw new IllegalArgumentException(
          "not the text of a PostgreSQL composite: "
              + malformed.getMessage()
              + " at offset "
              + reader.position());
    }
    return Collections.unmodifiableList(fields);
  }

  /**
   * Writes attributes, quoted where the server would quote them.
   *
   * @param fields their texts; null stands for NULL
   */
  public static String write(List<@Nullable String> fields) {
    StringBuilder text = new StringBuilder("(");
    for (int i = 0; i < fields.size(); i++) {
      if (i > 0) {
        text.append(',');
      }
      String field = fields.get(i);
      if (field != null) {
        FieldReader.write(field, SPECIAL, text);
      }
    }
    return text.append(')').toString();
  }
}
