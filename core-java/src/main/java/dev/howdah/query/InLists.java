package dev.howdah.query;

import dev.howdah.query.SqlLexer.Kind;
import java.util.BitSet;

/** Which parameters are all there is in the brackets of an IN: {@code id NOT IN ($1)}. */
final class InLists {
  private InLists() {}

  /** The numbers of those parameters, from 1. */
  static BitSet of(String sql) {
    BitSet found = new BitSet();
    SqlLexer lexer = new SqlLexer(sql);
    int matched = 0;
    int number = 0;
    while (lexer.next() != Kind.END) {
      if (lexer.kind() == Kind.WORD && lexer.token().equalsIgnoreCase("IN")) {
        matched = 1;
      } else if (matched == 1 && lexer.kind() == Kind.OPEN) {
        matched = 2;
      } else if (matched == 2 && lexer.kind() == Kind.PARAMETER) {
        number = Integer.parseInt(lexer.token().substring(1));
        matched = 3;
      } else {
        if (matched == 3 && lexer.kind() == Kind.CLOSE) {
          found.set(number);
        }
        matched = 0;
      }
    }
    return found;
  }
}
