package dev.howdah.internal.tables;

import dev.howdah.config.ManagerOptions;
import dev.howdah.error.ClientException.WrongArguments;
import dev.howdah.error.DatabaseException;
import dev.howdah.error.SqlState;
import dev.howdah.internal.engine.Engine;
import dev.howdah.query.Assignments;
import dev.howdah.query.Clauses;
import dev.howdah.query.Condition;
import dev.howdah.query.OnConflict;
import dev.howdah.query.Query;
import dev.howdah.query.Selection;
import dev.howdah.query.TableQueries;
import dev.howdah.row.Row;
import dev.howdah.row.RowSet;
import dev.howdah.schema.Column;
import dev.howdah.schema.CreateTable;
import dev.howdah.schema.DefaultValue;
import dev.howdah.schema.TableDefinition;
import dev.howdah.schema.TableName;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * Tables by name: every verb of {@code DatabaseManager} as a cold {@link Mono}. Safe for any
 * thread.
 *
 * <p>What is wrong with the arguments themselves throws at the call; what only a table can tell
 * (unknown columns, keys that are not unique) and what only the server can tell fails the Mono.
 * Every verb is one statement or one transaction: it happens whole or not at all.
 *
 * <p>Conditions are given as {@link Condition#of} takes them: null, a condition, a map, a list.
 */
public final class TablesCore {
  /** What a race of two creations of one table can end with. */
  private static final Set<String> EXISTS_ALREADY =
      Set.of(SqlState.DUPLICATE_TABLE, SqlState.DUPLICATE_OBJECT, SqlState.UNIQUE_VIOLATION);

  private final Engine engine;
  private final ManagerOptions options;
  private final ManagerLog log;
  private final TableCache cache;
  private final StaleTables tables;
  private final ConcurrentMap<TableName, Map<String, DefaultValue>> onUpdate;
  private final Scheduler scheduler;

  /**
   * A core that runs everything on {@code engine}, which stays the caller's to close.
   *
   * @param scheduler where many records are made bytes
   */
  public TablesCore(Engine engine, ManagerOptions options, Scheduler scheduler) {
    this(engine, options, new TableCache(engine), new ConcurrentHashMap<>(), scheduler);
  }

  private TablesCore(
      Engine engine,
      ManagerOptions options,
      TableCache cache,
      ConcurrentMap<TableName, Map<String, DefaultValue>> onUpdate,
      Scheduler scheduler) {
    this.engine = engine;
    this.options = options;
    this.log = new ManagerLog(options);
    this.cache = cache;
    this.tables = new StaleTables(engine, cache);
    this.onUpdate = onUpdate;
    this.scheduler = scheduler;
  }

  /** The same tables inside a transaction; what is learnt there stays there. */
  public TablesCore on(Engine transaction) {
    return new TablesCore(transaction, options, cache.over(transaction), onUpdate, scheduler);
  }

  /**
   * Creates a table with its indexes and comments unless there is one of that name.
   *
   * <p>Columns that change with every update are remembered by this core, for the name as it is
   * given here: the server does not know of them.
   *
   * @return true when it was created, false when it was there already and was left as it is
   */
  public Mono<Boolean> createTable(CreateTable table) {
    TableName name = table.name();
    String script = String.join(";\n", table.statements());
    return existsWhereCreated(name)
        .flatMap(
            exists ->
                exists
                    ? Mono.just(false)
                    : Mono.defer(() -> engine.script(script))
                        .thenReturn(true)
                        .onErrorResume(
                            TablesCore::mayExistAlready, failure -> createdByOthers(name, failure)))
        .doOnNext(
            created -> {
              rememberOnUpdate(table);
              cache.forget(name);
              if (created) {
                log.created(name, table.columnNames());
              } else {
                log.existed(name);
              }
            });
  }

  /**
   * Inserts records; one that conflicts with a row fails them all, unless {@code conflict} says
   * what to do.
   *
   * @param records maps of column names to values, {@link Row}s, Java records or beans; a key that
   *     is absent means the column's default; read at the call
   * @return how many rows were inserted or updated, a row that several records meet in counted once
   */
  public Mono<Long> insert(TableName table, Iterable<?> records, @Nullable OnConflict conflict) {
    return inserting(table, records, conflict, false, null).map(RowSet::affected);
  }

  /** Like {@link #insert}, and returns the rows as they are now, in the order of the records. */
  public Mono<RowSet> insertReturning(
      TableName table, Iterable<?> records, @Nullable OnConflict conflict, String... columns) {
    return inserting(table, records, conflict, false, List.of(columns));
  }

  /**
   * Inserts records and updates the rows that are there already.
   *
   * <p>Only what a record holds is updated. Of several records with one key the last wins, column
   * by column, as if they came one after the other.
   *
   * @param conflict what conflicts and what then; null for the primary key and update
   * @return how many rows were inserted or updated, a row that several records meet in counted once
   */
  public Mono<Long> upsert(TableName table, Iterable<?> records, @Nullable OnConflict conflict) {
    return inserting(table, records, conflict, true, null).map(RowSet::affected);
  }

  /**
   * Like {@link #upsert}, and returns each inserted or updated row once, in the order of the
   * (first) records; rows that were left alone by {@link OnConflict#ignore} are not among them.
   */
  public Mono<RowSet> upsertReturning(
      TableName table, Iterable<?> records, @Nullable OnConflict conflict, String... columns) {
    return inserting(table, records, conflict, true, List.of(columns));
  }

  /** The rows that are meant; with neither condition nor selection all of them. */
  public Mono<RowSet> select(
      TableName table, @Nullable Object where, @Nullable Selection selection) {
    Condition condition = Condition.of(where);
    Selection wanted = selection == null ? Selection.EVERYTHING : selection;
    return tables
        .run(table, known -> engine.run(TableQueries.select(known, condition, wanted)))
        .doOnNext(answer -> log.selected(table, answer.rows().size()));
  }

  /** The first of the rows that are meant; empty when there is none. */
  public Mono<Row> selectOne(
      TableName table, @Nullable Object where, @Nullable Selection selection) {
    Selection wanted = (selection == null ? Selection.EVERYTHING : selection).limit(1);
    return select(table, where, wanted)
        .flatMap(answer -> Mono.justOrEmpty(answer.rows().stream().findFirst()));
  }

  /** How many rows are meant. */
  public Mono<Long> count(TableName table, @Nullable Object where) {
    Condition condition = Condition.of(where);
    return tables.run(table, known -> one(TableQueries.count(known, condition)));
  }

  /** Whether at least one row is meant. */
  public Mono<Boolean> exists(TableName table, @Nullable Object where) {
    Condition condition = Condition.of(where);
    return tables.run(table, known -> one(TableQueries.exists(known, condition)));
  }

  /**
   * Changes the rows that are meant.
   *
   * @return how many were changed
   * @throws dev.howdah.error.ClientException.EmptyCondition if the whole table would be
   */
  public Mono<Long> update(TableName table, @Nullable Object where, Assignments assignments) {
    return updating(table, guarded(table, where, "update"), assignments, null)
        .map(RowSet::affected);
  }

  /** Like {@link #update}, and returns the rows as they are now, in no particular order. */
  public Mono<RowSet> updateReturning(
      TableName table, @Nullable Object where, Assignments assignments, String... columns) {
    return updating(table, guarded(table, where, "update"), assignments, List.of(columns));
  }

  /** Changes every row of the table. */
  public Mono<Long> updateAll(TableName table, Assignments assignments) {
    return updating(table, Clauses.all(), assignments, null).map(RowSet::affected);
  }

  /**
   * Deletes the rows that are meant.
   *
   * @return how many were deleted
   * @throws dev.howdah.error.ClientException.EmptyCondition if the whole table would be
   */
  public Mono<Long> delete(TableName table, @Nullable Object where) {
    return deleting(table, guarded(table, where, "delete"), null).map(RowSet::affected);
  }

  /** Like {@link #delete}, and returns the rows as they were, in no particular order. */
  public Mono<RowSet> deleteReturning(TableName table, @Nullable Object where, String... columns) {
    return deleting(table, guarded(table, where, "delete"), List.of(columns));
  }

  /**
   * Deletes every row of the table.
   *
   * @return how many were deleted
   * @throws dev.howdah.error.ClientException.WrongDeletionPassword if the password is not the one
   *     of the options
   */
  public Mono<Long> deleteAll(TableName table, @Nullable String password) {
    options.deletionPassword().check(password);
    return tables
        .run(table, known -> engine.run(TableQueries.delete(known, Clauses.all(), null)))
        .map(RowSet::affected)
        .doOnNext(count -> log.emptied(table));
  }

  /**
   * Empties the table at once, without reading its rows; no foreign key may point at it.
   *
   * @throws dev.howdah.error.ClientException.WrongDeletionPassword as {@link #deleteAll}
   */
  public Mono<Void> truncate(TableName table, @Nullable String password) {
    options.deletionPassword().check(password);
    return tables
        .run(table, known -> engine.run(Query.execute("TRUNCATE TABLE " + table.sql())))
        .doOnNext(done -> log.emptied(table))
        .then();
  }

  /**
   * Drops the table; nothing else may depend on it.
   *
   * @throws dev.howdah.error.ClientException.WrongDeletionPassword as {@link #deleteAll}
   */
  public Mono<Void> dropTable(TableName table, @Nullable String password) {
    options.deletionPassword().check(password);
    return tables
        .run(table, known -> engine.run(Query.execute("DROP TABLE " + table.sql())))
        .doOnNext(
            done -> {
              cache.forget(table);
              onUpdate.remove(table);
              log.dropped(table);
            })
        .then();
  }

  /** Whether there is such a table, view or foreign table; always asks the server. */
  public Mono<Boolean> tableExists(TableName table) {
    return Mono.defer(() -> engine.run(Catalog.visible(table)))
        .map(answer -> Catalog.found(answer.rows()));
  }

  /** The table as the server's catalog describes it now. */
  public Mono<TableDefinition> describe(TableName table) {
    return Mono.defer(
        () -> {
          cache.forget(table);
          return cache.get(table);
        });
  }

  private Mono<RowSet> inserting(
      TableName table,
      Iterable<?> records,
      @Nullable OnConflict conflict,
      boolean upsert,
      @Nullable List<String> returning) {
    Records read = Records.of(records);
    if (read.size() == 0) {
      return Mono.just(RowSet.EMPTY);
    }
    return tables
        .run(table, known -> insertion(known, conflict, upsert, returning).run(read))
        .doOnNext(answer -> log.inserted(table, answer.affected()));
  }

  private Insertion insertion(
      TableDefinition table,
      @Nullable OnConflict conflict,
      boolean upsert,
      @Nullable List<String> returning) {
    ConflictTarget target = null;
    if (conflict != null) {
      target = ConflictTarget.of(table, conflict);
    } else if (upsert) {
      target = ConflictTarget.primaryKey(table);
    }
    return new Insertion(engine, table, target, onUpdate(table.name()), returning, scheduler);
  }

  private Mono<RowSet> updating(
      TableName table,
      Condition condition,
      Assignments assignments,
      @Nullable List<String> returning) {
    if (assignments == null) {
      throw new WrongArguments("assignments must not be null; give set(\"column\", value)");
    }
    return tables
        .run(
            table,
            known ->
                engine.run(
                    TableQueries.update(known, condition, assignments, onUpdate(table), returning)))
        .doOnNext(answer -> log.updated(table, answer.affected(), condition));
  }

  private Mono<RowSet> deleting(
      TableName table, Condition condition, @Nullable List<String> returning) {
    return tables
        .run(table, known -> engine.run(TableQueries.delete(known, condition, returning)))
        .doOnNext(answer -> log.deleted(table, answer.affected(), condition));
  }

  private static Condition guarded(TableName table, @Nullable Object where, String verb) {
    Condition condition = Condition.of(where);
    TableQueries.refuseEverything(table, condition, verb, verb + "All");
    return condition;
  }

  private <T> Mono<T> one(Query<T> query) {
    return engine.run(query).map(query::read);
  }

  private Mono<Boolean> existsWhereCreated(TableName name) {
    return Mono.defer(() -> engine.run(Catalog.existsWhereCreated(name)))
        .map(answer -> Catalog.found(answer.rows()));
  }

  private Mono<Boolean> createdByOthers(TableName name, Throwable failure) {
    return engine instanceof Engine.Scope
        ? Mono.error(failure) // nothing can be asked in a transaction that has failed
        : existsWhereCreated(name)
            .flatMap(exists -> exists ? Mono.just(false) : Mono.error(failure));
  }

  private static boolean mayExistAlready(Throwable failure) {
    return failure instanceof DatabaseException known && EXISTS_ALREADY.contains(known.sqlState());
  }

  private Map<String, DefaultValue> onUpdate(TableName table) {
    return onUpdate.getOrDefault(table, Map.of());
  }

  private void rememberOnUpdate(CreateTable table) {
    Map<String, DefaultValue> values = new LinkedHashMap<>();
    for (Column column : table.columns()) {
      DefaultValue value = column.onUpdate();
      if (value != null) {
        values.put(column.name(), value);
      }
    }
    onUpdate.put(table.name(), values);
  }
}
