package dev.howdah.coroutines

import dev.howdah.internal.engine.Engine
import dev.howdah.query.Query as QueryValue
import dev.howdah.row.Row

/** Like `Transaction` in Java: the verbs inside a transaction, valid until it ends. */
public class Transaction internal constructor(private val scope: Engine.Scope) : Queries(scope) {
    /** Like `Transaction.commit` in Java; runs to its end even when the coroutine is cancelled. */
    public suspend fun commit(): Unit = scope.commit().awaitEndWhateverHappens()

    /**
     * Like `Transaction.rollback` in Java; runs to its end even when the coroutine is cancelled.
     */
    public suspend fun rollback(): Unit = scope.rollback().awaitEndWhateverHappens()

    /** Like `Transaction.savepoint` in Java. */
    public suspend fun savepoint(name: String): Savepoint =
        Savepoint(name, scope.savepoint(name).awaitOwned { it.release() })

    /** Like `Transaction.cursor` in Java. */
    public suspend inline fun <reified T> cursor(sql: String, vararg arguments: Any?): Cursor<T> =
        cursor(Query.rows<T>(sql, *arguments))

    /** Like `Transaction.cursor` in Java, each row mapped by [mapper]. */
    public suspend fun <T> cursor(
        sql: String,
        vararg arguments: Any?,
        mapper: (Row) -> T,
    ): Cursor<T> = cursor(Query.rows(sql, *arguments, mapper = mapper))

    /** Like `Transaction.cursor` in Java, of a query value. */
    public suspend fun <T> cursor(query: QueryValue<List<T>>): Cursor<T> =
        Cursor(scope.cursor(query.`as`("cursor")).awaitOwned { it.close() }, query)

    /** Like `Transaction.prepare` in Java. */
    public inline fun <reified T> prepare(sql: String): PreparedQuery<T> =
        prepare(sql, rowReader<T>())

    /** Like `Transaction.prepare` in Java, each row mapped by [mapper]. */
    public fun <T> prepare(sql: String, mapper: (Row) -> T): PreparedQuery<T> {
        scope.check("prepare")
        return PreparedQuery(this, sql, mapper)
    }

    /** Like `Transaction.closeAsync` in Java: rolls back if it is still open. */
    public suspend fun close(): Unit = scope.close().awaitEndWhateverHappens()

    /** Runs [block], then rolls back if the transaction is still open, however the block ends. */
    public suspend inline fun <R> use(block: (Transaction) -> R): R =
        closing({ close() }) { block(this) }
}
