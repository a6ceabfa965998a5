package dev.howdah.query;

import dev.howdah.error.ClientException.WrongArguments;
import dev.howdah.schema.DefaultValue;
import dev.howdah.schema.TableColumn;
import dev.howdah.schema.TableColumn.ElementType;
import dev.howdah.schema.TableColumn.ValueType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Writes what an update puts into columns. */
final class AssignmentWriter {
  private static final int TEXT = 25;
  private static final int NUMERIC = 1700;

  private AssignmentWriter() {}

  /** {@code "a" = $1, "b" = "b" + $2, …} and the columns that change with every update. */
  static void assignments(
      SqlWriter out, Assignments assignments, Map<String, DefaultValue> onUpdate) {
    String separator = "";
    for (Map.Entry<String, @Nullable Object> entry : assignments.values().entrySet()) {
      TableColumn column = out.table().column(entry.getKey());
      out.words(separator).name(column.name()).words(" = ");
      Object value = entry.getValue();
      if (value instanceof Expression expression) {
        expression(out, column, expression);
      } else {
        out.stored(column, value);
      }
      separator = ", ";
    }
    onUpdate(out, assignments.values().keySet(), onUpdate, separator);
  }

  /** The columns with an on-update value that are not given. */
  static void onUpdate(
      SqlWriter out, Set<String> given, Map<String, DefaultValue> onUpdate, String separator) {
    for (Map.Entry<String, DefaultValue> entry : onUpdate.entrySet()) {
      if (!given.contains(entry.getKey()) && out.table().has(entry.getKey())) {
        TableColumn column = out.table().column(entry.getKey());
        out.words(separator).name(column.name()).words(" = ");
        String sql = entry.getValue().sql();
        if (sql == null) {
          out.value(column, entry.getValue().value());
        } else {
          out.fragment(new SqlFragment(sql));
        }
        separator = ", ";
      }
    }
  }

  private static void expression(SqlWriter out, TableColumn column, Expression expression) {
    Object operand = expression.operand();
    switch (expression.kind()) {
      case PLUS -> arithmetic(out, column, " + ", operand);
      case MINUS -> arithmetic(out, column, " - ", operand);
      case TIMES -> arithmetic(out, column, " * ", operand);
      case CONCAT -> concat(out, column, operand);
      case APPEND -> {
        out.words("array_append(").name(column.name()).words(", ");
        out.value(column, element(out, column, "append").oid(), operand).words(")");
      }
      case REMOVE -> remove(out, column, operand);
    }
  }

  private static void arithmetic(
      SqlWriter out, TableColumn column, String operator, @Nullable Object operand) {
    out.name(column.name()).words(operator);
    ValueType type = column.valueType();
    if (type.category() != 'N' && !(operand instanceof SqlFragment)) {
      out.argument(operand); // a date plus days, a time plus a duration: the value knows its type
    } else if (isWhole(type) && operand instanceof Number number && isFraction(number)) {
      out.value(column, NUMERIC, number);
    } else {
      out.value(column, operand);
    }
  }

  private static void concat(SqlWriter out, TableColumn column, @Nullable Object operand) {
    ValueType type = column.valueType();
    if (type.oid() == Values.JSON) {
      out.words("CAST(CAST(").name(column.name()).words(" AS jsonb) || ");
      out.value(column, Values.JSONB, operand).words(" AS json)");
      return;
    }
    out.name(column.name()).words(" || ");
    out.value(column, type.category() == 'S' ? TEXT : type.oid(), operand);
  }

  private static void remove(SqlWriter out, TableColumn column, @Nullable Object operand) {
    if (column.valueType().oid() == Values.JSONB) {
      out.name(column.name()).words(" - ");
      out.argument(new Typed(TEXT, operand, "key of column '" + column.name() + "'"));
      return;
    }
    out.words("array_remove(").name(column.name()).words(", ");
    out.value(column, element(out, column, "remove").oid(), operand).words(")");
  }

  private static ElementType element(SqlWriter out, TableColumn column, String verb) {
    ElementType element = column.valueType().element();
    if (element == null) {
      throw new WrongArguments(
          verb
              + "(…) works on arrays, column '"
              + column.name()
              + "' of table '"
              + out.table().name()
              + "' is "
              + column.typeName());
    }
    return element;
  }

  private static boolean isWhole(ValueType type) {
    return type.oid() == 20 || type.oid() == 21 || type.oid() == 23;
  }

  private static boolean isFraction(Number number) {
    return !(number instanceof Long
        || number instanceof Integer
        || number instanceof Short
        || number instanceof Byte
        || number instanceof BigInteger
        || (number instanceof BigDecimal decimal && decimal.stripTrailingZeros().scale() <= 0));
  }
}
