package dev.howdah;

import dev.howdah.config.DatabaseOptions;
import dev.howdah.config.ManagerOptions;
import dev.howdah.config.TransactionOptions;
import dev.howdah.error.ClientException.WrongArguments;
import dev.howdah.internal.engine.Completion;
import dev.howdah.internal.engine.Engine;
import dev.howdah.internal.engine.Engines;
import dev.howdah.internal.tables.ConnectionLog;
import dev.howdah.internal.tables.TablesCore;
import dev.howdah.query.Assignments;
import dev.howdah.query.OnConflict;
import dev.howdah.row.Row;
import dev.howdah.schema.Column;
import dev.howdah.schema.CreateTable;
import dev.howdah.schema.TableDefinition;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import reactor.core.scheduler.Schedulers;

/**
 * Tables by name: create, insert, select, update, delete without SQL.
 *
 * <p>Make one and keep it for the life of the program; it is safe to share, and using it in many
 * places opens no second pool. A name is one identifier as it stands ({@link #inSchema} for tables
 * elsewhere). A table's columns are read once and again after they change.
 *
 * <p><b>Conditions</b> ({@code where}) are a {@link dev.howdah.query.Condition} made with {@link
 * dev.howdah.query.Clauses}, or a map (all its columns equal), or a list of those (any of them).
 * Null and an empty map mean every row to {@code select} and {@code count}, an empty list means no
 * row; {@code update} and {@code delete} refuse all three.
 *
 * <p><b>Records</b> are maps of column names to values, rows, Java records or beans; one of them or
 * an iterable or array of any length. A key that is absent means the column's default. All are
 * inserted or none.
 *
 * <p>What is wrong with the arguments throws at the call; what only the table or the server can
 * tell fails the future. The deletion password guards against accidents; it is no access control.
 */
public final class DatabaseManager extends TableReads implements AutoCloseable {
  private final Engine engine;

  /** Of a manager that connected by itself, and therefore disconnects; null otherwise. */
  private final @Nullable ConnectionLog connection;

  private DatabaseManager(
      Engine engine,
      TablesCore tables,
      Executor executor,
      @Nullable String schema,
      @Nullable ConnectionLog connection) {
    super(tables, executor, schema);
    this.engine = engine;
    this.connection = connection;
  }

  /**
   * Connects; the future completes when the database has answered.
   *
   * @param deletionPassword must be repeated to empty or drop a table
   */
  public static CompletableFuture<DatabaseManager> connect(String url, String deletionPassword) {
    return connect(DatabaseOptions.of(url), ManagerOptions.of(deletionPassword));
  }

  /**
   * Connects with connection parts.
   *
   * @param authParams the keys {@code host, port, user, password, database}, each optional
   */
  public static CompletableFuture<DatabaseManager> connect(
      Map<String, ?> authParams, String deletionPassword) {
    return connect(DatabaseOptions.fromMap(authParams), ManagerOptions.of(deletionPassword));
  }

  /** Connects, with options. */
  public static CompletableFuture<DatabaseManager> connect(
      DatabaseOptions database, ManagerOptions options) {
    ConnectionLog log = new ConnectionLog(options);
    log.created();
    DatabaseOptions echoing = options.echo() ? database.withEcho(true) : database;
    Executor executor = Completion.executor(database.completionExecutor());
    return Handoff.owned(
        Engines.connect(echoing).doOnNext(engine -> log.connected()),
        executor,
        engine -> over(new Database(engine, executor), options, log),
        unwanted -> unwanted.close().subscribe());
  }

  /**
   * A manager over a database that is open already; closing the manager leaves the database open.
   */
  public static DatabaseManager of(Database database, ManagerOptions options) {
    return over(database, options, null);
  }

  private static DatabaseManager over(
      Database database, ManagerOptions options, @Nullable ConnectionLog log) {
    TablesCore tables =
        new TablesCore(database.engine(), options, Schedulers.fromExecutor(database.executor));
    return new DatabaseManager(database.engine(), tables, database.executor, null, log);
  }

  /** The same manager for the tables of one schema; without it names follow the search path. */
  public DatabaseManager inSchema(String schema) {
    return new DatabaseManager(engine, tables, executor, schema, null);
  }

  /** Creates a table unless it is there; says whether it was created. */
  public CompletableFuture<Boolean> createTable(String table, Column... columns) {
    return run(tables.createTable(CreateTable.of(name(table), columns)));
  }

  /**
   * Creates a table from columns as maps: {@code name}, {@code type} and, if need be, {@code
   * options}.
   */
  public CompletableFuture<Boolean> createTable(
      String table, List<? extends Map<String, ?>> columns) {
    return run(tables.createTable(CreateTable.fromMaps(name(table), columns)));
  }

  /** Inserts; a record that conflicts with a row fails them all. The number of rows inserted. */
  public CompletableFuture<Long> insert(String table, Object records) {
    return run(tables.insert(name(table), many(records), null));
  }

  /** Inserts, and does with conflicts as told. The number of rows inserted or updated. */
  public CompletableFuture<Long> insert(String table, Object records, OnConflict conflict) {
    return run(tables.insert(name(table), many(records), conflict));
  }

  /**
   * Inserts and gives the rows as they are now, in the order of the records.
   *
   * @param columns only these; none means all
   */
  public CompletableFuture<List<Row>> insertReturning(
      String table, Object records, String... columns) {
    return rows(tables.insertReturning(name(table), many(records), null, columns));
  }

