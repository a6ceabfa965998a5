package dev.howdah.coroutines

import dev.howdah.error.ClientException.QueryTimeout
import dev.howdah.error.ClientException.RolledBack
import dev.howdah.error.InvalidTransactionState.InFailedTransaction
import dev.howdah.row.Row
import dev.howdah.testing.Backends
import dev.howdah.testing.PostgresTest
import dev.howdah.testing.TestDatabase
import java.time.Duration
import java.util.concurrent.CancellationException
import java.util.concurrent.ThreadLocalRandom
import kotlin.random.Random
import kotlin.time.Duration.Companion.milliseconds
import kotlin.time.Duration.Companion.seconds
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.TimeoutCancellationException
import kotlinx.coroutines.cancelAndJoin
import kotlinx.coroutines.launch
import kotlinx.coroutines.withTimeout
import org.assertj.core.api.Assertions.assertThat
import org.junit.jupiter.api.DynamicTest
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.TestFactory

/** Every verb × every way in which a coroutine can end it, on every handle. */
@PostgresTest
internal class CancelEveryVerbDatabaseTest {
    private val slow = "SELECT pg_sleep(600)"
    private val pid = "SELECT pg_backend_pid()"

    /** How many statements sleep on the server, a cursor's page among them. */
    private fun sleeping(server: TestDatabase): Long =
        server.value(
            "SELECT count(*) FROM pg_stat_activity" +
                " WHERE datname = current_database() AND wait_event = 'PgSleep'"
        ) as Long

    private fun each(
        server: TestDatabase,
        verbs: List<Verb>,
        test: suspend CoroutineScope.(Database, Verb) -> Unit,
    ): List<DynamicTest> {
        val backends = Backends.of(server)
        return verbs.map { verb ->
            backends.test(verb.toString()) { with(server, poolOf(1)) { db -> test(db, verb) } }
        }
    }

    /** A coroutine is cancelled while its statement runs. */
    private suspend fun CoroutineScope.cancelled(server: TestDatabase, call: suspend () -> Any?) {
        val job = launch(Dispatchers.Default) { call() }
        eventually("it runs") { sleeping(server) == 1L }
        job.cancelAndJoin()
        assertThat(job.isCancelled).isTrue()
    }

    @TestFactory
    fun aCancelStopsItAndTheConnectionIsKept(server: TestDatabase) =
        each(server, verbs) { db, verb ->
            val before = db.fetchOne<Int>(pid)
            cancelled(server) { verb.on(db, slow) }
            assertThat(db.fetchOne<Int>(pid)).isEqualTo(before)
            assertThat(sleeping(server)).isZero()
            assertThat(db.status().size()).isEqualTo(1)
        }

    @TestFactory
    fun aTimeoutOfTheCoroutineStopsIt(server: TestDatabase) =
        each(server, verbs) { db, verb ->
            val before = db.fetchOne<Int>(pid)
            failureOf<TimeoutCancellationException> {
                withTimeout(200.milliseconds) { verb.on(db, slow) }
            }
            assertThat(db.fetchOne<Int>(pid)).isEqualTo(before)
            assertThat(sleeping(server)).isZero()
        }

    @TestFactory
    fun ourOwnTimeLimitStopsIt(server: TestDatabase): List<DynamicTest> {
        val backends = Backends.of(server)
        return verbs.map { verb ->
            backends.test(verb.toString()) {
                with(
                    server,
                    {
                        poolOf(1)()
                        timeouts { it.withQuery(Duration.ofMillis(300)) }
                    },
                ) { db ->
                    val timeout =
                        withTimeout(10.seconds) { failureOf<QueryTimeout> { verb.on(db, slow) } }
                    assertThat(timeout).hasMessageContaining("300 ms")
                    db.run(Query.one<Int>("SELECT 42").timeout(30.seconds))
                    assertThat(sleeping(server)).isZero()
                }
            }
        }
    }

    @TestFactory
    fun onAHeldConnectionTheNextCallIsAnswered(server: TestDatabase) =
        each(server, verbsOfEveryHandle) { db, verb ->
            db.connection {
                val before = fetchOne<Int>(pid)
                cancelled(server) { verb.on(this@connection, slow) }
                assertThat(fetchOne<Int>(pid)).isEqualTo(before)
                assertThat(sleeping(server)).isZero()
            }
        }

    @TestFactory
    fun inATransactionTheRestIsRefusedByTheServer(server: TestDatabase) =
        each(server, verbsOfEveryHandle.filter { !it.inBlock }) { db, verb ->
            failureOf<RolledBack> {
                db.transaction {
                    cancelled(server) { verb.on(this@transaction, slow) }
                    failureOf<InFailedTransaction> { execute("SELECT 1") }
                }
            }
            assertThat(db.fetchOne<Int>("SELECT 42")).isEqualTo(42)
        }

