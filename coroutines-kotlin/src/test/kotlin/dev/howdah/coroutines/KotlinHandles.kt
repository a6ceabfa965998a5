package dev.howdah.coroutines

import dev.howdah.config.DatabaseOptions
import dev.howdah.config.TransactionOptions
import dev.howdah.observe.PoolStatus
import dev.howdah.query.CopyIn
import dev.howdah.query.CopyOut
import dev.howdah.query.CopyRecords
import dev.howdah.query.Outcome
import dev.howdah.query.Query as QueryValue
import dev.howdah.row.Row
import dev.howdah.row.RowMappers
import dev.howdah.testing.BlockingDatabase
import dev.howdah.testing.BlockingQueries
import java.util.Optional
import java.util.function.Function
import kotlinx.coroutines.flow.fold
import kotlinx.coroutines.runBlocking

/** The Kotlin handles, waiting: what the contracts run on. */
internal object KotlinHandles {
    fun connect(options: DatabaseOptions): BlockingDatabase =
        OnDatabase(runBlocking { Database.connect(options) })

    private open class On<Q : Queries>(val queries: Q) : BlockingQueries {
        override fun <R> run(query: QueryValue<R>): R = runBlocking { queries.run(query) }

        override fun executeScript(sql: String) = runBlocking { queries.executeScript(sql) }

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

        override fun <T> transaction(work: Function<BlockingQueries, T>): T = runBlocking {
            queries.transaction { work.apply(On(this)) }
        }
    }

    private class OnDatabase(database: Database) : On<Database>(database), BlockingDatabase {
        override fun <R> gather(many: List<QueryValue<R>>): List<R> = runBlocking {
            queries.gather(many)
        }

        override fun <R> gatherOutcomes(many: List<QueryValue<R>>): List<Outcome<R>> = runBlocking {
            queries.gatherOutcomes(many)
        }

        override fun <T> transaction(
            options: TransactionOptions,
            work: Function<BlockingQueries, T>,
        ): T = runBlocking { queries.transaction(options) { work.apply(On(this)) } }

        override fun <T> connection(work: Function<BlockingQueries, T>): T = runBlocking {
            queries.connection { work.apply(On(this)) }
        }

        override fun status(): PoolStatus = queries.status()

        override fun close() = runBlocking { queries.close() }
    }
}
