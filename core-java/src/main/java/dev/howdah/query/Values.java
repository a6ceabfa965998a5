package dev.howdah.query;

import dev.howdah.schema.TableColumn;
import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Looks at values the way the column they are for does. */
final class Values {
  static final int JSON = 114;
  static final int JSONB = 3802;
  static final int JSONB_ARRAY = 3807;

  private Values() {}

  /** Several arguments, or one array of primitives that stands for several. */
  static List<@Nullable Object> ofArguments(@Nullable Object... arguments) {
    if (arguments.length == 1) {
      Object only = arguments[0];
      if (only != null && isSeveral(only) && !(only instanceof Collection)) {
        return list(only);
      }
    }
    return Arrays.asList(arguments);
  }

  /** Whether a value is a collection or an array of values; bytes are one value. */
  static boolean isSeveral(Object value) {
    return value instanceof Collection
        || (value.getClass().isArray() && !(value instanceof byte[]));
  }

  /** The values of what {@link #isSeveral}. */
  static List<@Nullable Object> list(Object several) {
    if (several instanceof Collection<?> collection) {
      return new ArrayList<>(collection);
    }
    List<@Nullable Object> values = new ArrayList<>();
    for (int i = 0; i < Array.getLength(several); i++) {
      values.add(Array.get(several, i));
    }
    return values;
  }

  static boolean isJson(TableColumn column) {
    int oid = column.valueType().oid();
    return oid == JSON || oid == JSONB;
  }
}
