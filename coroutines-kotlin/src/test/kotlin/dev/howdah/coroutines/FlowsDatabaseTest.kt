package dev.howdah.coroutines

import dev.howdah.error.ClientException.HandleReturned
import dev.howdah.error.ClientException.MappingFailure
import dev.howdah.error.ClientException.TransactionState
import dev.howdah.error.DataError.DivisionByZero
import dev.howdah.row.Row
import dev.howdah.testing.PostgresTest
import dev.howdah.testing.TestDatabase
import java.util.concurrent.Executors
import kotlin.time.Duration.Companion.seconds
import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.TimeoutCancellationException
import kotlinx.coroutines.asCoroutineDispatcher
import kotlinx.coroutines.async
import kotlinx.coroutines.awaitAll
import kotlinx.coroutines.awaitCancellation
import kotlinx.coroutines.cancelAndJoin
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.flow.buffer
import kotlinx.coroutines.flow.catch
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.flow.flowOn
import kotlinx.coroutines.flow.map
import kotlinx.coroutines.flow.take
import kotlinx.coroutines.flow.toList
import kotlinx.coroutines.flow.transformWhile
import kotlinx.coroutines.launch
import kotlinx.coroutines.withContext
import kotlinx.coroutines.withTimeout
import org.assertj.core.api.Assertions.assertThat
import org.junit.jupiter.api.Test

/** Streams as Flows: cold, in the collector's context, and closed however the collection ends. */
@PostgresTest
internal class FlowsDatabaseTest {
    private val numbers = "SELECT i FROM generate_series(1, $1::int) i"

    private suspend fun Database.pid() = fetchOne<Int>("SELECT pg_backend_pid()")

    /** What [read] leaves is a free and clean connection, at once. */
    private suspend fun leavesACleanConnection(db: Database, read: suspend () -> Unit) {
        val before = db.pid()
        read()
        assertThat(db.status().inUse()).isZero()
        assertThat(db.pid()).isEqualTo(before)
        assertThat(db.fetch<Row>("SELECT * FROM pg_cursors")).isEmpty()
    }

    @Test
    fun takeStopsTheQuery(server: TestDatabase) =
        with(server, poolOf(1)) { db ->
            leavesACleanConnection(db) {
                assertThat(db.stream<Int>(numbers, 1_000_000).take(3).toList())
                    .containsExactly(1, 2, 3)
            }
            leavesACleanConnection(db) {
                assertThat(db.stream<Int>(numbers, 1_000_000).first()).isEqualTo(1)
            }
            leavesACleanConnection(db) {
                val untilFive =
                    db.stream<Int>(numbers, 1_000_000).transformWhile {
                        emit(it)
                        it < 5
                    }
                assertThat(untilFive.toList()).hasSize(5)
            }
        }

    @Test
    fun whatIsCollectedFailsWithItsOwnFailure(server: TestDatabase) =
        with(server, poolOf(1)) { db ->
            class Mine : Exception("mine")
            val mine = Mine()
            leavesACleanConnection(db) {
                val thrown =
                    failureOf<Mine> {
                        db.stream<Int>(numbers, 1_000_000).collect { if (it == 5) throw mine }
                    }
                assertThat(thrown).isSameAs(mine)
                assertThat(thrown.suppressed).isEmpty()
            }
        }

    @Test
    fun aFailureOfTheServersGoesDownTheFlow(server: TestDatabase) =
        with(server, poolOf(1)) { db ->
            leavesACleanConnection(db) {
                val seen = mutableListOf<Any>()
                db.stream(
                        Query.rows<Int>("SELECT 10 / (5 - i) FROM generate_series(1, 10) i")
                            .fetchSize(2)
                    )
                    .map<Int, Any> { it }
                    .catch { emit(it) }
                    .collect { seen += it }
                assertThat(seen.dropLast(1)).containsExactly(2, 3, 5, 10)
                assertThat(seen.last()).isInstanceOf(DivisionByZero::class.java)
            }
        }

    @Test
    fun cancellingBetweenRowsClosesTheCursor(server: TestDatabase) =
        with(server, poolOf(1)) { db ->
            leavesACleanConnection(db) {
                val third = CompletableDeferred<Unit>()
                val job = launch {
                    db.stream<Int>(numbers, 1_000_000).collect {
                        if (it == 3) {
                            third.complete(Unit)
                            awaitCancellation()
                        }
                    }
                }
                third.await()
                job.cancelAndJoin()
            }
        }

    @Test
    fun cancellingDuringAPageStopsTheServer(server: TestDatabase) =
        with(server, poolOf(1)) { db ->
            val job = launch { db.stream<Row>("SELECT pg_sleep(600)").collect {} }
            eventually("a page is on its way") { server.running("FETCH FORWARD") == 1L }
            job.cancelAndJoin()
            assertThat(server.running("FETCH FORWARD")).isZero()
            assertThat(db.status().inUse()).isZero()
            assertThat(db.fetchOne<Int>("SELECT 42")).isEqualTo(42)
        }

