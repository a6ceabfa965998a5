package dev.howdah.query;

import dev.howdah.error.ClientException.WrongArguments;
import dev.howdah.schema.TableColumn;
import dev.howdah.schema.TableColumn.ElementType;
import dev.howdah.schema.TableColumn.ValueType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes conditions on a live table as SQL. */
final class ConditionWriter {
  private static final int TEXT = 25;
  private static final int TEXT_ARRAY = 1009;

  private final SqlWriter out;

  private ConditionWriter(SqlWriter out) {
    this.out = out;
  }

  /** Writes {@code " WHERE …"}, or nothing where every row is meant. */
  static void where(SqlWriter out, Condition condition, @Nullable Runnable further) {
    condition.columns().forEach(out.table()::column); // also those that do not matter in the end
    boolean every = ConditionFacts.truth(condition) == Truth.TRUE;
    if (every && further == null) {
      return;
    }
    out.words(" WHERE ");
    if (!every) {
      ConditionWriter writer = new ConditionWriter(out);
      if (further == null) {
        writer.condition(condition);
      } else {
        writer.inner(condition);
        out.words(" AND ");
      }
    }
    if (further != null) {
      further.run();
    }
  }

  private void condition(Condition condition) {
    Truth truth = ConditionFacts.truth(condition);
    if (truth != Truth.DEPENDS) {
      out.words(truth.name());
    } else if (condition instanceof ColumnTest test) {
      test(out.table().column(test.column()), test.comparison());
    } else if (condition instanceof Negation negation) {
      out.words("NOT (");
      condition(negation.inner());
      out.words(")");
    } else if (condition instanceof RawCondition raw) {
      out.words("(").fragment(raw.sql()).words(")");
    } else if (condition instanceof Junction junction) {
      junction(junction);
    }
  }

  private void junction(Junction junction) {
    List<Condition> parts = new ArrayList<>();
    for (Condition part : junction.parts()) {
      if (ConditionFacts.truth(part) == Truth.DEPENDS) {
        parts.add(part); // the others are neutral here, or the whole would not depend
      }
    }
    if (parts.size() == 1) {
      condition(parts.get(0));
      return;
    }
    String separator = "";
    for (Condition part : parts) {
      out.words(separator);
      inner(part);
      separator = junction.and() ? " AND " : " OR ";
    }
  }

  /** A condition between AND or OR. */
  private void inner(Condition condition) {
    if (condition instanceof Junction) {
      out.words("(");
      condition(condition);
      out.words(")");
    } else {
      condition(condition);
    }
  }

  private void test(TableColumn column, Comparison comparison) {
    Operator operator = comparison.operator();
    switch (operator) {
      case IS -> is(column, comparison.operand());
      case EQUAL, NOT_EQUAL, DIFFERS -> equality(column, operator, comparison.operand());
      case LESS, AT_MOST, GREATER, AT_LEAST -> compare(column, operator, comparison.operand());
      case LIKE, NOT_LIKE, ILIKE, NOT_ILIKE -> {
        out.name(column.name()).words(" " + operator.sql + " ");
        out.value(column, TEXT, comparison.operand());
      }
      case IN, NOT_IN -> in(column, operator == Operator.NOT_IN, comparison.operands());
      case BETWEEN -> {
        comparable(column).words(" BETWEEN ");
        bound(column, comparison.operands().get(0)).words(" AND ");
        bound(column, comparison.operands().get(1));
      }
      case IS_NULL, IS_NOT_NULL -> out.name(column.name()).words(" " + operator.sql);
      case CONTAINS, CONTAINED_BY, OVERLAPS -> holds(column, operator, comparison.operand());
      case HAS_ELEMENT -> hasElement(column, comparison.operand());
      case HAS_KEY, HAS_ANY_KEY, HAS_ALL_KEYS -> {
        comparable(column).words(" " + operator.sql + " ");
        int oid = operator == Operator.HAS_KEY ? TEXT : TEXT_ARRAY;
        out.argument(new Typed(oid, comparison.operand(), "key of column '" + column.name() + "'"));
      }
    }
  }

