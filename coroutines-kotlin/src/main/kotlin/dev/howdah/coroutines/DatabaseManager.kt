package dev.howdah.coroutines

import dev.howdah.config.DatabaseOptions
import dev.howdah.config.ManagerOptions
import dev.howdah.config.TransactionOptions
import dev.howdah.internal.engine.Engine
import dev.howdah.internal.engine.Engines
import dev.howdah.internal.tables.ConnectionLog
import dev.howdah.internal.tables.TablesCore
import dev.howdah.query.Assignments
import dev.howdah.query.OnConflict
import dev.howdah.query.Selection
import dev.howdah.row.Row
import dev.howdah.schema.Column
import dev.howdah.schema.CreateTable
import dev.howdah.schema.TableDefinition
import dev.howdah.schema.TableName

/**
 * Like `DatabaseManager` in Java: tables by name, without SQL.
 *
 * A condition (`where`) is made with infix words, `("age" atLeast 18) and ("name" like "A%")`, with
 * `dev.howdah.query.Clauses`, or is a pair, a map, or a list of these. Records are maps, rows, or
 * objects with properties; one of them, or an iterable, sequence or array of any length.
 */
public class DatabaseManager
private constructor(
    private val engine: Engine,
    private val tables: TablesCore,
    private val schema: String?,
    private val connection: ConnectionLog?,
) {
    /** Like `DatabaseManager.inSchema` in Java. */
    public fun inSchema(schema: String): DatabaseManager =
        DatabaseManager(engine, tables, schema, null)

    /** Like `DatabaseManager.createTable` in Java. */
    public suspend fun createTable(table: String, vararg columns: Column): Boolean =
        tables.createTable(CreateTable.of(name(table), *columns)).await()

    /** Like `DatabaseManager.createTable` in Java, from columns as maps. */
    public suspend fun createTable(table: String, columns: List<Map<String, *>>): Boolean =
        tables.createTable(CreateTable.fromMaps(name(table), columns)).await()

    /** Like `DatabaseManager.insert` in Java. */
    public suspend fun insert(table: String, records: Any, onConflict: OnConflict? = null): Long =
        tables.insert(name(table), many(records), onConflict).await()

    /** Like `DatabaseManager.insertReturning` in Java. */
    public suspend fun insertReturning(
        table: String,
        records: Any,
        vararg columns: String,
        onConflict: OnConflict? = null,
    ): List<Row> =
        tables.insertReturning(name(table), many(records), onConflict, *columns).await().rows()

    /** Like `DatabaseManager.upsert` in Java. */
    public suspend fun upsert(table: String, records: Any, onConflict: OnConflict? = null): Long =
        tables.upsert(name(table), many(records), onConflict).await()

    /** Like `DatabaseManager.upsertReturning` in Java. */
    public suspend fun upsertReturning(
        table: String,
        records: Any,
        vararg columns: String,
        onConflict: OnConflict? = null,
    ): List<Row> =
        tables.upsertReturning(name(table), many(records), onConflict, *columns).await().rows()

    /** Like `DatabaseManager.select` in Java. */
    @JvmName("selectRows")
    public suspend fun select(
        table: String,
        where: Any? = null,
        selection: Selection = Selection.EVERYTHING,
    ): List<Row> = tables.select(name(table), condition(where), selection).await().rows()

    /** Like `DatabaseManager.select` in Java. */
    @JvmName("selectRows")
    public suspend fun select(table: String, selection: Selection): List<Row> =
        select(table, null, selection)

    /** Like `DatabaseManager.select` in Java, each row as a `T`. */
    public suspend inline fun <reified T> select(
        table: String,
        where: Any? = null,
        selection: Selection = Selection.EVERYTHING,
    ): List<T> = select(table, where, selection, rowReader<T>())

    @PublishedApi
    internal suspend fun <T> select(
        table: String,
        where: Any?,
        selection: Selection,
        reader: (Row) -> T,
    ): List<T> = tables.select(name(table), condition(where), selection).await().map(reader)

    /** Like `DatabaseManager.select` in Java, each row as a `T`. */
    public suspend inline fun <reified T> select(table: String, selection: Selection): List<T> =
        select<T>(table, null, selection)

    /** Like `DatabaseManager.selectOne` in Java; null when there is no row. */
    @JvmName("selectOneRow")
    public suspend fun selectOne(
        table: String,
        where: Any? = null,
        selection: Selection = Selection.EVERYTHING,
    ): Row? = select(table, where, selection.limit(1)).firstOrNull()

    /** Like `DatabaseManager.selectOne` in Java, the row as a `T`; null when there is none. */
    public suspend inline fun <reified T> selectOne(
        table: String,
        where: Any? = null,
        selection: Selection = Selection.EVERYTHING,
    ): T? = selectOne(table, where, selection)?.let(rowReader<T?>())

    /** Like `DatabaseManager.count` in Java. */
    public suspend fun count(table: String, where: Any? = null): Long =
        tables.count(name(table), condition(where)).await()

    /** Like `DatabaseManager.exists` in Java. */
    public suspend fun exists(table: String, where: Any? = null): Boolean =
        tables.exists(name(table), condition(where)).await()

    /** Like `DatabaseManager.update` in Java. */
    public suspend fun update(table: String, where: Any?, values: Map<String, *>): Long =
        update(table, where, assignments(values))

    /** Like `DatabaseManager.update` in Java. */
    public suspend fun update(table: String, where: Any?, assignments: Assignments): Long =
        tables.update(name(table), condition(where), assignments).await()

    /** Like `DatabaseManager.updateReturning` in Java. */
    public suspend fun updateReturning(
        table: String,
        where: Any?,
        assignments: Assignments,
        vararg columns: String,
    ): List<Row> =
        tables.updateReturning(name(table), condition(where), assignments, *columns).await().rows()

    /** Like `DatabaseManager.updateAll` in Java. */
    public suspend fun updateAll(table: String, values: Map<String, *>): Long =
        updateAll(table, assignments(values))

    /** Like `DatabaseManager.updateAll` in Java. */
    public suspend fun updateAll(table: String, assignments: Assignments): Long =
        tables.updateAll(name(table), assignments).await()

    /** Like `DatabaseManager.delete` in Java. */
    public suspend fun delete(table: String, where: Any?): Long =
        tables.delete(name(table), condition(where)).await()

    /** Like `DatabaseManager.deleteReturning` in Java. */
    public suspend fun deleteReturning(
        table: String,
        where: Any?,
        vararg columns: String,
    ): List<Row> = tables.deleteReturning(name(table), condition(where), *columns).await().rows()

    /** Like `DatabaseManager.deleteAll` in Java. */
    public suspend fun deleteAll(table: String, deletionPassword: String?): Long =
        tables.deleteAll(name(table), deletionPassword).await()

    /** Like `DatabaseManager.truncate` in Java. */
    public suspend fun truncate(table: String, deletionPassword: String?): Unit =
        tables.truncate(name(table), deletionPassword).awaitEnd()

    /** Like `DatabaseManager.dropTable` in Java. */
    public suspend fun dropTable(table: String, deletionPassword: String?): Unit =
        tables.dropTable(name(table), deletionPassword).awaitEnd()

    /** Like `DatabaseManager.tableExists` in Java. */
    public suspend fun tableExists(table: String): Boolean = tables.tableExists(name(table)).await()

    /** Like `DatabaseManager.describe` in Java. */
    public suspend fun describe(table: String): TableDefinition =
        tables.describe(name(table)).await()

    /** Like `DatabaseManager.transaction` in Java. */
    public suspend fun <T> transaction(
        options: TransactionOptions = TransactionOptions.defaults(),
        block: suspend DatabaseManager.() -> T,
    ): T =
        inTransaction(engine, options) { scope ->
            DatabaseManager(scope, tables.on(scope), schema, null).block()
        }

    /** Like `DatabaseManager.closeAsync` in Java. */
    public suspend fun close() {
        if (connection != null && engine is Engine.Pool) {
            engine.close().awaitEndWhateverHappens()
            connection.disconnected()
        }
    }

    /** Runs [block] and closes the manager, however the block ends. */
    public suspend inline fun <R> use(block: (DatabaseManager) -> R): R =
        closing({ close() }) { block(this) }

    private fun name(table: String) =
        if (schema == null) TableName.of(table) else TableName.of(schema, table)

    private fun condition(where: Any?): Any? =
        toJava(if (where is Pair<*, *>) mapOf(where) else where)

    private fun assignments(values: Map<String, *>) =
        Assignments.of(values.mapValues { toJava(it.value) })

    private fun many(records: Any): Iterable<*> =
        when (records) {
            is Iterable<*> -> records
            is Sequence<*> -> records.asIterable()
            is Array<*> -> records.asIterable()
            else -> listOf(records)
        }.map { toJava(it) }

    public companion object {
        /** Like `DatabaseManager.connect` in Java. */
        public suspend fun connect(url: String, deletionPassword: String): DatabaseManager =
            connect(DatabaseOptions.of(url), ManagerOptions.of(deletionPassword))

        /** Like `DatabaseManager.connect` in Java, with connection parts. */
        public suspend fun connect(
            authParams: Map<String, *>,
            deletionPassword: String,
        ): DatabaseManager =
            connect(DatabaseOptions.fromMap(authParams), ManagerOptions.of(deletionPassword))

        /** Like `DatabaseManager.connect` in Java. */
        public suspend fun connect(
            database: DatabaseOptions,
            options: ManagerOptions,
        ): DatabaseManager {
            val log = ConnectionLog(options)
            log.created()
            val echoing = if (options.echo()) database.withEcho(true) else database
            val engine = Engines.connect(echoing).awaitOwned { it.close() }
            log.connected()
            return DatabaseManager(engine, TablesCore(engine, options, Pulled.PULLING), null, log)
        }

        /** Like `DatabaseManager.of` in Java: closing it leaves the database open. */
        public fun of(database: Database, options: ManagerOptions): DatabaseManager =
            DatabaseManager(
                database.engine,
                TablesCore(database.engine, options, Pulled.PULLING),
                null,
                null,
            )
    }
}
