package dev.howdah.row;

import dev.howdah.error.ClientException.MappingFailure;
import dev.howdah.row.Conversion.Misfit;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes an object of the class that a column tells. */
final class Choice<T> extends Wiring<T> {

  private static final Conversion LABEL = Conversions.to(String.class);

  private final VariantMapper<T> variants;
  private final int kindColumn;
  private final List<Branch<? extends T>> branches;

  /**
   * One class: how it is made, or why the row's columns do not suffice for it.
   *
   * <p>Said only when a row of that kind comes: a query may well leave a kind out.
   */
  record Branch<T>(@Nullable Wiring<T> wiring, String problem) {}

  /**
   * A choice.
   *
   * @param branches in the order of the kinds
   */
  Choice(VariantMapper<T> variants, int kindColumn, List<Branch<? extends T>> branches) {
    super(columns(kindColumn, branches));
    this.variants = variants;
    this.kindColumn = kindColumn;
    this.branches = List.copyOf(branches);
  }

  private static <T> BitSet columns(int kindColumn, List<Branch<? extends T>> branches) {
    BitSet read = new BitSet();
    read.set(kindColumn);
    for (Branch<? extends T> branch : branches) {
      if (branch.wiring != null) {
        for (int column : branch.wiring.columns()) {
          read.set(column);
        }
      }
    }
    return read;
  }

  @Override
  T make(Row row) {
    Branch<? extends T> branch = branches.get(kind(row));
    if (branch.wiring == null) {
      throw new MappingFailure(branch.problem);
    }
    return branch.wiring.make(row);
  }

  private int kind(Row row) {
    Object label;
    try {
      label = LABEL.apply(row.raw(kindColumn));
    } catch (Misfit misfit) {
      throw misfit.at(place(row));
    }
    int kind = label == null ? -1 : variants.kinds().indexOf((String) label);
    if (kind < 0) {
      throw new MappingFailure(
          place(row)
              + ": the value is "
              + (label == null ? "null" : "none of its kinds")
              + "; they are: "
              + variants.kinds());
    }
    return kind;
  }

  private String place(Row row) {
    return "column '"
        + row.columns().names().get(kindColumn)
        + "' for the kind of "
        + variants.title();
  }
}
