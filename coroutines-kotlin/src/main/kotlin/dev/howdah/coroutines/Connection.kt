package dev.howdah.coroutines

import dev.howdah.error.ServerReport
import dev.howdah.internal.engine.Engine
import dev.howdah.row.Row

/** Like `Connection` in Java: one connection, held until it is closed. */
public class Connection internal constructor(private val lease: Engine.Lease) : Queries(lease) {
    /** Like `Connection.prepare` in Java. */
    public inline fun <reified T> prepare(sql: String): PreparedQuery<T> =
        prepare(sql, rowReader<T>())

    /** Like `Connection.prepare` in Java, each row mapped by [mapper]. */
    public fun <T> prepare(sql: String, mapper: (Row) -> T): PreparedQuery<T> {
        lease.check("prepare")
        return PreparedQuery(this, sql, mapper)
    }

    /** Like `Connection.onNotice` in Java. */
    public fun onNotice(listener: (ServerReport) -> Unit): Unit = lease.onNotice(listener)

    /**
     * Like `Connection.closeAsync` in Java; runs to its end even when the coroutine is cancelled.
     */
    public suspend fun close(): Unit = lease.giveBack().awaitEndWhateverHappens()

    /** Runs [block] and closes the connection, however the block ends. */
    public suspend inline fun <R> use(block: (Connection) -> R): R =
        closing({ close() }) { block(this) }

    internal fun isOf(pool: Engine.Pool): Boolean = lease.isOf(pool)
}
