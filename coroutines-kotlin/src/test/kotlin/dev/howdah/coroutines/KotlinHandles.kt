package dev.howdah.coroutines

import dev.howdah.config.DatabaseOptions
import dev.howdah.config.TransactionOptions
import dev.howdah.observe.BorrowedConnection
import dev.howdah.observe.PoolStatus
import dev.howdah.query.CopyIn
import dev.howdah.query.CopyOut
import dev.howdah.query.CopyRecords
import dev.howdah.query.Outcome
import dev.howdah.query.Query as QueryValue
import dev.howdah.row.Row
import dev.howdah.row.RowMappers
import dev.howdah.testing.BlockingConnection
import dev.howdah.testing.BlockingDatabase
import dev.howdah.testing.BlockingHooks
import dev.howdah.testing.BlockingPreparedQuery
import dev.howdah.testing.BlockingQueries
import dev.howdah.testing.BlockingTransaction
import java.time.Duration
import java.util.Optional
import java.util.function.Consumer
import java.util.function.Function
import kotlin.time.toKotlinDuration
import kotlinx.coroutines.flow.fold
import kotlinx.coroutines.flow.take
import kotlinx.coroutines.flow.toList
import kotlinx.coroutines.runBlocking

/** The Kotlin handles, waiting: what the contracts run on. */
internal object KotlinHandles {
    fun connect(
        options: DatabaseOptions,
        hooks: BlockingHooks = BlockingHooks.none(),
    ): BlockingDatabase = OnDatabase(runBlocking { Database.connect(options, suspending(hooks)) })

    private fun suspending(hooks: BlockingHooks) =
        ConnectionHooks(
            init = suspending(hooks.init()),
            setup = suspending(hooks.setup()),
            reset = suspending(hooks.reset()),
        )

    private fun suspending(hook: Consumer<BlockingConnection>?): (suspend Connection.() -> Unit)? =
        hook?.let { { it.accept(OnConnection(this)) } }

    private open class On<Q : Queries>(val queries: Q) : BlockingQueries {
        override fun <R> run(query: QueryValue<R>): R = runBlocking { queries.run(query) }

        override fun executeScript(sql: String) = runBlocking { queries.executeScript(sql) }

        override fun executeScript(sql: String, timeout: Duration) = runBlocking {
            queries.executeScript(sql, timeout.toKotlinDuration())
        }

        override fun execute(sql: String, vararg arguments: Any?): Long = runBlocking {
            queries.execute(sql, *arguments)
        }

        override fun fetch(sql: String, vararg arguments: Any?): List<Row> = runBlocking {
            queries.fetch(sql, *arguments)
        }

        override fun <T : Any> fetch(type: Class<T>, sql: String, vararg arguments: Any?): List<T> =
            runBlocking {
                @Suppress("UNCHECKED_CAST")
                queries.fetch(sql, *arguments) { RowMappers.of(type).map(it) } as List<T>
            }

        override fun fetchRow(sql: String, vararg arguments: Any?): Optional<Row> = runBlocking {
            Optional.ofNullable(queries.fetchRow<Row>(sql, *arguments))
        }

        override fun <T : Any> fetchRow(
            type: Class<T>,
            sql: String,
            vararg arguments: Any?,
        ): Optional<T> = runBlocking {
            Optional.ofNullable(queries.fetchRow(type.kotlin, sql, *arguments))
        }

        override fun fetchOne(sql: String, vararg arguments: Any?): Row = runBlocking {
            queries.fetchOne(sql, *arguments)
        }

        override fun <T : Any> fetchOne(type: Class<T>, sql: String, vararg arguments: Any?): T =
            runBlocking {
                queries.fetchOne(type.kotlin, sql, *arguments)
            }

        override fun <T : Any> fetchValue(
            type: Class<T>,
            sql: String,
            vararg arguments: Any?,
        ): Optional<T> = runBlocking {
            Optional.ofNullable(queries.fetchValue(type.kotlin, sql, *arguments))
        }

        override fun copyIn(copy: CopyRecords, records: Iterable<*>): Long = runBlocking {
            queries.copyIn(copy, records)
        }

        override fun copyIn(copy: CopyIn, bytes: ByteArray): Long = runBlocking {
            queries.copyIn(copy, bytes)
        }

        override fun copyOut(copy: CopyOut): ByteArray = runBlocking {
            queries.copyOut(copy).fold(ByteArray(0)) { all, chunk -> all + chunk }
        }

        override fun <T : Any> stream(query: QueryValue<List<T>>, action: Consumer<in T>) =
            runBlocking {
                queries.stream(query).collect { action.accept(it) }
            }

