package dev.howdah.row;

import dev.howdah.error.ClientException.MappingFailure;
import dev.howdah.row.Conversion.Misfit;
import java.lang.reflect.InvocationTargetException;
import java.util.BitSet;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A blueprint tied to the columns of one kind of row: where each part's value comes from.
 *
 * <p>Immutable; this is what runs for every row.
 */
final class Wiring<T> {

  /** Where the value of one part comes from. */
  interface Source {
    @Nullable Object read(Row row);

    /** Adds the columns that are read. */
    void addColumns(BitSet columns);
  }

  private final Blueprint<T> blueprint;
  private final Source[] sources;

  /** The columns that are read, nested ones too. */
  private final int[] columns;

  Wiring(Blueprint<T> blueprint, Source[] sources) {
    this.blueprint = blueprint;
    this.sources = sources;
    BitSet read = new BitSet();
    for (Source source : sources) {
      source.addColumns(read);
    }
    this.columns = read.stream().toArray();
  }

  int[] columns() {
    return columns;
  }

  T make(Row row) {
    @Nullable Object[] values = new @Nullable Object[sources.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = sources[i].read(row);
    }
    Throwable problem;
    try {
      return blueprint.maker().make(values);
    } catch (InvocationTargetException thrown) {
      problem = thrown.getCause() == null ? thrown : thrown.getCause();
    } catch (Throwable thrown) {
      problem = thrown;
    }
    if (problem instanceof VirtualMachineError fatal) {
      throw fatal;
    }
    // The problem's own text may quote values, so it stays in the cause.
    throw new MappingFailure(
        blueprint.title()
            + " could not be made from a row with the columns "
            + Names.list(row.columns().names())
            + ": it threw "
            + TypeNames.of(problem.getClass()),
        problem);
  }

  private boolean isAllNull(Row row) {
    for (int column : columns) {
      if (row.raw(column) != null) {
        return false;
      }
    }
    return true;
  }

  /** A part that the row has nothing for and that its class can do without. */
  static final class Absent implements Source {
    @Override
    public Object read(Row row) {
      return Blueprint.ABSENT;
    }

    @Override
    public void addColumns(BitSet columns) {}
  }

  /** A part that is one column. */
  static final class OneColumn implements Source {
    private final int column;
    private final Conversion conversion;
    private final boolean nullable;
    private final String place;

    /**
     * @param place the part in words, for messages: {@code component 'age' of record User}
     */
    OneColumn(int column, Conversion conversion, boolean nullable, String place) {
      this.column = column;
      this.conversion = conversion;
      this.nullable = nullable;
      this.place = place;
    }

    @Override
    public @Nullable Object read(Row row) {
      Object value;
      try {
        value = conversion.apply(row.raw(column));
      } catch (Misfit misfit) {
        throw failure(row, misfit);
      }
      if (value == null && !nullable) {
        throw failure(row, Misfit.nullFor(conversion.target()));
      }
      return value;
    }

    private MappingFailure failure(Row row, Misfit misfit) {
      return misfit.at("column '" + row.columns().names().get(column) + "' for " + place);
    }

    @Override
    public void addColumns(BitSet columns) {
      columns.set(column);
    }
  }

  /**
   * A part that is an object of its own, made from several columns; all of them null: no object.
   */
  static final class Nested implements Source {
    private final Wiring<?> inner;
    private final boolean wrapped;
    private final boolean nullable;
    private final String place;

    /**
     * @param wrapped whether the part is an {@code Optional} of the object
     */
    Nested(Wiring<?> inner, boolean wrapped, boolean nullable, String place) {
      this.inner = inner;
      this.wrapped = wrapped;
      this.nullable = nullable;
      this.place = place;
    }

    @Override
    public @Nullable Object read(Row row) {
      boolean none = inner.isAllNull(row);
      if (wrapped) {
        return none ? Optional.empty() : Optional.of(inner.make(row));
      }
      if (none && !nullable) {
        throw new MappingFailure(
            "all columns for " + place + " are null: let it take null, or leave such rows out");
      }
      return none ? null : inner.make(row);
    }

    @Override
    public void addColumns(BitSet columns) {
      for (int column : inner.columns) {
        columns.set(column);
      }
    }
  }
}
