package dev.howdah.internal.engine;

import dev.howdah.internal.driver.Command;
import dev.howdah.internal.type.ArrayColumns;
import dev.howdah.internal.type.Codecs;
import dev.howdah.internal.type.ParameterEncoder.Parameter;
import dev.howdah.query.ManyQuery;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Some elements of a batch, ready to be sent one by one or as a set. Values that may change are
 * encoded when they are pulled, others when it is known in which form they go. Handed from one
 * thread to the next.
 */
final class Portion {
  private final long start;
  private final boolean last;
  private final List<@Nullable Object[]> values;
  private @Nullable List<List<Parameter>> rows;
  private @Nullable List<Parameter> arrays;

  /**
   * @param start which element the first is
   * @param values the arguments of each, in the order of the parameters
   * @param last whether there are no more
   */
  Portion(long start, List<@Nullable Object[]> values, boolean last) {
    this.start = start;
    this.values = values;
    this.last = last;
  }

  long start() {
    return start;
  }

  boolean last() {
    return last;
  }

  int size() {
    return values.size();
  }

  boolean isEmpty() {
    return values.isEmpty();
  }

  /** Which elements it holds, from the first to the last. */
  String range() {
    return start + ".." + (start + values.size() - 1);
  }

  /** Whether its values can wait, and be elements of arrays. */
  boolean mayBeSet() {
    return values.stream().allMatch(ArrayColumns::mayHold);
  }

  /** An array for each parameter; null when a value is of another type. */
  @Nullable List<Parameter> arrays(List<Integer> types) {
    if (arrays == null && rows == null) {
      arrays = ArrayColumns.of(values, types);
    }
    return arrays;
  }

  /** The arguments of each element, encoded. */
  List<List<Parameter>> rows(ManyQuery query, Codecs codecs) {
    List<List<Parameter>> encoded = rows;
    if (encoded == null) {
      encoded = new ArrayList<>(values.size());
      for (Object[] bound : values) {
        encoded.add(Commands.parameters(query, bound, start + encoded.size(), codecs));
      }
      rows = encoded;
    }
    return encoded;
  }

  /**
   * The statement for one element, with the types that all of them are announced with; null when
   * they are announced with different ones.
   */
  @Nullable Command announced(ManyQuery query, Codecs codecs) {
    List<Parameter> announced = new ArrayList<>(rows(query, codecs).get(0));
    for (List<Parameter> row : rows(query, codecs)) {
      for (int i = 0; i < announced.size(); i++) {
        if (announced.get(i).bytes() == null) {
          announced.set(i, row.get(i));
        } else if (row.get(i).bytes() != null && row.get(i).oid() != announced.get(i).oid()) {
          return null;
        }
      }
    }
    return new Command(query.parsed().plainText(), announced, 0);
  }

  /** About how many bytes its values have. */
  long bytes() {
    long bytes = 0;
    if (rows != null) {
      for (List<Parameter> row : rows) {
        for (Parameter parameter : row) {
          byte[] value = parameter.bytes();
          bytes += value == null ? 0 : value.length;
        }
      }
      return bytes;
    }
    for (Object[] row : values) {
      for (Object value : row) {
        bytes += value instanceof String text ? text.length() : 8;
      }
    }
    return bytes;
  }
}
