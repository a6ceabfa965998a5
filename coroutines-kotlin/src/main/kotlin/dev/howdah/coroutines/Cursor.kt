package dev.howdah.coroutines

import dev.howdah.internal.engine.Engine
import dev.howdah.query.Query as QueryValue

/** Like `Cursor` in Java: an answer on the server, read in portions. */
public class Cursor<T>
internal constructor(private val cursor: Engine.Cursor, private val query: QueryValue<List<T>>) {
    /** Like `Cursor.fetch` in Java. */
    public suspend fun fetch(rows: Int): List<T> = query.read(cursor.fetch(rows).await())

    /** Like `Cursor.skip` in Java. */
    public suspend fun skip(rows: Long): Long = cursor.skip(rows).await()

    /** Like `Cursor.closeAsync` in Java; runs to its end even when the coroutine is cancelled. */
    public suspend fun close(): Unit = cursor.close().awaitEndWhateverHappens()

    /** Runs [block] and closes the cursor, however the block ends. */
    public suspend inline fun <R> use(block: (Cursor<T>) -> R): R =
        closing({ close() }) { block(this) }
}
