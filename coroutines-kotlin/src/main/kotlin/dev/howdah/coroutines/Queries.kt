package dev.howdah.coroutines

import dev.howdah.config.ExplainOptions
import dev.howdah.config.TransactionOptions
import dev.howdah.internal.engine.Engine
import dev.howdah.internal.engine.Engine.EndedBy
import dev.howdah.internal.engine.ServerQueries
import dev.howdah.internal.tables.CopyCore
import dev.howdah.observe.ServerVersion
import dev.howdah.query.CopyIn
import dev.howdah.query.CopyOut
import dev.howdah.query.CopyRecords
import dev.howdah.query.ManyQuery
import dev.howdah.query.Query as QueryValue
import dev.howdah.row.Row
import java.io.InputStream
import java.io.OutputStream
import java.nio.channels.WritableByteChannel
import java.nio.file.Path
import kotlin.reflect.KClass
import kotlin.time.Duration
import kotlinx.coroutines.flow.Flow

/**
 * The verbs that a [Database], a [Connection] and a [Transaction] share; like `Queries` in Java.
 *
 * The type asked for is written, `fetch<User>(…)`, or found by the compiler: a data class, a
 * record, [Row], `Map<String, Any?>`, or a single value such as `Long`. Where its values may be
 * null it says so: `fetch<String?>(…)`; a null for `fetch<String>(…)` is a
 * [dev.howdah.error.ClientException.MappingFailure]. Named parameters are given as pairs, `"age" to
 * 18`, as one map, or as one data class.
 *
 * A verb suspends until its answer is here and goes on with the caller's dispatcher, where rows are
 * mapped too. Cancelling the coroutine stops the statement on the server. Do not block under
 * `Dispatchers.Unconfined`: there the caller goes on with the network's own thread.
 */
public sealed class Queries(private val engine: Engine) {
    /** Like `Queries.run` in Java. */
    public suspend fun <R> run(query: QueryValue<R>): R = query.read(engine.run(query).await())

    /** Like `Queries.execute` in Java. */
    public suspend fun execute(sql: String, vararg arguments: Any?): Long =
        run(Query.execute(sql, *arguments))

    /** Like `Queries.executeScript` in Java. */
    public suspend fun executeScript(sql: String): Unit = engine.script(sql).awaitEnd()

    /** Like `Queries.executeScript` in Java, with a time budget for the whole script. */
    public suspend fun executeScript(sql: String, timeout: Duration): Unit =
        engine.script(sql, positive("executeScript", timeout)).awaitEnd()

    /** Like `Queries.fetch` in Java. */
    public suspend inline fun <reified T> fetch(sql: String, vararg arguments: Any?): List<T> =
        run(Query.rows<T>(sql, *arguments))

    /** Like `Queries.fetch` in Java, for a class known at run time. */
    public suspend fun <T : Any> fetch(
        type: KClass<T>,
        sql: String,
        vararg arguments: Any?,
    ): List<T> = run(Query.rows(type, sql, *arguments))

    /** Like `Queries.fetch` in Java, each row mapped by [mapper]. */
    public suspend fun <T> fetch(sql: String, vararg arguments: Any?, mapper: (Row) -> T): List<T> =
        run(Query.rows(sql, *arguments, mapper = mapper))

    /** Like `Queries.fetchRow` in Java; null when there is no row. */
    public suspend inline fun <reified T> fetchRow(sql: String, vararg arguments: Any?): T? =
        run(Query.row<T>(sql, *arguments))

    /** Like `Queries.fetchRow` in Java, for a class known at run time. */
    public suspend fun <T : Any> fetchRow(
        type: KClass<T>,
        sql: String,
        vararg arguments: Any?,
    ): T? = run(Query.row(type, sql, *arguments))

    /** Like `Queries.fetchRow` in Java, the row mapped by [mapper]. */
    public suspend fun <T> fetchRow(sql: String, vararg arguments: Any?, mapper: (Row) -> T): T? =
        run(Query.row(sql, *arguments, mapper = mapper))

    /** Like `Queries.fetchOne` in Java. */
    public suspend inline fun <reified T> fetchOne(sql: String, vararg arguments: Any?): T =
        run(Query.one<T>(sql, *arguments))

    /** Like `Queries.fetchOne` in Java, for a class known at run time. */
    public suspend fun <T : Any> fetchOne(type: KClass<T>, sql: String, vararg arguments: Any?): T =
        run(Query.one(type, sql, *arguments))

