package dev.howdah.query;

import dev.howdah.error.ClientException.WrongArguments;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What can be said of a condition without a table. */
final class ConditionFacts {
  private ConditionFacts() {}

  static Condition read(@Nullable Object source) {
    if (source == null) {
      return Junction.EVERYTHING;
    }
    if (source instanceof Condition condition) {
      return condition;
    }
    if (source instanceof SqlFragment sql) {
      return new RawCondition(sql);
    }
    if (source instanceof Map<?, ?> map) {
      return allOf(map);
    }
    if (source instanceof Iterable<?> alternatives) {
      List<Condition> parts = new ArrayList<>();
      for (Object alternative : alternatives) {
        if (alternative == null) {
          throw new WrongArguments(
              "a list of conditions holds null; an alternative is a map or a condition");
        }
        parts.add(read(alternative));
      }
      return Junction.of(false, parts);
    }
    if (source instanceof Object[] alternatives) {
      return read(Arrays.asList(alternatives));
    }
    throw new WrongArguments(
        "a "
            + source.getClass().getName()
            + " is no condition; use a map, a list of maps, or where(\"column\", value)");
  }

  private static Condition allOf(Map<?, ?> map) {
    List<Condition> parts = new ArrayList<>();
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      if (!(entry.getKey() instanceof String column)) {
        throw new WrongArguments(
            "the keys of a condition are column names, one is "
                + (entry.getKey() == null ? "null" : "a " + entry.getKey().getClass().getName()));
      }
      parts.add(new ColumnTest(column, Comparison.from(entry.getValue())));
    }
    return Junction.of(true, parts);
  }

  static Truth truth(Condition condition) {
    if (condition instanceof ColumnTest test) {
      boolean empty = test.comparison().operands().isEmpty();
      return switch (test.comparison().operator()) {
        case IN -> empty ? Truth.FALSE : Truth.DEPENDS;
        case NOT_IN -> empty ? Truth.TRUE : Truth.DEPENDS;
        default -> Truth.DEPENDS;
      };
    }
    if (condition instanceof Negation negation) {
      return switch (truth(negation.inner())) {
        case TRUE -> Truth.FALSE;
        case FALSE -> Truth.TRUE;
        case DEPENDS -> Truth.DEPENDS;
      };
    }
    if (condition instanceof Junction junction) {
      Truth decides = junction.and() ? Truth.FALSE : Truth.TRUE;
      boolean open = false;
      for (Condition part : junction.parts()) {
        Truth truth = truth(part);
        if (truth == decides) {
          return decides;
        }
        open |= truth == Truth.DEPENDS;
      }
      return open ? Truth.DEPENDS : junction.and() ? Truth.TRUE : Truth.FALSE;
    }
    return Truth.DEPENDS;
  }

  static boolean saysNothing(Condition condition) {
    return condition instanceof Junction junction
        && junction.parts().stream().allMatch(ConditionFacts::saysNothing);
  }

  static Set<String> columns(Condition condition) {
    Set<String> columns = new LinkedHashSet<>();
    collect(condition, columns);
    return columns;
  }

  private static void collect(Condition condition, Set<String> columns) {
    if (condition instanceof ColumnTest test) {
      columns.add(test.column());
    } else if (condition instanceof Negation negation) {
      collect(negation.inner(), columns);
    } else if (condition instanceof Junction junction) {
      junction.parts().forEach(part -> collect(part, columns));
    }
  }
}
