package dev.howdah.coroutines

import dev.howdah.testing.PostgresTest
import dev.howdah.testing.TestDatabase
import java.util.concurrent.atomic.AtomicInteger
import kotlin.time.Duration.Companion.milliseconds
import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.async
import kotlinx.coroutines.awaitAll
import kotlinx.coroutines.awaitCancellation
import kotlinx.coroutines.cancelAndJoin
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.ensureActive
import kotlinx.coroutines.launch
import kotlinx.coroutines.supervisorScope
import kotlinx.coroutines.withContext
import kotlinx.coroutines.withTimeout
import org.assertj.core.api.Assertions.assertThat
import org.junit.jupiter.api.Test

/** Hooks as suspending lambdas; what they promise in both languages is in the contract. */
@PostgresTest
internal class HooksDatabaseTest {
    @Test
    fun aHookSuspendsAsAnyCoroutineDoes(server: TestDatabase) = suspending {
        val hooks =
            ConnectionHooks(
                init = {
                    val both = coroutineScope {
                        listOf(1, 2)
                            .map { async { fetchOne<Int>("SELECT $1::int", it) } }
                            .awaitAll()
                    }
                    withContext(Dispatchers.IO) {
                        execute("SELECT set_config('howdah.both', $1, false)", both.toString())
                    }
                }
            )
        val both = "SELECT current_setting('howdah.both')"
        Database.connect(server.url(), hooks) { applicationName("hooked") }
            .use { db ->
                assertThat(db.fetchOne<String>(both)).isEqualTo("[1, 2]")
                assertThat(db.fetchOne<String>("SHOW application_name")).isEqualTo("hooked")
            }
        Database.connect(optionsOf(server), hooks).use {
            assertThat(it.fetchOne<String>(both)).isEqualTo("[1, 2]")
        }
        Database.open(optionsOf(server), hooks).use {
            assertThat(it.fetchOne<String>(both)).isEqualTo("[1, 2]")
        }
    }

    @Test
    fun aHookRunsBesideTheCallersDispatcher(server: TestDatabase) = suspending {
        val threads = mutableListOf<String>()
        val hooks = ConnectionHooks(setup = { threads += Thread.currentThread().name })
        Database.connect(server.url(), hooks).use { it.execute("SELECT 1") }
        assertThat(threads).isNotEmpty().allMatch { it.startsWith("DefaultDispatcher") }
    }

    @Test
    fun cancellingTheBorrowerStopsTheHook(server: TestDatabase) = suspending {
        val runs = AtomicInteger()
        val stopped = CompletableDeferred<Unit>()
        val hooks =
            ConnectionHooks(
                setup = {
                    if (runs.incrementAndGet() == 2) {
                        try {
                            execute("SELECT pg_sleep(600)")
                        } finally {
                            stopped.complete(Unit)
                        }
                    }
                }
            )
        Database.connect(optionsOf(server), hooks).use { db ->
            val borrower = launch { db.execute("SELECT 1") }
            eventually("the hook runs") { server.running("pg_sleep(600)") == 1L }
            borrower.cancelAndJoin()
            stopped.await()
            eventually("the server stopped") { server.running("pg_sleep(600)") == 0L }
            assertThat(db.fetchOne<Int>("SELECT 42")).isEqualTo(42)
            eventually("all connections back") { db.status().inUse() == 0 }
        }
    }

    /** Its own timeout is a failure of the hook: the borrower has not been cancelled. */
    @Test
    fun aHookThatTimesItselfOutFailsItsBorrower(server: TestDatabase) = suspending {
        val runs = AtomicInteger()
        val hooks =
            ConnectionHooks(
                setup = {
                    if (runs.incrementAndGet() == 2) {
                        withTimeout(50.milliseconds) { awaitCancellation() }
                    }
                }
            )
        Database.connect(optionsOf(server), hooks).use { db ->
            supervisorScope {
                val borrower = async { runCatching { db.fetchOne<Int>("SELECT 41") } }
                assertThat(borrower.await().isFailure).isTrue()
                val loud = async { db.fetchOne<Int>("SELECT 42") }
                assertThat(loud.await()).isEqualTo(42)
                ensureActive()
            }
        }
    }
}
