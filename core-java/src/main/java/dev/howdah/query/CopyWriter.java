package dev.howdah.query;

import dev.howdah.schema.Identifiers;
import dev.howdah.schema.TableDefinition;
import dev.howdah.schema.TableName;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes COPY: fixed words, quoted names, quoted options, {@code $n} for values. */
final class CopyWriter {
  private CopyWriter() {}

  /**
   * COPY … FROM STDIN.
   *
   * @param columns none for all
   * @param known the table as it is; needed for a condition alone
   */
  static CopySql in(
      TableName table,
      List<String> columns,
      CopyOptions options,
      @Nullable Condition where,
      @Nullable TableDefinition known) {
    options.checkColumns(columns);
    StringBuilder sql = new StringBuilder("COPY ");
    target(sql, table, columns);
    sql.append(" FROM STDIN (");
    options.write(sql);
    sql.append(')');
    if (where == null || known == null) {
      return new CopySql(sql.toString(), List.of(), List.of(), false);
    }
    SqlWriter condition = new SqlWriter(known);
    ConditionWriter.where(condition, where, null);
    sql.append(condition.sql());
    return new CopySql(
        sql.toString(),
        Collections.unmodifiableList(Arrays.asList(condition.arguments())),
        List.of(),
        ParsedSql.of("SELECT " + condition.sql()).leavesState());
  }

  /** COPY table TO STDOUT. */
  static CopySql out(TableName table, List<String> columns, CopyOptions options) {
    options.checkColumns(columns);
    StringBuilder sql = new StringBuilder("COPY ");
    target(sql, table, columns);
    return out(sql, options, List.of(), List.of(), false);
  }

  /** COPY (query) TO STDOUT. */
  static CopySql out(Query<?> query, CopyOptions options) {
    StringBuilder sql = new StringBuilder("COPY ").append(CopySql.bracketed(query.sql()));
    return out(
        sql, options, query.arguments(), query.parsed().names(), query.parsed().leavesState());
  }

  private static CopySql out(
      StringBuilder sql,
      CopyOptions options,
      List<@Nullable Object> arguments,
      List<String> names,
      boolean leavesState) {
    sql.append(" TO STDOUT (");
    options.write(sql);
    return new CopySql(sql.append(')').toString(), arguments, names, leavesState);
  }

  private static void target(StringBuilder sql, TableName table, List<String> columns) {
    sql.append(table.sql());
    if (!columns.isEmpty()) {
      sql.append(" (").append(Identifiers.quoteAll(columns)).append(')');
    }
  }
}
