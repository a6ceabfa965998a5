package dev.howdah.row;

import dev.howdah.error.ClientException.MappingFailure;
import dev.howdah.row.Conversion.Misfit;
import java.util.BitSet;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where the value of one part comes from. */
sealed interface Source {

  /** The part's value in a row. */
  @Nullable Object read(Row row);

  /** Adds the columns that are read. */
  void addColumns(BitSet columns);

  /**
   * A part that the row has nothing for: one that its class can do without, or that is null then.
   *
   * @param value {@link Blueprint#ABSENT}, or what stands for no value
   */
  record Fixed(@Nullable Object value) implements Source {
    @Override
    public @Nullable Object read(Row row) {
      return value;
    }

    @Override
    public void addColumns(BitSet columns) {}
  }

  /**
   * A part that is one column.
   *
   * @param place the part in words, for messages: {@code component 'age' of record User}
   */
  record OneColumn(int column, Conversion conversion, boolean nullable, String place)
      implements Source {
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
   *
   * @param wrapped whether the part is an {@code Optional} of the object
   */
  record Nested(Wiring<?> inner, boolean wrapped, boolean nullable, String place)
      implements Source {
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
      for (int column : inner.columns()) {
        columns.set(column);
      }
    }
  }
}