    /** Like `Queries.fetchOne` in Java, the row mapped by [mapper]. */
    public suspend fun <T> fetchOne(sql: String, vararg arguments: Any?, mapper: (Row) -> T): T =
        run(Query.one(sql, *arguments, mapper = mapper))

    /** Like `Queries.fetchValue` in Java; null when there is no row or its value is null. */
    public suspend inline fun <reified T> fetchValue(sql: String, vararg arguments: Any?): T? =
        run(Query.value<T>(sql, *arguments))

    /** Like `Queries.fetchValue` in Java, for a class known at run time. */
    public suspend fun <T : Any> fetchValue(
        type: KClass<T>,
        sql: String,
        vararg arguments: Any?,
    ): T? = run(Query.value(type, sql, *arguments))

    /** Like `Queries.notify` in Java. */
    public suspend fun notify(channel: String, payload: String = "") {
        run(ServerQueries.notification(channel, payload))
    }

    /** Like `Queries.explain` in Java. */
    public suspend fun explain(
        sql: String,
        vararg arguments: Any?,
        options: ExplainOptions = ExplainOptions.defaults(),
    ): String = explain(Query.rows<Row>(sql, *arguments), options)

    /** Like `Queries.explain` in Java, of a query value. */
    public suspend fun explain(
        query: QueryValue<*>,
        options: ExplainOptions = ExplainOptions.defaults(),
    ): String {
        val plan = ServerQueries.plan(options, query)
        return plan.read(ServerQueries.run(engine, options, plan).await())
    }

    /** Like `Queries.serverVersion` in Java. */
    public suspend fun serverVersion(): ServerVersion = run(ServerQueries.version())

    /** Like `Queries.serverSettings` in Java. */
    public suspend fun serverSettings(): Map<String, String> = run(ServerQueries.settings())

    /**
     * Like `Queries.executeMany` in Java: each element is a list or an array of arguments, a map or
     * a data class for `:name` parameters, or the bare value of the only `$1`. They are pulled with
     * `Dispatchers.Default`.
     */
    public suspend fun executeMany(sql: String, elements: Iterable<*>): Long =
        engine.many(ManyQuery.execute(sql), elements.iterator()).affected()

    /** Like `Queries.executeMany` in Java, from a sequence. */
    public suspend fun executeMany(sql: String, elements: Sequence<*>): Long =
        engine.many(ManyQuery.execute(sql), elements.iterator()).affected()

    /** Like `Queries.executeMany` in Java, from a flow, collected in the caller's context. */
    public suspend fun executeMany(sql: String, elements: Flow<*>): Long =
        engine.many(ManyQuery.execute(sql), elements).affected()

    /** Like `Queries.fetchMany` in Java. */
    public suspend inline fun <reified T> fetchMany(sql: String, elements: Iterable<*>): List<T> =
        fetchMany(sql, elements.iterator(), rowReader<T>())

    /** Like `Queries.fetchMany` in Java, from a sequence. */
    public suspend inline fun <reified T> fetchMany(sql: String, elements: Sequence<*>): List<T> =
        fetchMany(sql, elements.iterator(), rowReader<T>())

    /** Like `Queries.fetchMany` in Java, from a flow, collected in the caller's context. */
    public suspend inline fun <reified T> fetchMany(sql: String, elements: Flow<*>): List<T> =
        fetchMany(sql, elements, rowReader<T>())

    @PublishedApi
    internal suspend fun <T> fetchMany(
        sql: String,
        elements: Iterator<*>,
        reader: (Row) -> T,
    ): List<T> = ManyQuery.fetch(sql).let { it.map(engine.many(it, elements), reader) }

    @PublishedApi
    internal suspend fun <T> fetchMany(
        sql: String,
        elements: Flow<*>,
        reader: (Row) -> T,
    ): List<T> = ManyQuery.fetch(sql).let { it.map(engine.many(it, elements), reader) }

    /**
     * Like `Queries.copyIn` in Java: records into a table, by one COPY. They are pulled with
     * `Dispatchers.Default`.
     */
    public suspend fun copyIn(table: String, records: Iterable<*>): Long =
        copyIn(CopyRecords.into(table), records)

    /** Like `Queries.copyIn` in Java, from a sequence. */
    public suspend fun copyIn(table: String, records: Sequence<*>): Long =
        copyIn(CopyRecords.into(table), records)

    /** Like `Queries.copyIn` in Java, from a flow, collected in the caller's context. */
    public suspend fun copyIn(table: String, records: Flow<*>): Long =
        copyIn(CopyRecords.into(table), records)

    /** Like `Queries.copyIn` in Java, with columns and options. */
    public suspend fun copyIn(copy: CopyRecords, records: Iterable<*>): Long =
        copies().`in`(copy, Pulled(records.iterator())).await()