  private void is(TableColumn column, @Nullable Object value) {
    boolean document = column.valueType().isArray() || Values.isJson(column);
    if (value != null && !document && Values.isSeveral(value)) {
      in(column, false, Values.list(value));
    } else {
      equality(column, Operator.EQUAL, value);
    }
  }

  private void equality(TableColumn column, Operator operator, @Nullable Object value) {
    if (value == null) {
      out.name(column.name()).words(operator == Operator.EQUAL ? " IS NULL" : " IS NOT NULL");
    } else {
      compare(column, operator, value);
    }
  }

  private void compare(TableColumn column, Operator operator, @Nullable Object value) {
    comparable(column).words(" " + operator.sql + " ");
    bound(column, value);
  }

  /** The column; json has no operators, its documents compare as jsonb. */
  private SqlWriter comparable(TableColumn column) {
    if (column.valueType().oid() == Values.JSON) {
      return out.words("CAST(").name(column.name()).words(" AS jsonb)");
    }
    return out.name(column.name());
  }

  private SqlWriter bound(TableColumn column, @Nullable Object value) {
    int oid = column.valueType().oid();
    return out.value(column, oid == Values.JSON ? Values.JSONB : oid, value);
  }

  private void in(TableColumn column, boolean negated, List<@Nullable Object> values) {
    List<@Nullable Object> present = new ArrayList<>();
    boolean fragments = false;
    for (Object value : values) {
      if (value != null) {
        present.add(value);
        fragments |= value instanceof SqlFragment;
      }
    }
    boolean orNull = present.size() < values.size();
    if (present.isEmpty()) {
      if (orNull) {
        out.name(column.name()).words(negated ? " IS NOT NULL" : " IS NULL");
      } else {
        out.words(negated ? "TRUE" : "FALSE");
      }
      return;
    }
    out.words(orNull ? "(" : "");
    comparable(column);
    ValueType type = column.valueType();
    if (type.arrayOid() == 0 || type.isArray() || fragments) {
      listed(column, negated, present);
    } else {
      int arrayOid = type.oid() == Values.JSON ? Values.JSONB_ARRAY : type.arrayOid();
      out.words(negated ? " <> ALL (" : " = ANY (");
      out.array(column, arrayOid, present);
      out.words(")");
    }
    if (orNull) {
      out.words(negated ? " AND " : " OR ").name(column.name());
      out.words(negated ? " IS NOT NULL)" : " IS NULL)");
    }
  }

  private void listed(TableColumn column, boolean negated, List<@Nullable Object> values) {
    out.words(negated ? " NOT IN (" : " IN (");
    String separator = "";
    for (Object value : values) {
      out.words(separator);
      bound(column, value);
      separator = ", ";
    }
    out.words(")");
  }

  private void holds(TableColumn column, Operator operator, @Nullable Object value) {
    if (column.valueType().category() == 'S') {
      throw new WrongArguments(
          "column '"
              + column.name()
              + "' of table '"
              + out.table().name()
              + "' is text; "
              + operator.sql
              + " works on arrays and jsonb, for text use like(\"%…%\")");
    }
    comparable(column).words(" " + operator.sql + " ");
    boolean one =
        column.valueType().isArray()
            && value != null
            && !(value instanceof SqlFragment)
            && !Values.isSeveral(value);
    bound(column, one ? List.of(value) : value);
  }

  private void hasElement(TableColumn column, @Nullable Object value) {
    ElementType element = column.valueType().element();
    if (element == null) {
      throw new WrongArguments(
          "column '"
              + column.name()
              + "' of table '"
              + out.table().name()
              + "' is no array but "
              + column.typeName()
              + "; hasElement works on arrays only");
    }
    out.value(column, element.oid(), value).words(" = ANY (").name(column.name()).words(")");
  }
}
