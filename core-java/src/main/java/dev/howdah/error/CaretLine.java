package dev.howdah.error;

import org.jspecify.annotations.Nullable;

/**
 * The line of a statement where the server saw a problem, and a {@code ^} under the place:
 *
 * <pre>
 * LINE 2: WHERE nmae = $1
 *               ^
 * </pre>
 *
 * <p>Tabs are single blanks here, so that the caret stands right; wide characters count twice, as
 * terminals print them. A long line is cut on both sides of the place.
 */
final class CaretLine {
  /** Columns of the excerpt, so that it fits a terminal beside its label. */
  private static final int WIDTH = 72;

  /** What is shown behind the place even if the line has to be cut before it. */
  private static final int BEHIND = 12;

  /** How far from the place a line is looked at; more than is shown, whatever the widths. */
  private static final int REACH = 4 * WIDTH;

  private static final String CUT = "…";

  private final String label;
  private final String before;
  private final String after;
  private final boolean whole;

  private CaretLine(String label, String before, String after, boolean whole) {
    this.label = label;
    this.before = before;
    this.after = after;
    this.whole = whole;
  }

  /**
   * The line of a position.
   *
   * @param text the statement as it was sent
   * @param position counted in characters (code points) from 1; the place behind the last one is
   *     where a statement ends too early
   * @return null if there is no such place
   */
  static @Nullable CaretLine of(@Nullable String text, @Nullable Integer position) {
    if (text == null
        || position == null
        || position < 1
        || position - 1 > text.codePointCount(0, text.length())) {
      return null;
    }
    Secrets.Masked masked = Secrets.mask(text, text.offsetByCodePoints(0, position - 1));
    return inLine(masked.text(), masked.index());
  }

  private static CaretLine inLine(String text, int index) {
    int start = index;
    while (start > 0 && !isLineEnd(text.charAt(start - 1))) {
      start--;
    }
    int end = index;
    while (end < text.length() && !isLineEnd(text.charAt(end))) {
      end++;
    }
    String label = "LINE " + lineNumber(text, start) + ": ";
    boolean whole = start == 0 && text.substring(end).isBlank();
    int far = Math.min(end, index + REACH);
    int near = Math.max(start, index - REACH);
    boolean split = near > start && Character.isLowSurrogate(text.charAt(near));
    int[] line = text.substring(split ? near + 1 : near, far).codePoints().toArray();
    int at = text.codePointCount(split ? near + 1 : near, index);
    return cut(label, line, at, near > start, far < end, whole);
  }

  private static CaretLine cut(
      String label, int[] line, int at, boolean moreBefore, boolean moreAfter, boolean whole) {
    int behind = at;
    for (int shown = 0; behind < line.length && shown < BEHIND; behind++) {
      shown += width(line[behind]);
    }
    int shown = 0;
    int from = behind;
    while (from > 0 && shown + width(line[from - 1]) <= WIDTH) {
      shown += width(line[--from]);
    }
    int to = behind;
    while (to < line.length && shown + width(line[to]) <= WIDTH) {
      shown += width(line[to++]);
    }
    boolean cutBefore = moreBefore || from > 0;
    boolean cutAfter = moreAfter || to < line.length;
    return new CaretLine(
        label,
        (cutBefore ? CUT : "") + printed(line, from, at),
        printed(line, at, to) + (cutAfter ? CUT : ""),
        whole && !cutBefore && !cutAfter);
  }

  private static String printed(int[] line, int from, int to) {
    StringBuilder text = new StringBuilder(to - from);
    for (int i = from; i < to; i++) {
      text.appendCodePoint(Character.isISOControl(line[i]) ? ' ' : line[i]);
    }
    return text.toString();
  }

  /** Counts as editors do: a carriage return and its newline are one end of a line. */
  private static int lineNumber(String text, int start) {
    int number = 1;
    for (int i = 0; i < start; i++) {
      boolean paired = text.charAt(i) == '\r' && i + 1 < start && text.charAt(i + 1) == '\n';
      if (isLineEnd(text.charAt(i)) && !paired) {
        number++;
      }
    }
    return number;
  }

  private static boolean isLineEnd(char c) {
    return c == '\n' || c == '\r';
  }

  /** Columns of a terminal: none for marks that combine, two for what East Asia writes square. */
  private static int width(int character) {
    return switch (Character.getType(character)) {
      case Character.NON_SPACING_MARK, Character.ENCLOSING_MARK, Character.FORMAT -> 0;
      default -> isWide(character) ? 2 : 1;
    };
  }

  private static boolean isWide(int c) {
    return c >= 0x1100
        && (c <= 0x115F
            || (c >= 0x2E80 && c <= 0xA4CF && c != 0x303F)
            || (c >= 0xAC00 && c <= 0xD7A3)
            || (c >= 0xF900 && c <= 0xFAFF)
            || (c >= 0xFE30 && c <= 0xFE6F)
            || (c >= 0xFF01 && c <= 0xFF60)
            || (c >= 0xFFE0 && c <= 0xFFE6)
            || (c >= 0x1F300 && c <= 0x1F64F)
            || (c >= 0x1F900 && c <= 0x1F9FF)
            || (c >= 0x20000 && c <= 0x3FFFD));
  }

  /** Whether the line is all there is of the statement. */
  boolean isWhole() {
    return whole;
  }

  /** Two lines, the second with the caret. */
  @Override
  public String toString() {
    int column = label.length() + before.codePoints().map(CaretLine::width).sum();
    return label + before + after + "\n" + " ".repeat(column) + "^";
  }
}