        override fun <T : Any> stream(atMost: Int, query: QueryValue<List<T>>): List<T> =
            runBlocking {
                queries.stream(query).take(atMost).toList()
            }

        override fun <T> transaction(work: Function<BlockingTransaction, T>): T = runBlocking {
            queries.transaction { work.apply(OnTransaction(this)) }
        }

        override fun <T> transaction(
            options: TransactionOptions,
            work: Function<BlockingTransaction, T>,
        ): T = runBlocking { queries.transaction(options) { work.apply(OnTransaction(this)) } }

        override fun begin(): BlockingTransaction = runBlocking { OnTransaction(queries.begin()) }

        override fun begin(options: TransactionOptions): BlockingTransaction = runBlocking {
            OnTransaction(queries.begin(options))
        }
    }

    private class OnDatabase(database: Database) : On<Database>(database), BlockingDatabase {
        override fun <R> gather(many: List<QueryValue<R>>): List<R> = runBlocking {
            queries.gather(many)
        }

        override fun <R> gatherSnapshot(many: List<QueryValue<R>>): List<R> = runBlocking {
            queries.gatherSnapshot(many)
        }

        override fun <R> gatherOutcomes(many: List<QueryValue<R>>): List<Outcome<R>> = runBlocking {
            queries.gatherOutcomes(many)
        }

        override fun <T> connection(work: Function<BlockingConnection, T>): T = runBlocking {
            queries.connection { work.apply(OnConnection(this)) }
        }

        override fun acquire(): BlockingConnection = runBlocking { OnConnection(queries.acquire()) }

        override fun release(connection: BlockingConnection) = runBlocking {
            queries.release((connection as OnConnection).queries)
        }

        override fun status(): PoolStatus = queries.status()

        override fun borrowedConnections(): List<BorrowedConnection> = queries.borrowedConnections()

        override fun expireConnections() = queries.expireConnections()

        override fun close() = runBlocking { queries.close() }
    }

    private class OnConnection(connection: Connection) :
        On<Connection>(connection), BlockingConnection {
        override fun <T : Any> prepare(type: Class<T>, sql: String): BlockingPreparedQuery<T> =
            OnPreparedQuery(queries.prepare(sql) { mapped(type, it) })

        override fun close() = runBlocking { queries.close() }
    }

    private class OnTransaction(transaction: Transaction) :
        On<Transaction>(transaction), BlockingTransaction {
        override fun commit() = runBlocking { queries.commit() }

        override fun rollback() = runBlocking { queries.rollback() }

        override fun savepoint(name: String): BlockingTransaction.Savepoint = runBlocking {
            OnSavepoint(queries.savepoint(name))
        }

        override fun <T : Any> cursor(query: QueryValue<List<T>>): BlockingTransaction.Cursor<T> =
            runBlocking {
                OnCursor(queries.cursor(query))
            }

        override fun <T : Any> prepare(type: Class<T>, sql: String): BlockingPreparedQuery<T> =
            OnPreparedQuery(queries.prepare(sql) { mapped(type, it) })

        override fun close() = runBlocking { queries.close() }
    }

    private class OnSavepoint(private val savepoint: Savepoint) : BlockingTransaction.Savepoint {
        override fun name(): String = savepoint.name

        override fun rollback() = runBlocking { savepoint.rollback() }

        override fun release() = runBlocking { savepoint.release() }
    }

    private class OnCursor<T : Any>(private val cursor: Cursor<T>) : BlockingTransaction.Cursor<T> {
        override fun fetch(rows: Int): List<T> = runBlocking { cursor.fetch(rows) }

        override fun skip(rows: Long): Long = runBlocking { cursor.skip(rows) }

        override fun close() = runBlocking { cursor.close() }
    }

    private class OnPreparedQuery<T : Any>(private val query: PreparedQuery<T>) :
        BlockingPreparedQuery<T> {
        override fun execute(vararg arguments: Any?): Long = runBlocking {
            query.execute(*arguments)
        }

        override fun fetch(vararg arguments: Any?): List<T> = runBlocking {
            query.fetch(*arguments)
        }

        override fun fetchRow(vararg arguments: Any?): Optional<T> = runBlocking {
            Optional.ofNullable(query.fetchRow(*arguments))
        }

        override fun fetchOne(vararg arguments: Any?): T = runBlocking {
            query.fetchOne(*arguments)
        }

        override fun stream(vararg arguments: Any?): List<T> = runBlocking {
            query.stream(*arguments).toList()
        }

        override fun toString(): String = query.toString()
    }

    private fun <T : Any> mapped(type: Class<T>, row: Row): T =
        checkNotNull(RowMappers.of(type).map(row))
}
