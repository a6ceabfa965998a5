package dev.howdah.coroutines

import dev.howdah.row.Row
import dev.howdah.testing.PostgresTest
import dev.howdah.testing.TestDatabase
import java.util.concurrent.ThreadLocalRandom
import java.util.concurrent.atomic.AtomicInteger
import kotlin.random.Random
import kotlin.time.Duration.Companion.milliseconds
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.Job
import kotlinx.coroutines.TimeoutCancellationException
import kotlinx.coroutines.cancelAndJoin
import kotlinx.coroutines.joinAll
import kotlinx.coroutines.launch
import kotlinx.coroutines.withTimeout
import org.assertj.core.api.Assertions.assertThat
import org.junit.jupiter.api.Test

@PostgresTest
internal class CancellationDatabaseTest {
    @Test
    fun aTimeoutStopsTheStatementOnTheServer(server: TestDatabase) =
        with(server, poolOf(1)) { db ->
            failureOf<TimeoutCancellationException> {
                withTimeout(300.milliseconds) { db.fetch<Row>("SELECT pg_sleep(600)") }
            }
            eventually("the server stopped") { server.running("pg_sleep(600)") == 0L }
            assertThat(db.fetchValue<Int>("SELECT 1")).isEqualTo(1)
        }

    @Test
    fun everyVerbStopsItsStatement(server: TestDatabase) =
        with(server, poolOf(1)) { db ->
            val sql = "SELECT pg_sleep(600)"
            val verbs =
                listOf<suspend (Queries) -> Any?>(
                    { it.execute(sql) },
                    { it.executeScript(sql) },
                    { it.fetch<Row>(sql) },
                    { it.fetchRow<Row>(sql) },
                    { it.fetchOne<Row>(sql) },
                    { it.fetchValue<String>(sql) },
                    { it.run(Query.rows<Row>(sql)) },
                    { db -> (db as Database).gather(listOf(Query.rows<Row>(sql))) },
                    { db -> (db as Database).gatherOutcomes(listOf(Query.rows<Row>(sql))) },
                    { db -> (db as Database).connection { fetch<Row>(sql) } },
                    { db -> (db as Database).transaction { fetch<Row>(sql) } },
                )
            for (verb in verbs) {
                val job = launch(Dispatchers.Default) { verb(db) }
                eventually("it runs") { server.running("pg_sleep(600)") == 1L }
                job.cancelAndJoin()
                eventually("it is stopped") { server.running("pg_sleep(600)") == 0L }
                assertThat(db.fetchValue<Int>("SELECT 1")).isEqualTo(1)
            }
        }

    @Test
    fun aConnectionThatWasOnItsWayGoesBack(server: TestDatabase) =
        with(server, poolOf(1)) { db ->
            cancelledOnDelivery { db.acquire() }
            eventually("the connection is back") { db.status().inUse() == 0 }
            assertThat(db.fetchValue<Int>("SELECT 1")).isEqualTo(1)
        }

    @Test
    fun aTransactionThatWasOnItsWayIsRolledBack(server: TestDatabase) =
        with(server, poolOf(1)) { db ->
            cancelledOnDelivery { db.transaction { error("the block must not run") } }
            eventually("the connection is back") { db.status().inUse() == 0 }
            assertThat(
                    server.value(
                        "SELECT count(*) FROM pg_stat_activity WHERE state LIKE 'idle in%'"
                    )
                )
                .isEqualTo(0L)
            assertThat(db.fetchValue<Int>("SELECT 1")).isEqualTo(1)
        }

    @Test
    fun aSavepointThatWasOnItsWayIsUndone(server: TestDatabase) =
        with(server, poolOf(1)) { db ->
            server.sql("CREATE TABLE t (id int)")
            db.transaction {
                execute("INSERT INTO t VALUES (1)")
                cancelledOnDelivery { transaction { error("the block must not run") } }
                execute("INSERT INTO t VALUES (2)")
            }
            assertThat(server.value("SELECT count(*) FROM t")).isEqualTo(2L)
        }

    @Test
    fun aDatabaseThatWasOnItsWayIsClosed(server: TestDatabase) = suspending {
        cancelledOnDelivery { Database.connect(server.url()) }
        eventually("nobody is connected") { server.connections() == 0 }
    }

    @Test
    fun cancellingAtAnyMomentLosesNoConnection(server: TestDatabase) =
        with(server, poolOf(4)) { db ->
            val seed = ThreadLocalRandom.current().nextLong()
            println("cancellingAtAnyMomentLosesNoConnection: seed $seed")
            val random = Random(seed)
            val delivered = AtomicInteger()
            repeat(100) {
                val jobs =
                    List(8) {
                        launch(Dispatchers.Default) {
                            when (it % 4) {
                                0 -> db.acquire().use { held -> held.fetchValue<Int>("SELECT 1") }
                                1 -> db.transaction { fetchValue<Int>("SELECT 1") }
                                2 -> db.connection { transaction { execute("SELECT 1") } }
                                else -> db.fetchValue<Int>("SELECT $1::int", 1)
                            }
                            delivered.incrementAndGet()
                        }
                    }
                // Anything between a cancel before the start and one after the end.
                val patience = random.nextInt(2_000_000)
                val start = System.nanoTime()
                while (System.nanoTime() - start < patience) Thread.onSpinWait()
                jobs.shuffled(random).forEach(Job::cancel)
                jobs.joinAll()
            }
            println(
                "cancellingAtAnyMomentLosesNoConnection: ${delivered.get()} of 800 came through"
            )
            eventually("all connections back") { db.status().inUse() == 0 }
            assertThat(db.status().waiting()).isZero()
            assertThat(
                    server.value(
                        "SELECT count(*) FROM pg_stat_activity WHERE state LIKE 'idle in transaction%'"
                    )
                )
                .isEqualTo(0L)
            assertThat(db.gather(List(20) { Query.value<Int>("SELECT $1::int", it) }))
                .containsExactlyElementsOf((0 until 20).toList())
        }

    /** Cancels when the answer is here and the coroutine has not gone on with it yet. */
    private suspend fun cancelledOnDelivery(block: suspend () -> Any?) {
        val stepping = Stepping()
        var delivered = false
        val job =
            CoroutineScope(stepping).launch {
                block()
                delivered = true
            }
        stepping.next().run()
        val delivery = stepping.next()
        job.cancel()
        delivery.run()
        stepping.drainUntil { job.isCompleted }
        assertThat(delivered).isFalse()
    }
}
