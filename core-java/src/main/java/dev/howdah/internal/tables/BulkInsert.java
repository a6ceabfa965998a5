package dev.howdah.internal.tables;

import dev.howdah.error.ClientException.Unsupported;
import dev.howdah.internal.engine.CopyCall;
import dev.howdah.internal.engine.CopyFeed;
import dev.howdah.internal.engine.Engine;
import dev.howdah.internal.engine.RowChunks;
import dev.howdah.query.CopyRecords;
import dev.howdah.query.CopySql;
import dev.howdah.query.SqlFragment;
import dev.howdah.query.TableQueries;
import dev.howdah.row.Row;
import dev.howdah.row.RowSet;
import dev.howdah.schema.TableColumn;
import dev.howdah.schema.TableDefinition;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * Many rows by one COPY, where that has the outcome of INSERT.
 *
 * <p>It has not where a rule or a policy stands before the table, or it is no table but a view; nor
 * where an identity column that is GENERATED ALWAYS is given, which COPY would store; nor when a
 * column is of another type by now than it is thought to be, since the binary format would be
 * misread; nor for values that only the server can read (dates as text). What has not goes as
 * INSERT, which takes it or says what is wrong with it.
 */
final class BulkInsert {
  private final TableDefinition table;
  private final List<TableColumn> columns;
  private final List<@Nullable Object[]> rows;
  private final Scheduler scheduler;

  private BulkInsert(
      TableDefinition table,
      List<TableColumn> columns,
      List<@Nullable Object[]> rows,
      Scheduler scheduler) {
    this.table = table;
    this.columns = columns;
    this.rows = rows;
    this.scheduler = scheduler;
  }

  /**
   * An insert of rows that all give the same columns; else null.
   *
   * @param rows a cell for each column of the table
   * @param scheduler where they are written
   */
  static @Nullable BulkInsert of(
      Engine engine, TableDefinition table, List<@Nullable Object[]> rows, Scheduler scheduler) {
    List<TableColumn> columns = new ArrayList<>();
    @Nullable Object[] first = rows.get(0);
    for (int i = 0; i < first.length; i++) {
      if (first[i] != TableQueries.DEFAULT) {
        columns.add(table.columns().get(i));
      }
    }
    return columns.isEmpty()
            || !RowChunks.areBinary(engine, columns)
            || !rows.stream().allMatch(row -> isLike(first, row))
        ? null
        : new BulkInsert(table, columns, rows, scheduler);
  }

  private static boolean isLike(@Nullable Object[] first, @Nullable Object[] row) {
    for (int i = 0; i < row.length; i++) {
      if ((row[i] == TableQueries.DEFAULT) != (first[i] == TableQueries.DEFAULT)
          || row[i] instanceof SqlFragment) {
        return false;
      }
    }
    return true;
  }

  /** The count; empty when nothing was done, since it has to go as INSERT. */
  Mono<RowSet> run(Engine engine) {
    CopySql statement = CopyRecords.into(table.name()).statement(table, columns, true);
    CopyCall call = new CopyCall("insert", statement.shown(), List.of(), null);
    return Mono.fromCallable(() -> RowChunks.areWritable(table.name(), columns, cells(), rows))
        .subscribeOn(scheduler)
        .filter(writable -> writable)
        .flatMap(writable -> engine.run(Catalog.plainColumns(table.name())))
        .filter(answer -> fits(answer.rows()))
        .flatMap(fits -> engine.copyIn(call, Mono.fromSupplier(() -> feed(engine, statement))))
        .onErrorResume(Unsupported.class, noMessages -> Mono.empty())
        .map(count -> RowSet.of(List.of(), count));
  }

  private boolean fits(List<Row> answer) {
    Map<String, Long> types = new HashMap<>();
    for (Row row : answer) {
      types.put(row.get("name", String.class), row.get("type_oid", Long.class));
    }
    return columns.stream()
        .allMatch(column -> Long.valueOf(column.typeOid()).equals(types.get(column.name())));
  }

  private CopyFeed feed(Engine engine, CopySql statement) {
    return new CopyFeed(
        statement, RowChunks.of(engine, table.name(), columns, cells(), rows, scheduler));
  }

  /** Of a row of the table those cells that are given. */
  private RowChunks.Cells cells() {
    int[] places = columns.stream().mapToInt(column -> table.position(column.name())).toArray();
    @Nullable Object[] cells = new @Nullable Object[places.length];
    return record -> {
      @Nullable Object[] row = (@Nullable Object[]) Objects.requireNonNull(record);
      for (int i = 0; i < places.length; i++) {
        cells[i] = row[places[i]];
      }
      return cells;
    };
  }
}