    /** Like `Queries.copyIn` in Java, from a sequence, with columns and options. */
    public suspend fun copyIn(copy: CopyRecords, records: Sequence<*>): Long =
        copies().`in`(copy, Pulled(records.iterator())).await()

    /** Like `Queries.copyIn` in Java, from a flow, with columns and options. */
    public suspend fun copyIn(copy: CopyRecords, records: Flow<*>): Long =
        receiving(records) { copies().`in`(copy, it).await() }

    /** Like `Queries.copyIn` in Java: CSV, text or binary data. */
    public suspend fun copyIn(copy: CopyIn, bytes: ByteArray): Long =
        copies().`in`(copy, Pulled(listOf(bytes).iterator())).await()

    /** Like `Queries.copyIn` in Java, from a flow, collected in the caller's context. */
    public suspend fun copyIn(copy: CopyIn, bytes: Flow<ByteArray>): Long =
        receiving(bytes) { copies().`in`(copy, it).await() }

    /** Like `Queries.copyIn` in Java, from a stream, read with `Dispatchers.IO`. */
    public suspend fun copyIn(copy: CopyIn, stream: InputStream): Long =
        blockingCopies().`in`(copy, stream).await()

    /** Like `Queries.copyIn` in Java, from a file. */
    public suspend fun copyIn(copy: CopyIn, file: Path): Long =
        blockingCopies().`in`(copy, file).await()

    /**
     * Like `Queries.copyOut` in Java: CSV, text or binary data, in chunks of about 64 KiB.
     *
     * Cold: each collection is a copy, and the server waits for the collector. It is stopped when
     * the collection ends, however it ends; inside a transaction that fails the transaction.
     */
    public fun copyOut(copy: CopyOut): Flow<ByteArray> = bytesOf(copies(), copy)

    /** Like `Queries.copyOut` in Java, into a stream, written with `Dispatchers.IO`. */
    public suspend fun copyOut(copy: CopyOut, stream: OutputStream): Long =
        blockingCopies().out(copy, stream).await()

    /** Like `Queries.copyOut` in Java, into a channel, written with `Dispatchers.IO`. */
    public suspend fun copyOut(copy: CopyOut, channel: WritableByteChannel): Long =
        blockingCopies().out(copy, channel).await()

    /** Like `Queries.copyOut` in Java, into a file. */
    public suspend fun copyOut(copy: CopyOut, file: Path): Long =
        blockingCopies().out(copy, file).await()

    private fun copies() = CopyCore(engine, Pulled.PULLING)

    private fun blockingCopies() = CopyCore(engine, BLOCKING)

    /**
     * Like `Queries.stream` in Java: the rows one by one, in constant memory.
     *
     * Cold: each collection runs the query. The cursor closes when the collection ends, however it
     * ends; `take(3)` reads no more than it needs and a page.
     */
    public inline fun <reified T> stream(sql: String, vararg arguments: Any?): Flow<T> =
        stream(Query.rows<T>(sql, *arguments))

    /** Like `Queries.stream` in Java, for a class known at run time. */
    public fun <T : Any> stream(type: KClass<T>, sql: String, vararg arguments: Any?): Flow<T> =
        stream(Query.rows(type, sql, *arguments))

    /** Like `Queries.stream` in Java, each row mapped by [mapper]. */
    public fun <T> stream(sql: String, vararg arguments: Any?, mapper: (Row) -> T): Flow<T> =
        stream(Query.rows(sql, *arguments, mapper = mapper))

    /** Like `Queries.stream` in Java, of a query value. */
    public fun <T> stream(query: QueryValue<List<T>>): Flow<T> =
        rowsOf(engine, query.`as`("stream"))

    /**
     * Like `Queries.begin` in Java: a transaction that the caller ends; `use { }` rolls back what
     * was not committed.
     */
    public suspend fun begin(
        options: TransactionOptions = TransactionOptions.defaults()
    ): Transaction = Transaction(engine.begin(options, EndedBy.CALLER).awaitOwned { it.close() })

    /**
     * Like `Queries.transaction` in Java; inside a transaction, a savepoint.
     *
     * COMMIT when [block] returns, ROLLBACK when it throws or the coroutine is cancelled; what it
     * threw is thrown as it is.
     */
    public suspend fun <T> transaction(
        options: TransactionOptions = TransactionOptions.defaults(),
        block: suspend Transaction.() -> T,
    ): T = inTransaction(engine, options) { Transaction(it).block() }
}
