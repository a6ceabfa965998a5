package dev.howdah.row;

import dev.howdah.error.ClientException.MappingFailure;
import dev.howdah.row.Conversion.Misfit;
import java.lang.reflect.Type;
import org.jspecify.annotations.Nullable;

/** Makes a single value from the first column of a row. */
final class ValueMapper<T> implements RowMapper<T> {

  private final Type type;
  private final Conversion conversion;
  private final boolean onlyColumn;

  /**
   * @param onlyColumn whether further columns are an error
   */
  ValueMapper(Type type, boolean onlyColumn) {
    this.type = type;
    this.conversion = Conversions.to(type);
    this.onlyColumn = onlyColumn;
  }

  @Override
  @SuppressWarnings("unchecked") // the conversion answers the boxed form of the class asked for
  public @Nullable T map(Row row) {
    if (row.size() == 0 || (onlyColumn && row.size() > 1)) {
      throw new MappingFailure(
          TypeNames.of(type)
              + (type instanceof Class<?> ? ".class" : "")
              + " needs one column, the row has "
              + Names.list(row.columns().names())
              + (row.size() == 0 ? "" : ": name a record, a class, Map or Row for several"));
    }
    try {
      return (T) conversion.apply(row.raw(0));
    } catch (Misfit misfit) {
      throw misfit.at("column '" + row.columns().names().get(0) + "'");
    }
  }
}