    @Test
    fun aTimeoutStopsTheServer(server: TestDatabase) =
        with(server, poolOf(1)) { db ->
            val seen = mutableListOf<Int>()
            failureOf<TimeoutCancellationException> {
                withTimeout(3.seconds) {
                    val slowInTheEnd =
                        "SELECT i FROM generate_series(1, 9) i" +
                            " WHERE i < 5 OR pg_sleep(600) IS NOT NULL"
                    db.stream(Query.rows<Int>(slowInTheEnd).fetchSize(2)).collect { seen += it }
                }
            }
            assertThat(seen).containsExactly(1, 2, 3, 4)
            assertThat(server.running("FETCH FORWARD")).isZero()
            assertThat(db.fetchOne<Int>("SELECT 42")).isEqualTo(42)
        }

    @Test
    fun eachCollectionRunsTheQueryAnew(server: TestDatabase) =
        with(server, poolOf(3)) { db ->
            server.sql("CREATE TABLE t AS SELECT 1 AS id")
            val ids = db.stream<Int>("SELECT id FROM t ORDER BY id")
            assertThat(db.status().inUse()).isZero()
            assertThat(ids.toList()).containsExactly(1)
            server.sql("INSERT INTO t VALUES (2)")
            assertThat(ids.toList()).containsExactly(1, 2)
            val atOnce = coroutineScope {
                List(10) { async(Dispatchers.Default) { ids.toList() } }.awaitAll()
            }
            assertThat(atOnce).hasSize(10).containsOnly(listOf(1, 2))
        }

    @Test
    fun aFlowMayRunElsewhereThanItsCollector(server: TestDatabase) =
        with(server, poolOf(1)) { db ->
            leavesACleanConnection(db) {
                val all = db.stream<Int>(numbers, 5_000).flowOn(Dispatchers.IO).buffer(10)
                assertThat(all.toList()).isEqualTo((1..5_000).toList())
            }
            leavesACleanConnection(db) {
                val some = db.stream<Int>(numbers, 1_000_000).flowOn(Dispatchers.IO)
                assertThat(some.take(3).toList()).containsExactly(1, 2, 3)
            }
        }

    @Test
    fun rowsAreMappedWhereTheyAreCollected(server: TestDatabase) =
        with(server) { db ->
            Executors.newSingleThreadExecutor { Thread(it, "mine") }
                .asCoroutineDispatcher()
                .use { mine ->
                    withContext(mine) {
                        db.stream("SELECT 1") { Thread.currentThread().name }
                            .collect {
                                assertThat(it).startsWith("mine")
                                assertThat(Thread.currentThread().name).startsWith("mine")
                            }
                    }
                }
        }

    @Test
    fun aQueryWithinCollectNeedsAnotherConnection(server: TestDatabase) =
        with(server, poolOf(2)) { db ->
            db.transaction {
                val doubled = mutableListOf<Int>()
                stream<Int>(numbers, 3).collect {
                    val refusal = failureOf<TransactionState> { fetchOne<Int>("SELECT 1") }
                    assertThat(refusal).hasMessageContaining("stream")
                    doubled += db.fetchOne<Int>("SELECT 2 * $1::int", it)
                }
                assertThat(doubled).containsExactly(2, 4, 6)
                assertThat(fetchOne<Int>("SELECT 42")).isEqualTo(42)
            }
        }

    @Test
    fun aFlowThatIsStoppedLeavesItsTransactionAlive(server: TestDatabase) =
        with(server, poolOf(1)) { db ->
            server.sql("CREATE TABLE t (id int)")
            db.transaction {
                execute("INSERT INTO t SELECT generate_series(1, 5000)")
                assertThat(stream<Int>("SELECT id FROM t ORDER BY id").take(3).toList())
                    .containsExactly(1, 2, 3)
                execute("INSERT INTO t VALUES (0)")
            }
            assertThat(server.value("SELECT count(*) FROM t")).isEqualTo(5_001L)
        }

    @Test
    fun aFlowOutlivesNeitherItsTransactionNorItsConnection(server: TestDatabase) =
        with(server, poolOf(1)) { db ->
            val ofTransaction = db.transaction { stream<Int>("SELECT 1") }
            assertThat(failureOf<TransactionState> { ofTransaction.toList() })
                .hasMessageContaining("stream")
            val ofConnection = db.connection { stream<Int>("SELECT 1") }
            assertThat(failureOf<HandleReturned> { ofConnection.toList() })
                .hasMessageContaining("stream")
        }

    @Test
    fun nullsNeedANullableType(server: TestDatabase) =
        with(server) { db ->
            assertThat(db.stream<Int?>("VALUES (1), (NULL)").toList()).containsExactly(1, null)
            failureOf<MappingFailure> { db.stream<Int>("VALUES (NULL::int)").toList() }
        }

    @Test
    fun rowsComeInEveryForm(server: TestDatabase) =
        with(server) { db ->
            data class Pair(val a: Int, val b: String)
            val sql = "SELECT i AS a, 'x' || i AS b FROM generate_series(1, 2) i"
            val pairs = listOf(Pair(1, "x1"), Pair(2, "x2"))
            assertThat(db.stream<Pair>(sql).toList()).isEqualTo(pairs)
            assertThat(db.stream(Pair::class, sql).toList()).isEqualTo(pairs)
            assertThat(db.stream(sql) { it.into<Pair>() }.toList()).isEqualTo(pairs)
            assertThat(db.stream<Row>(sql).map { it.get<String>("b") }.toList())
                .containsExactly("x1", "x2")
            assertThat(db.connection { prepare<Pair>(sql).stream().toList() }).isEqualTo(pairs)
        }
}
