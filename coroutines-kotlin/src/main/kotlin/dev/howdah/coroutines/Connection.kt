package dev.howdah.coroutines

import dev.howdah.internal.engine.Engine

/** Like `Connection` in Java: one connection, held until it is closed. */
public class Connection internal constructor(private val lease: Engine.Lease) : Queries(lease) {
    /**
     * Like `Connection.closeAsync` in Java; runs to its end even when the coroutine is cancelled.
     */
    public suspend fun close(): Unit = lease.giveBack().awaitEndWhateverHappens()

    /** Runs [block] and closes the connection, however the block ends. */
    public suspend inline fun <R> use(block: (Connection) -> R): R =
        closing({ close() }) { block(this) }
}
