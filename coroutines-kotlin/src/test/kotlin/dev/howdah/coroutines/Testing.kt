package dev.howdah.coroutines

import dev.howdah.config.DatabaseOptions
import dev.howdah.config.DatabaseOptionsBuilder
import dev.howdah.config.PoolOptions
import dev.howdah.testing.Eventually
import dev.howdah.testing.TestDatabase
import java.util.concurrent.LinkedBlockingQueue
import java.util.concurrent.TimeUnit
import kotlin.coroutines.CoroutineContext
import kotlin.time.Duration.Companion.minutes
import kotlinx.coroutines.CoroutineDispatcher
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.launch
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.withContext
import kotlinx.coroutines.withTimeout
import org.assertj.core.api.Assertions.assertThat

/** Far more than any test needs, on a busy machine too. */
private val HANGS = 5.minutes

/** Runs a test that suspends; one that hangs fails. */
internal fun suspending(test: suspend CoroutineScope.() -> Unit): Unit = runBlocking {
    withTimeout(HANGS, test)
}

/** Runs a test with a database that must have all its connections back at the end. */
internal fun with(
    server: TestDatabase,
    configure: DatabaseOptionsBuilder.() -> Unit = {},
    test: suspend CoroutineScope.(Database) -> Unit,
): Unit = suspending {
    Database.connect(server.url(), configure).use { db ->
        test(db)
        eventually("all connections back") { db.status().inUse() == 0 }
    }
}

internal fun poolOf(size: Int): DatabaseOptionsBuilder.() -> Unit = {
    pool(PoolOptions.defaults().withSize(1, size))
}

/** Waits for a condition that another thread or process brings about. */
internal suspend fun eventually(what: String, condition: () -> Boolean): Unit =
    withContext(Dispatchers.IO) { Eventually.require(what) { condition() } }

/** How many sessions of a test's database run such a statement now. */
internal fun TestDatabase.running(statement: String): Long =
    query(
            "SELECT count(*) FROM pg_stat_activity WHERE state = 'active'" +
                " AND datname = current_database() AND pid <> pg_backend_pid()" +
                " AND query LIKE '%$statement%'"
        )
        .single()
        .single() as Long

/** How many sessions of a test's database have a transaction open and run nothing. */
internal fun TestDatabase.idleInTransaction(): Long =
    value(
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()" +
            " AND state LIKE 'idle in transaction%'"
    )
        as Long

/** The one value of a statement, read over JDBC. */
internal fun TestDatabase.value(sql: String): Any? = query(sql).single().single()

internal inline fun <reified E : Throwable> failureOf(block: () -> Any?): E {
    try {
        block()
    } catch (failure: Throwable) {
        if (failure is E) return failure
        throw failure
    }
    throw AssertionError("no ${E::class.simpleName} was thrown")
}

/** Runs nothing by itself: a test decides when a coroutine goes on. */
internal class Stepping : CoroutineDispatcher() {
    private val steps = LinkedBlockingQueue<Runnable>()

    override fun dispatch(context: CoroutineContext, block: Runnable) {
        steps.add(block)
    }

    /** Waits until the coroutine could go on. */
    suspend fun next(): Runnable =
        withContext(Dispatchers.IO) {
            checkNotNull(steps.poll(60, TimeUnit.SECONDS)) { "the coroutine did not go on" }
        }

    /** Runs what is left until the condition holds. */
    suspend fun drainUntil(condition: () -> Boolean): Unit =
        withContext(Dispatchers.IO) {
            while (!condition()) {
                steps.poll(10, TimeUnit.MILLISECONDS)?.run()
            }
        }
}

internal fun optionsOf(server: TestDatabase): DatabaseOptions = DatabaseOptions.of(server.url())

/**
 * Cancels when the answer is here and the coroutine has not gone on with it yet.
 *
 * @param answer lets the answer come, which must not happen before: a coroutine that has not
 *   suspended yet when its answer comes just goes on
 */
internal suspend fun cancelledOnDelivery(
    answer: suspend () -> Unit = {},
    block: suspend () -> Any?,
) {
    val stepping = Stepping()
    var delivered = false
    val job =
        CoroutineScope(stepping).launch {
            block()
            delivered = true
        }
    stepping.next().run()
    answer()
    val delivery = stepping.next()
    job.cancel()
    delivery.run()
    stepping.drainUntil { job.isCompleted }
    assertThat(delivered).isFalse()
}

/** As [cancelledOnDelivery], of what needs the one connection of this pool. */
internal suspend fun Database.cancelledOnDelivery(block: suspend () -> Any?) {
    val only = acquire()
    cancelledOnDelivery({ only.close() }, block)
}

/** As [cancelledOnDelivery], of what has its turn on this handle. */
internal suspend fun Queries.cancelledInTurn(server: TestDatabase, block: suspend () -> Any?) =
    coroutineScope {
        server.sql("SELECT pg_advisory_lock(4711)")
        val before = launch { execute("SELECT pg_advisory_xact_lock(4711)") }
        eventually("it waits") { server.running("pg_advisory_xact_lock") == 1L }
        cancelledOnDelivery({ server.sql("SELECT pg_advisory_unlock(4711)") }, block)
        before.join()
    }
