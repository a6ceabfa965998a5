package dev.howdah;

import dev.howdah.internal.tables.TablesCore;
import dev.howdah.query.Selection;
import dev.howdah.row.Row;
import dev.howdah.row.RowMapper;
import dev.howdah.row.RowMappers;
import dev.howdah.row.RowSet;
import dev.howdah.schema.TableName;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** What a {@link DatabaseManager} reads. */
abstract sealed class TableReads permits DatabaseManager {
  final TablesCore tables;
  final Executor executor;
  final @Nullable String schema;

  TableReads(TablesCore tables, Executor executor, @Nullable String schema) {
    this.tables = tables;
    this.executor = executor;
    this.schema = schema;
  }

  /** All rows. */
  public final CompletableFuture<List<Row>> select(String table) {
    return select(table, null, Selection.EVERYTHING);
  }

  /** The rows that meet the condition. */
  public final CompletableFuture<List<Row>> select(String table, @Nullable Object where) {
    return select(table, where, Selection.EVERYTHING);
  }

  /** All rows, chosen, ordered or limited. */
  public final CompletableFuture<List<Row>> select(String table, @Nullable Selection selection) {
    return select(table, null, orAll(selection));
  }

  /** The rows that meet the condition, chosen, ordered or limited. */
  public final CompletableFuture<List<Row>> select(
      String table, @Nullable Object where, Selection selection) {
    return rows(tables.select(name(table), where, selection));
  }

  /** All rows, each as a {@code type}. */
  public final <T> CompletableFuture<List<T>> select(Class<T> type, String table) {
    return select(type, table, null, Selection.EVERYTHING);
  }

  /** All rows, chosen, ordered or limited, each as a {@code type}. */
  public final <T> CompletableFuture<List<T>> select(
      Class<T> type, String table, @Nullable Selection selection) {
    return select(type, table, null, orAll(selection));
  }

  /** The rows that meet the condition, each as a {@code type}. */
  public final <T> CompletableFuture<List<T>> select(
      Class<T> type, String table, @Nullable Object where) {
    return select(type, table, where, Selection.EVERYTHING);
  }

  /** The rows that meet the condition, chosen, ordered or limited, each as a {@code type}. */
  @SuppressWarnings("NullAway") // a list of single values holds null where the column was null
  public final <T> CompletableFuture<List<T>> select(
      Class<T> type, String table, @Nullable Object where, Selection selection) {
    RowMapper<T> mapper = RowMappers.of(type);
    return Handoff.of(
        tables.select(name(table), where, selection), executor, answer -> answer.map(mapper::map));
  }

  /** The first row, if there is one. */
  public final CompletableFuture<Optional<Row>> selectOne(String table) {
    return selectOne(table, null, Selection.EVERYTHING);
  }

  /** The first row that meets the condition, if there is one. */
  public final CompletableFuture<Optional<Row>> selectOne(String table, @Nullable Object where) {
    return selectOne(table, where, Selection.EVERYTHING);
  }

  /** The first row in the order asked for, if there is one. */
  public final CompletableFuture<Optional<Row>> selectOne(
      String table, @Nullable Selection selection) {
    return selectOne(table, null, orAll(selection));
  }

  /** The first row that meets the condition in the order asked for, if there is one. */
  public final CompletableFuture<Optional<Row>> selectOne(
      String table, @Nullable Object where, Selection selection) {
    return selectOne(RowMappers.rows(), table, where, selection);
  }

  /** The first row as a {@code type}, if there is one. */
  public final <T> CompletableFuture<Optional<T>> selectOne(Class<T> type, String table) {
    return selectOne(type, table, null, Selection.EVERYTHING);
  }

  /** The first row in the order asked for as a {@code type}, if there is one. */
  public final <T> CompletableFuture<Optional<T>> selectOne(
      Class<T> type, String table, @Nullable Selection selection) {
    return selectOne(type, table, null, orAll(selection));
  }

  /** The first row that meets the condition as a {@code type}, if there is one. */
  public final <T> CompletableFuture<Optional<T>> selectOne(
      Class<T> type, String table, @Nullable Object where) {
    return selectOne(type, table, where, Selection.EVERYTHING);
  }

  /** The first row that meets the condition in the order asked for, as a {@code type}. */
  public final <T> CompletableFuture<Optional<T>> selectOne(
      Class<T> type, String table, @Nullable Object where, Selection selection) {
    return selectOne(RowMappers.of(type), table, where, selection);
  }

  private <T> CompletableFuture<Optional<T>> selectOne(
      RowMapper<T> mapper, String table, @Nullable Object where, Selection selection) {
    return Handoff.of(
        tables.select(name(table), where, selection.limit(1)),
        executor,
        answer -> answer.rows().stream().findFirst().map(mapper::map));
  }

  /** The number of rows. */
  public final CompletableFuture<Long> count(String table) {
    return count(table, null);
  }

  /** The number of rows that meet the condition. */
  public final CompletableFuture<Long> count(String table, @Nullable Object where) {
    return run(tables.count(name(table), where));
  }

  /** Whether there is a row. */
  public final CompletableFuture<Boolean> exists(String table) {
    return exists(table, null);
  }

  /** Whether a row meets the condition. */
  public final CompletableFuture<Boolean> exists(String table, @Nullable Object where) {
    return run(tables.exists(name(table), where));
  }

  /** A bare {@code null} behind the table means every row, whatever its type is taken for. */
  private static Selection orAll(@Nullable Selection selection) {
    return selection == null ? Selection.EVERYTHING : selection;
  }

  final TableName name(String table) {
    return schema == null ? TableName.of(table) : TableName.of(schema, table);
  }

  final <T> CompletableFuture<T> run(Mono<T> work) {
    return Handoff.of(work, executor, value -> value);
  }

  final CompletableFuture<List<Row>> rows(Mono<RowSet> work) {
    return Handoff.of(work, executor, RowSet::rows);
  }
}