  /** As {@link #insertReturning(String, Object, String...)}, doing with conflicts as told. */
  public CompletableFuture<List<Row>> insertReturning(
      String table, Object records, OnConflict conflict, String... columns) {
    return rows(tables.insertReturning(name(table), many(records), conflict, columns));
  }

  /** Inserts, and updates the rows whose primary key is there already. The number of both. */
  public CompletableFuture<Long> upsert(String table, Object records) {
    return run(tables.upsert(name(table), many(records), null));
  }

  /**
   * Inserts, and updates (or leaves) the rows that conflict as told. Of several records with one
   * key the last wins, column by column. The number of rows inserted or updated.
   */
  public CompletableFuture<Long> upsert(String table, Object records, OnConflict conflict) {
    return run(tables.upsert(name(table), many(records), conflict));
  }

  /** Upserts by the primary key and gives each row once, as it is now. */
  public CompletableFuture<List<Row>> upsertReturning(
      String table, Object records, String... columns) {
    return rows(tables.upsertReturning(name(table), many(records), null, columns));
  }

  /** Upserts and gives each row once, as it is now, in the order of the records. */
  public CompletableFuture<List<Row>> upsertReturning(
      String table, Object records, OnConflict conflict, String... columns) {
    return rows(tables.upsertReturning(name(table), many(records), conflict, columns));
  }

  /** Changes the rows that meet the condition; their number. */
  public CompletableFuture<Long> update(
      String table, @Nullable Object where, Map<String, ?> values) {
    return update(table, where, Assignments.of(values));
  }

  /** Changes the rows that meet the condition; their number. */
  public CompletableFuture<Long> update(
      String table, @Nullable Object where, Assignments assignments) {
    return run(tables.update(name(table), where, assignments));
  }

  /** Changes the rows that meet the condition and gives them as they are now. */
  public CompletableFuture<List<Row>> updateReturning(
      String table, @Nullable Object where, Assignments assignments, String... columns) {
    return rows(tables.updateReturning(name(table), where, assignments, columns));
  }

  /** Changes every row; their number. */
  public CompletableFuture<Long> updateAll(String table, Map<String, ?> values) {
    return updateAll(table, Assignments.of(values));
  }

  /** Changes every row; their number. */
  public CompletableFuture<Long> updateAll(String table, Assignments assignments) {
    return run(tables.updateAll(name(table), assignments));
  }

  /** Deletes the rows that meet the condition; their number. */
  public CompletableFuture<Long> delete(String table, @Nullable Object where) {
    return run(tables.delete(name(table), where));
  }

  /** Deletes the rows that meet the condition and gives them as they were. */
  public CompletableFuture<List<Row>> deleteReturning(
      String table, @Nullable Object where, String... columns) {
    return rows(tables.deleteReturning(name(table), where, columns));
  }

  /** Deletes every row; their number. Throws at the call when the password is wrong. */
  public CompletableFuture<Long> deleteAll(String table, @Nullable String deletionPassword) {
    return run(tables.deleteAll(name(table), deletionPassword));
  }

  /** Empties the table at once, without counting. Throws at the call when the password is wrong. */
  public CompletableFuture<@Nullable Void> truncate(
      String table, @Nullable String deletionPassword) {
    return Handoff.of(tables.truncate(name(table), deletionPassword), executor);
  }

  /** Drops the table. Throws at the call when the password is wrong. */
  public CompletableFuture<@Nullable Void> dropTable(
      String table, @Nullable String deletionPassword) {
    return Handoff.of(tables.dropTable(name(table), deletionPassword), executor);
  }

  /** Whether there is such a table; always asks the server. */
  public CompletableFuture<Boolean> tableExists(String table) {
    return run(tables.tableExists(name(table)));
  }

  /** The table as the server describes it now. */
  public CompletableFuture<TableDefinition> describe(String table) {
    return run(tables.describe(name(table)));
  }

  /**
   * Runs {@code work} in one transaction with a manager of the same tables; see {@link
   * Database#transaction}. Nested calls are savepoints.
   */
  public <T extends @Nullable Object> CompletableFuture<T> transaction(
      Function<DatabaseManager, ? extends CompletionStage<T>> work) {
    return transaction(TransactionOptions.defaults(), work);
  }

  /** As {@link #transaction(Function)}, with options. */
  public <T extends @Nullable Object> CompletableFuture<T> transaction(
      TransactionOptions options, Function<DatabaseManager, ? extends CompletionStage<T>> work) {
    Arguments.given("transaction", "options", options);
    Arguments.given("transaction", "a block", work);
    return Bracket.transaction(
        engine,
        options,
        executor,
        scope -> work.apply(new DatabaseManager(scope, tables.on(scope), executor, schema, null)));
  }

  /** Closes the database if this manager connected it. The second call does nothing. */
  public CompletableFuture<@Nullable Void> closeAsync() {
    ConnectionLog log = connection;
    return log != null && engine instanceof Engine.Pool pool
        ? Handoff.of(pool.close().doOnSuccess(closed -> log.disconnected()), executor)
        : CompletableFuture.completedFuture(null);
  }

  /** Closes and waits until it is done. */
  @Override
  public void close() {
    Blocking.await(closeAsync());
  }

  private static Iterable<?> many(Object records) {
    if (records == null) {
      throw new WrongArguments("records must not be null; give a record or a list of records");
    }
    if (records instanceof Object[] array) {
      return Arrays.asList(array);
    }
    return records instanceof Iterable<?> several ? several : List.of(records);
  }
}
