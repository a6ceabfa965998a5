package dev.howdah.benchmarks;

/**
 * One record that every contender writes; its components are in the order of the parameters of
 * {@link Items#INSERT} and its like.
 *
 * @param bid a number
 * @param amount another number
 * @param note a short text
 * @param id the key
 */
public record Item(int bid, int amount, String note, int id) {

  static Item of(int id) {
    return new Item(id % 97, (int) (id * 7919L % 100_003), "note of item " + id, id);
  }

  /** As one line of COPY's text format. */
  void appendTo(StringBuilder text) {
    text.append(bid).append('\t').append(amount).append('\t');
    for (int i = 0; i < note.length(); i++) {
      char c = note.charAt(i);
      switch (c) {
        case '\\' -> text.append("\\\\");
        case '\t' -> text.append("\\t");
        case '\n' -> text.append("\\n");
        case '\r' -> text.append("\\r");
        default -> text.append(c);
      }
    }
    text.append('\t').append(id).append('\n');
  }
}