    @TestFactory
    fun aSavepointThatIsCancelledLeavesTheOuterTransactionUsable(server: TestDatabase) =
        each(server, verbsOfEveryHandle.filter { !it.inBlock }) { db, verb ->
            server.sql("DROP TABLE IF EXISTS t; CREATE TABLE t (id int)")
            db.transaction {
                execute("INSERT INTO t VALUES (1)")
                cancelled(server) {
                    transaction {
                        execute("INSERT INTO t VALUES (2)")
                        verb.on(this, slow)
                    }
                }
                execute("INSERT INTO t VALUES (3)")
            }
            assertThat(db.fetch<Int>("SELECT id FROM t ORDER BY id")).containsExactly(1, 3)
        }

    @TestFactory
    fun whileWaitingForAConnectionNothingIsTaken(server: TestDatabase) =
        each(server, verbs) { db, verb ->
            server.sql("DROP TABLE IF EXISTS t; CREATE TABLE t (id int)")
            db.connection {
                val job =
                    launch(Dispatchers.Default) {
                        verb.on(db, "INSERT INTO t VALUES (1) RETURNING id")
                    }
                eventually("it waits") { db.status().waiting() == 1 }
                job.cancelAndJoin()
                eventually("nobody waits") { db.status().waiting() == 0 }
                assertThat(db.status().inUse()).isEqualTo(1)
            }
            assertThat(db.fetchOne<Long>("SELECT count(*) FROM t")).isZero()
        }

    /** Prompt cancellation: the answer is here, and the coroutine will not have it. */
    @TestFactory
    fun anAnswerThatNobodyWillHaveGivesItsConnectionBack(server: TestDatabase) =
        each(server, verbs) { db, verb ->
            repeat(5) {
                db.cancelledOnDelivery { verb.on(db, "SELECT 1") }
                eventually("the connection is back") { db.status().inUse() == 0 }
                assertThat(db.fetchOne<Int>("SELECT 42")).isEqualTo(42)
            }
            Backends.of(server).requireNothingLeft()
        }

    @Test
    fun noLateCancelHitsTheNextQuery(server: TestDatabase) =
        with(server, poolOf(1)) { db ->
            val seed = ThreadLocalRandom.current().nextLong()
            println("noLateCancelHitsTheNextQuery: seed $seed")
            val random = Random(seed)
            val before = db.fetchOne<Int>(pid)
            repeat(300) { round ->
                val job = launch(Dispatchers.Default) { verbs.random(random).on(db, slow) }
                moment(random, 2_000)
                job.cancel()
                val answer = db.fetchOne<Int>("SELECT $1::int FROM pg_sleep(0.001)", round)
                assertThat(answer).isEqualTo(round)
                job.join()
            }
            assertThat(db.fetchOne<Int>(pid)).isEqualTo(before)
        }

    @Test
    fun aCancelledParentStopsAllItsChildren(server: TestDatabase) =
        with(server, poolOf(3)) { db ->
            val parent = launch(Dispatchers.Default) { repeat(3) { launch { db.execute(slow) } } }
            eventually("all run") { sleeping(server) == 3L }
            parent.cancelAndJoin()
            eventually("all are back") { db.status().inUse() == 0 }
            assertThat(sleeping(server)).isZero()
        }

    @Test
    fun theFailureOfOneChildStopsTheOthers(server: TestDatabase) =
        with(server, poolOf(3)) { db ->
            class Mine : Exception("mine")
            failureOf<Mine> {
                kotlinx.coroutines.coroutineScope {
                    repeat(2) { launch(Dispatchers.Default) { db.fetch<Row>(slow) } }
                    eventually("both run") { sleeping(server) == 2L }
                    throw Mine()
                }
            }
            eventually("all are back") { db.status().inUse() == 0 }
            assertThat(sleeping(server)).isZero()
        }

    @Test
    fun aCoroutineThatIsCancelledAlreadySendsNothing(server: TestDatabase) =
        with(server, poolOf(1)) { db ->
            server.sql("CREATE TABLE t (id int)")
            val job =
                launch(Dispatchers.Default) {
                    kotlinx.coroutines.currentCoroutineContext()[kotlinx.coroutines.Job]!!.cancel()
                    failureOf<CancellationException> {
                        db.execute("INSERT INTO t SELECT 1 FROM pg_sleep(0.05)")
                    }
                }
            job.join()
            eventually("the connection is back") { db.status().inUse() == 0 }
            assertThat(server.value("SELECT count(*) FROM t")).isEqualTo(0L)
        }
}
