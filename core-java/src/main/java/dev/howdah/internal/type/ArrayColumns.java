package dev.howdah.internal.type;

import dev.howdah.internal.type.ParameterEncoder.Parameter;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Rows of arguments turned into columns: one array for each parameter, in binary. Only for values
 * that never change and that say, or in the case of text leave open, what the server takes the
 * parameter for.
 */
public final class ArrayColumns {
  private static final Set<Class<?>> UNCHANGING =
      Set.of(
          Boolean.class,
          Byte.class,
          Short.class,
          Integer.class,
          Long.class,
          Float.class,
          Double.class,
          BigInteger.class,
          BigDecimal.class,
          String.class,
          UUID.class,
          LocalDate.class,
          LocalTime.class,
          LocalDateTime.class,
          Instant.class,
          OffsetDateTime.class);

  private ArrayColumns() {}

  /** Whether all of a row's values are of classes that can become elements; null can. */
  public static boolean mayHold(@Nullable Object[] row) {
    for (Object value : row) {
      if (value != null && !UNCHANGING.contains(value.getClass())) {
        return false;
      }
    }
    return true;
  }

  /** Whether parameters of these types can be arrays' elements. */
  public static boolean fit(List<Integer> types) {
    return types.stream()
        .allMatch(
            type -> Oids.arrayOf(type) != Oids.UNSPECIFIED && BinaryEncoders.of(type) != null);
  }

  /**
   * The arrays.
   *
   * @param rows each of them {@linkplain #mayHold fit}, with a value for each parameter
   * @param types the parameters' types, all of them {@linkplain #fit fit}
   * @return null when a value is not of its parameter's type, or cannot be written
   */
  public static @Nullable List<Parameter> of(List<@Nullable Object[]> rows, List<Integer> types) {
    List<Parameter> arrays = new ArrayList<>(types.size());
    try {
      for (int i = 0; i < types.size(); i++) {
        Parameter array = column(rows, i, types.get(i));
        if (array == null) {
          return null;
        }
        arrays.add(array);
      }
    } catch (Refused refused) {
      return null; // whoever binds it alone says why
    }
    return arrays;
  }

  private static @Nullable Parameter column(List<@Nullable Object[]> rows, int column, int type) {
    CellEncoder encoder = BinaryEncoders.of(type);
    if (encoder == null) {
      return null;
    }
    Chunk out = new Chunk();
    out.putInt(1);
    out.putInt(1); // there may be nulls
    out.putInt(type);
    out.putInt(rows.size());
    out.putInt(1);
    Class<?> fitting = null;
    for (Object[] row : rows) {
      Object value = row[column];
      if (value == null) {
        out.putInt(-1);
        continue;
      }
      if (value.getClass() != fitting) {
        if (!isOf(type, value)) {
          return null;
        }
        fitting = value.getClass();
      }
      int begin = out.beginLength();
      encoder.write(value, out);
      out.endLength(begin);
    }
    return new Parameter(Oids.arrayOf(type), true, ParameterEncoder.checked(out.toBytes()));
  }

  /**
   * Whether a value would have been announced as this type, or as what the server reads text as.
   */
  private static boolean isOf(int type, Object value) {
    return value instanceof String
        ? type == Oids.TEXT || type == Oids.VARCHAR || type == Oids.BPCHAR
        : Oids.of(value.getClass()) == type;
  }
}
