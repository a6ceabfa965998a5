package dev.howdah.row;

import dev.howdah.error.ClientException.MappingFailure;
import java.lang.reflect.InvocationTargetException;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes an object from its parts, one source for each. */
final class Assembly<T> extends Wiring<T> {

  private final Blueprint<T> blueprint;
  private final Source[] sources;

  Assembly(Blueprint<T> blueprint, List<Source> sources) {
    super(columns(sources));
    this.blueprint = blueprint;
    this.sources = sources.toArray(Source[]::new);
  }

  private static BitSet columns(List<Source> sources) {
    BitSet read = new BitSet();
    for (Source source : sources) {
      source.addColumns(read);
    }
    return read;
  }

  @Override
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
    } catch (MappingFailure ours) {
      throw ours;
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
}
