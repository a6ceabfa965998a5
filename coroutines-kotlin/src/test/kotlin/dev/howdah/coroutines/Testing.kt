package dev.howdah.coroutines

import dev.howdah.config.DatabaseOptions
import dev.howdah.config.DatabaseOptionsBuilder
import dev.howdah.config.PoolOptions
import dev.howdah.testing.Eventually
import dev.howdah.testing.TestDatabase
import java.util.concurrent.LinkedBlockingQueue
import java.util.concurrent.TimeUnit
import kotlin.coroutines.CoroutineContext
import kotlin.time.Duration.Companion.seconds
import kotlinx.coroutines.CoroutineDispatcher
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.withContext
import kotlinx.coroutines.withTimeout

/** Runs a test that suspends; one that hangs fails. */
internal fun suspending(test: suspend CoroutineScope.() -> Unit): Unit = runBlocking {
    withTimeout(60.seconds, test)
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
            checkNotNull(steps.poll(10, TimeUnit.SECONDS)) { "the coroutine did not go on" }
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
