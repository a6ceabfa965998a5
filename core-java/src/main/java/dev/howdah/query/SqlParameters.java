package dev.howdah.query;

import dev.howdah.error.ClientException.WrongArguments;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Collects the parameters of one text and rewrites named ones to {@code $n}. One thread. */
final class SqlParameters {
  /** The protocol counts parameters in 16 bits. */
  static final int MOST = 65_535;

  /** How many missing numbers an error lists. */
  private static final int SHOWN = 10;

  private final String text;
  private final BitSet positions = new BitSet();
  private final Map<String, Integer> numbers = new HashMap<>();
  private final List<String> names = new ArrayList<>();
  private final List<Place> places = new ArrayList<>();

  /** Where a name stands, and its number. */
  private record Place(int start, int end, int number) {}

  SqlParameters(String text) {
    this.text = text;
  }

  /** Takes a {@code $n}. */
  void position(SqlLexer token) {
    String digits = token.token().substring(1);
    int number = numberOf(digits);
    if (number == 0) {
      throw wrong("parameters count from $1, the text holds $" + digits);
    }
    if (number > MOST) {
      throw wrong("a statement has " + MOST + " parameters at most, the text holds $" + digits);
    }
    if (!names.isEmpty()) {
      throw mixed(number, names.get(0));
    }
    positions.set(number);
  }

  /** Takes a {@code :name}. */
  void name(SqlLexer token) {
    String name = token.token().substring(1);
    if (!positions.isEmpty()) {
      throw mixed(positions.nextSetBit(0), name);
    }
    Integer known = numbers.get(name);
    if (known == null) {
      if (names.size() == MOST) {
        throw wrong("a statement has " + MOST + " parameters at most, the text holds more names");
      }
      names.add(name);
      known = names.size();
      numbers.put(name, known);
    }
    places.add(new Place(token.start(), token.end(), known));
  }

  /** Checks that no number is left out, once the text is at its end. */
  void check() {
    if (positions.cardinality() == positions.length() - 1 || positions.isEmpty()) {
      return; // bit 0 is never set
    }
    List<String> missing = new ArrayList<>();
    for (int gap = positions.nextClearBit(1);
        gap < positions.length() && missing.size() < SHOWN;
        gap = positions.nextClearBit(gap + 1)) {
      missing.add("$" + gap);
    }
    int left = positions.length() - 1 - positions.cardinality() - missing.size();
    throw wrong(
        "the text holds $"
            + (positions.length() - 1)
            + " but not "
            + String.join(", ", missing)
            + (left > 0 ? " and " + left + " more" : "")
            + "; number the parameters without a gap");
  }

  int count() {
    return names.isEmpty() ? positions.cardinality() : names.size();
  }

  List<String> names() {
    return List.copyOf(names);
  }

  /** The text, or one as long as it, with {@code $n} only. */
  String rewritten(String source) {
    if (places.isEmpty()) {
      return source;
    }
    StringBuilder rewritten = new StringBuilder(source.length());
    int copied = 0;
    for (Place place : places) {
      rewritten.append(source, copied, place.start()).append('$').append(place.number());
      copied = place.end();
    }
    return rewritten.append(source, copied, source.length()).toString();
  }

  private static int numberOf(String digits) {
    int number = 0;
    for (int i = 0; i < digits.length() && number <= MOST; i++) {
      number = number * 10 + digits.charAt(i) - '0';
    }
    return number;
  }

  private WrongArguments mixed(int number, String name) {
    return wrong(
        "the text mixes positional parameters ($"
            + number
            + ") with named ones (:"
            + name
            + "); use one kind");
  }

  private WrongArguments wrong(String message) {
    return new WrongArguments(message, null, text);
  }
}
