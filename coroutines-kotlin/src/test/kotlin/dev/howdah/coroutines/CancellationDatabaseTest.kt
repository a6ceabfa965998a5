package dev.howdah.coroutines

import dev.howdah.error.ClientException.TransactionState
import dev.howdah.row.Row
import dev.howdah.testing.PostgresTest
import dev.howdah.testing.TestDatabase
import java.util.concurrent.ThreadLocalRandom
import java.util.concurrent.atomic.AtomicInteger
import kotlin.random.Random
import kotlin.time.Duration.Companion.milliseconds
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.Job
import kotlinx.coroutines.TimeoutCancellationException
import kotlinx.coroutines.cancelAndJoin
import kotlinx.coroutines.flow.take
import kotlinx.coroutines.flow.toList
import kotlinx.coroutines.joinAll
import kotlinx.coroutines.launch
import kotlinx.coroutines.runBlocking
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
                    { it.begin().use { tx -> tx.fetch<Row>(sql) } },
                    { db -> (db as Database).connection { prepare<Row>(sql).fetch() } },
                    { db -> db.transaction { cursor<Row>("VALUES (1)").use { execute(sql) } } },
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
            db.cancelledOnDelivery { db.acquire() }
            eventually("the connection is back") { db.status().inUse() == 0 }
            assertThat(db.fetchValue<Int>("SELECT 1")).isEqualTo(1)
        }

    @Test
    fun aTransactionThatWasOnItsWayIsRolledBack(server: TestDatabase) =
        with(server, poolOf(1)) { db ->
            db.cancelledOnDelivery { db.transaction { error("the block must not run") } }
            eventually("the connection is back") { db.status().inUse() == 0 }
            assertThat(server.idleInTransaction()).isZero()
            assertThat(db.fetchValue<Int>("SELECT 1")).isEqualTo(1)
        }

    @Test
    fun aSavepointThatWasOnItsWayIsUndone(server: TestDatabase) =
        with(server, poolOf(1)) { db ->
            server.sql("CREATE TABLE t (id int)")
            db.transaction {
                execute("INSERT INTO t VALUES (1)")
                cancelledInTurn(server) { transaction { error("the block must not run") } }
                execute("INSERT INTO t VALUES (2)")
            }
            assertThat(server.value("SELECT count(*) FROM t")).isEqualTo(2L)
        }

    @Test
    fun aBegunTransactionThatWasOnItsWayIsRolledBack(server: TestDatabase) =
        with(server, poolOf(1)) { db ->
            db.cancelledOnDelivery { db.begin() }
            eventually("the connection is back") { db.status().inUse() == 0 }
            assertThat(server.idleInTransaction()).isZero()
            db.connection {
                cancelledInTurn(server) { begin() }
                eventually("it is rolled back") { server.idleInTransaction() == 0L }
                assertThat(fetchValue<Int>("SELECT 1")).isEqualTo(1)
            }
        }

    @Test
    fun aStreamThatWasOnItsWayIsClosed(server: TestDatabase) =
        with(server, poolOf(1)) { db ->
            db.cancelledOnDelivery {
                db.stream<Int>("SELECT 1").collect { error("no row may come") }
            }
            eventually("the connection is back") { db.status().inUse() == 0 }
            assertThat(server.idleInTransaction()).isZero()
            assertThat(db.fetchValue<Long>("SELECT count(*) FROM pg_cursors")).isEqualTo(0L)
        }

    @Test
    fun aStreamInATransactionThatWasOnItsWayLeavesTheTransactionAlive(server: TestDatabase) =
        with(server, poolOf(1)) { db ->
            val tx = db.begin()
            tx.cancelledInTurn(server) {
                tx.stream<Int>("SELECT 1").collect { error("no row may come") }
            }
            eventually("its cursor is closed") {
                server.value("SELECT query FROM pg_stat_activity WHERE state LIKE 'idle in tr%'") ==
                    "CLOSE howdah_cursor_1"
            }
            eventually("verbs are taken again") { runBlocking { isFree(tx) } }
            assertThat(tx.fetchValue<Long>("SELECT count(*) FROM pg_cursors")).isEqualTo(0L)
            tx.commit()
        }

    private suspend fun isFree(tx: Transaction) =
        try {
            tx.execute("SELECT 1") == 1L
        } catch (stillClosing: TransactionState) {
            false
        }

    @Test
    fun aCursorThatWasOnItsWayIsClosed(server: TestDatabase) =
        with(server, poolOf(1)) { db ->
            db.transaction {
                cancelledInTurn(server) { cursor<Int>("SELECT 1") }
                // Behind the close, which has its turn first.
                assertThat(fetchValue<Long>("SELECT count(*) FROM pg_cursors")).isEqualTo(0L)
                assertThat(cursor<Int>("SELECT 1").fetch(2)).containsExactly(1)
            }
        }

    @Test
    fun aNamedSavepointThatWasOnItsWayIsReleased(server: TestDatabase) =
        with(server, poolOf(1)) { db ->
            server.sql("CREATE TABLE t (id int)")
            db.transaction {
                cancelledInTurn(server) { savepoint("mark") }
                // Behind the release, which has its turn first.
                execute("INSERT INTO t VALUES (1)")
                val mark = savepoint("mark")
                execute("INSERT INTO t VALUES (2)")
                mark.rollback()
            }
            assertThat(server.value("SELECT sum(id) FROM t")).isEqualTo(1L)
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
                            when (it % 8) {
                                0 -> db.acquire().use { held -> held.fetchValue<Int>("SELECT 1") }
                                1 -> db.transaction { fetchValue<Int>("SELECT 1") }
                                2 -> db.connection { transaction { execute("SELECT 1") } }
                                3 -> db.stream<Int>("SELECT generate_series(1, 9)").take(3).toList()
                                4 -> db.begin().use { tx -> tx.execute("SELECT 1") }
                                5 -> db.transaction { cursor<Int>("SELECT 1").use { it.fetch(1) } }
                                6 -> db.transaction { savepoint("mark").release() }
                                else -> db.fetchValue<Int>("SELECT $1::int", 1)
                            }
                            delivered.incrementAndGet()
                        }
                    }
                // Anything between a cancel before the start and one after the end.
                val patience = random.nextInt(10_000_000)
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
            assertThat(server.idleInTransaction()).isZero()
            assertThat(db.gather(List(20) { Query.value<Int>("SELECT $1::int", it) }))
                .containsExactlyElementsOf((0 until 20).toList())
        }
}
