package dev.howdah.query;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Remembers the texts used lately, in two generations: what is still in use when the young one is
 * full moves over, the rest is forgotten with the old one. Reading takes no lock. Thread-safe.
 */
final class ParsedSqlCache {
  /** Longer texts are data rather than statements: they hardly ever come twice. */
  static final int LONGEST = 64 * 1024;

  private static final int MOST_TEXTS = 1_024;

  /** Characters of all texts in one generation; bounds memory where the texts are long. */
  private static final int MOST_CHARACTERS = 2 * 1024 * 1024;

  private volatile Map<String, ParsedSql> young = new ConcurrentHashMap<>();
  private volatile Map<String, ParsedSql> old = new ConcurrentHashMap<>();
  private int characters;

  ParsedSql get(String text) {
    ParsedSql known = young.get(text);
    if (known != null) {
      return known;
    }
    ParsedSql found = old.get(text);
    ParsedSql parsed = found == null ? ParsedSql.parse(text) : found;
    if (text.length() <= LONGEST) {
      keep(text, parsed);
    }
    return parsed;
  }

  /** How many texts are remembered, at most twice the bound of one generation. */
  int size() {
    return young.size() + old.size();
  }

  private synchronized void keep(String text, ParsedSql parsed) {
    if (young.size() >= MOST_TEXTS || characters >= MOST_CHARACTERS) {
      old = young;
      young = new ConcurrentHashMap<>();
      characters = 0;
    }
    if (young.putIfAbsent(text, parsed) == null) {
      characters += text.length();
    }
  }
}
