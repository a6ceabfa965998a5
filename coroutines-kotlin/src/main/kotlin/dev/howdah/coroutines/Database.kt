package dev.howdah.coroutines

import dev.howdah.config.DatabaseOptions
import dev.howdah.config.DatabaseOptionsBuilder
import dev.howdah.error.ClientException.WrongArguments
import dev.howdah.internal.engine.Engine
import dev.howdah.internal.engine.Engine.OnFailure
import dev.howdah.internal.engine.Engines
import dev.howdah.observe.BorrowedConnection
import dev.howdah.observe.Notification
import dev.howdah.observe.NotificationGap
import dev.howdah.observe.PoolStatus
import dev.howdah.query.Outcome
import dev.howdah.query.Query as QueryValue
import kotlinx.coroutines.flow.Flow

/**
 * Like `Database` in Java: a PostgreSQL database behind a pool of connections, safe to share.
 *
 * ```
 * Database.connect("postgresql://app:p@ss#1@localhost/shop").use { db ->
 *     val user: User? = db.fetchRow("SELECT * FROM users WHERE user_id = $1", 3)
 * }
 * ```
 */
public class Database internal constructor(internal val engine: Engine.Pool) : Queries(engine) {
    /** Like `Database.gather` in Java. */
    public suspend fun <R> gather(queries: List<QueryValue<out R>>): List<R> {
        val fixed = queries.toList()
        return read(fixed, engine.gather(fixed, OnFailure.CANCEL_REST).await())
    }

    /** Like `Database.toString` in Java. */
    override fun toString(): String = "Database[$engine]"

    /** Like `Database.gatherSnapshot` in Java. */
    public suspend fun <R> gatherSnapshot(queries: List<QueryValue<out R>>): List<R> {
        val fixed = queries.toList()
        return read(fixed, engine.gatherSnapshot(fixed).await())
    }

    private fun <R> read(queries: List<QueryValue<out R>>, answers: Engine.Gathered): List<R> =
        queries.mapIndexed { index, query -> query.read(answers.answer(index)) }

    /** Like `Database.gatherOutcomes` in Java. */
    public suspend fun <R> gatherOutcomes(queries: List<QueryValue<out R>>): List<Outcome<R>> {
        val fixed = queries.toList()
        val answers = engine.gather(fixed, OnFailure.COLLECT).await()
        return fixed.mapIndexed { index, query ->
            answers.failure(index)?.let { Outcome.failed(it) }
                ?: Outcome.of { query.read(answers.answer(index)) }
        }
    }

    /** Like `Database.connection` in Java. */
    public suspend fun <T> connection(block: suspend Connection.() -> T): T =
        acquire().use { it.block() }

    /** Like `Database.acquire` in Java. */
    public suspend fun acquire(): Connection =
        Connection(engine.lease().awaitOwned { it.giveBack() })

    /** Like `Database.release` in Java. */
    public suspend fun release(connection: Connection) {
        if (!connection.isOf(engine)) {
            throw WrongArguments(
                "release was given a connection of another database; give it back where it was acquired"
            )
        }
        connection.close()
    }

    /**
     * Like `Database.listen` in Java: the notifications that are sent to [channel], until the
     * collection is cancelled or the database is closed.
     *
     * Cold: each collection is a listener of its own, from the moment it begins, on the collector's
     * dispatcher. It fails when no connection can be opened at the beginning; later it goes on
     * through lost connections.
     *
     * @param bufferSize how many notifications may wait for a slow collector; when it is full,
     *   further ones are dropped, counted, and told by a gap at that place
     * @param onListening runs once, when whatever is sent from now on will be collected: the place
     *   to read the present state
     * @param onGap is told where notifications may be missing, in order with them; what it throws
     *   ends the collection
     */
    public fun listen(
        channel: String,
        bufferSize: Int = 1_024,
        onListening: suspend () -> Unit = {},
        onGap: suspend (NotificationGap) -> Unit = {},
    ): Flow<Notification> = notificationsOf(engine.listen(channel, bufferSize), onListening, onGap)

    /** Like `Database.status` in Java. */
    public fun status(): PoolStatus = engine.status()

    /** Like `Database.borrowedConnections` in Java. */
    public fun borrowedConnections(): List<BorrowedConnection> = engine.borrowed()

    /** Like `Database.expireConnections` in Java. */
    public fun expireConnections(): Unit = engine.expire()

    /** Like `Database.closeAsync` in Java; runs to its end even when the coroutine is cancelled. */
    public suspend fun close(): Unit = engine.close().awaitEndWhateverHappens()

    /** Runs [block] and closes the database, however the block ends. */
    public suspend inline fun <R> use(block: (Database) -> R): R =
        closing({ close() }) { block(this) }

    public companion object {
        /** Like `Database.connect` in Java; [configure] adds to what the URL says. */
        public suspend fun connect(
            url: String,
            configure: DatabaseOptionsBuilder.() -> Unit = {},
        ): Database = connect(options(url, configure))

        /** Like `Database.connect` in Java, with steps of the program's own. */
        public suspend fun connect(
            url: String,
            hooks: ConnectionHooks,
            configure: DatabaseOptionsBuilder.() -> Unit = {},
        ): Database = connect(options(url, configure), hooks)

        /** Like `Database.connect` in Java. */
        public suspend fun connect(
            options: DatabaseOptions,
            hooks: ConnectionHooks = ConnectionHooks(),
        ): Database = Database(Engines.connect(options, hooks.inEngine()).awaitOwned { it.close() })

        /** Like `Database.open` in Java; [configure] adds to what the URL says. */
        public fun open(url: String, configure: DatabaseOptionsBuilder.() -> Unit = {}): Database =
            open(options(url, configure))

        /** Like `Database.open` in Java. */
        public fun open(
            options: DatabaseOptions,
            hooks: ConnectionHooks = ConnectionHooks(),
        ): Database = Database(Engines.open(options, hooks.inEngine()))

        private fun options(url: String, configure: DatabaseOptionsBuilder.() -> Unit) =
            DatabaseOptions.builder().url(url).apply(configure).build()
    }
}
