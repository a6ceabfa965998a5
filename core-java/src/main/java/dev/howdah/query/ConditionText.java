package dev.howdah.query;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes conditions for people: in logs and in a debugger. Never sent. */
final class ConditionText {
  private static final int LISTED = 20;

  private ConditionText() {}

  static String of(Condition condition, boolean values) {
    if (condition instanceof ColumnTest test) {
      return test.column() + " " + comparison(test.comparison(), values);
    }
    if (condition instanceof Negation negation) {
      return "NOT (" + of(negation.inner(), values) + ")";
    }
    if (condition instanceof RawCondition raw) {
      return raw.sql().text() + (values ? shown(raw.sql().arguments(), "") : "");
    }
    Junction junction = (Junction) condition;
    if (junction.parts().isEmpty()) {
      return junction.and() ? "every row" : "no row";
    }
    List<String> parts = new ArrayList<>();
    for (Condition part : junction.parts()) {
      parts.add(part instanceof Junction ? "(" + of(part, values) + ")" : of(part, values));
    }
    return String.join(junction.and() ? " AND " : " OR ", parts);
  }

  private static String comparison(Comparison comparison, boolean values) {
    Operator operator = comparison.operator();
    if (!values || operator == Operator.IS_NULL || operator == Operator.IS_NOT_NULL) {
      return comparison.toString();
    }
    List<@Nullable Object> operands = comparison.operands();
    return switch (operator) {
      case IN, NOT_IN -> operator.sql + shown(operands, " ");
      case BETWEEN -> "BETWEEN " + value(operands.get(0)) + " AND " + value(operands.get(1));
      default -> operator.sql + " " + value(operands.get(0));
    };
  }

  private static String shown(List<@Nullable Object> values, String before) {
    if (values.isEmpty() && before.isEmpty()) {
      return "";
    }
    List<String> texts = new ArrayList<>();
    for (Object value : values.subList(0, Math.min(LISTED, values.size()))) {
      texts.add(value(value));
    }
    if (values.size() > LISTED) {
      texts.add("… " + (values.size() - LISTED) + " more");
    }
    return before + "(" + String.join(", ", texts) + ")";
  }

  private static String value(@Nullable Object value) {
    if (value instanceof CharSequence || value instanceof Character) {
      return "'" + value + "'";
    }
    if (value instanceof byte[] bytes) {
      return bytes.length + " bytes";
    }
    return value instanceof Object[] array ? Arrays.deepToString(array) : String.valueOf(value);
  }
}
