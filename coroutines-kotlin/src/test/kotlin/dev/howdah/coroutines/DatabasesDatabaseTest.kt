package dev.howdah.coroutines

import dev.howdah.error.ClientException.DatabaseClosed
import dev.howdah.error.ClientException.HandleReturned
import dev.howdah.error.DataError.DivisionByZero
import dev.howdah.row.Row
import dev.howdah.testing.PostgresTest
import dev.howdah.testing.TestDatabase
import java.util.concurrent.Executors
import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.asCoroutineDispatcher
import kotlinx.coroutines.async
import kotlinx.coroutines.awaitAll
import kotlinx.coroutines.awaitCancellation
import kotlinx.coroutines.cancelAndJoin
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.launch
import kotlinx.coroutines.withContext
import org.assertj.core.api.Assertions.assertThat
import org.junit.jupiter.api.Test

@PostgresTest
internal class DatabasesDatabaseTest {
    @Test
    fun gatherAnswersInOrder(server: TestDatabase) =
        with(server, poolOf(3)) { db ->
            val doubled = db.gather(List(500) { Query.value<Int>("SELECT 2 * $1::int", it) })
            assertThat(doubled).isEqualTo(List(500) { 2 * it })
            assertThat(db.gather(emptyList<dev.howdah.query.Query<Int>>())).isEmpty()
            val mixed: List<Any?> =
                db.gather(listOf(Query.one<Int>("SELECT 1"), Query.row<String>("SELECT 'a'")))
            assertThat(mixed).containsExactly(1, "a")
        }

    @Test
    fun gatherFailsWithTheFirstFailureAndStopsTheRest(server: TestDatabase) =
        with(server, poolOf(2)) { db ->
            failureOf<DivisionByZero> {
                db.gather(
                    listOf(
                        Query.execute("SELECT pg_sleep(600)"),
                        Query.execute("SELECT 1 / $1::int", 0),
                    )
                )
            }
            eventually("the rest is stopped") { server.running("pg_sleep(600)") == 0L }
        }

    @Test
    fun gatherOutcomesSaysHowEachEnded(server: TestDatabase) =
        with(server) { db ->
            val outcomes =
                db.gatherOutcomes(List(6) { Query.one<Int>("SELECT 6 / $1::int", it % 3) })
            assertThat(outcomes.map { it.succeeded() })
                .containsExactly(false, true, true, false, true, true)
            assertThat(outcomes[1].value()).isEqualTo(6)
            assertThat(outcomes[0].failure()).get().isInstanceOf(DivisionByZero::class.java)
        }

    @Test
    fun asyncAndAwaitAllGatherToo(server: TestDatabase) =
        with(server, poolOf(3)) { db ->
            val all = coroutineScope {
                List(200) { async { db.fetchRow<Int>("SELECT $1::int", it) } }.awaitAll()
            }
            assertThat(all).isEqualTo(List(200) { it })
        }

    @Test
    fun rowsAreMappedAndCallersGoOnWithTheirDispatcher(server: TestDatabase) =
        with(server) { db ->
            Executors.newSingleThreadExecutor { Thread(it, "mine") }
                .asCoroutineDispatcher()
                .use { mine ->
                    withContext(mine) {
                        val threads = db.fetch("SELECT 1") { Thread.currentThread().name }
                        assertThat(threads.single()).startsWith("mine")
                        assertThat(Thread.currentThread().name).startsWith("mine")
                        db.transaction {
                            assertThat(Thread.currentThread().name).startsWith("mine")
                        }
                    }
                }
        }

    @Test
    fun useClosesAtTheEnd(server: TestDatabase) = suspending {
        val kept = Database.connect(server.url()).use { it }
        server.requireNoConnections()
        assertThat(failureOf<DatabaseClosed> { kept.fetch<Row>("SELECT 1") })
            .hasMessageContaining("clos")
        kept.close()
    }

    @Test
    fun useClosesAfterAFailureAndAfterLeavingEarly(server: TestDatabase) = suspending {
        val mine = IllegalStateException("mine")
        val thrown =
            failureOf<IllegalStateException> { Database.connect(server.url()).use { throw mine } }
        assertThat(thrown).isSameAs(mine)
        assertThat(leavingEarly(server)).isEqualTo(1)
        server.requireNoConnections()
    }

    private suspend fun leavingEarly(server: TestDatabase): Int {
        Database.connect(server.url()).use { db ->
            return db.fetchOne("SELECT 1")
        }
    }

    @Test
    fun useClosesWhenItsCoroutineIsCancelled(server: TestDatabase) = suspending {
        val inside = CompletableDeferred<Unit>()
        val job = launch {
            Database.connect(server.url()).use { db ->
                db.execute("SELECT 1")
                inside.complete(Unit)
                awaitCancellation()
            }
        }
        inside.await()
        job.cancelAndJoin()
        server.requireNoConnections()
    }

    @Test
    fun aHandleIsDeadWhenItsConnectionWentBack(server: TestDatabase) =
        with(server) { db ->
            val kept = db.connection { this }
            assertThat(failureOf<HandleReturned> { kept.fetch<Row>("SELECT 1") })
                .hasMessageContaining("fetch")
            val held = db.acquire()
            assertThat(db.status().inUse()).isEqualTo(1)
            held.close()
            held.close()
            assertThat(db.status().inUse()).isZero()
            failureOf<HandleReturned> { held.transaction {} }
        }

    @Test
    fun openConnectsWhenItIsUsed(server: TestDatabase) = suspending {
        Database.open(server.url()) { applicationName("lazy") }
            .use { db ->
                assertThat(server.connections()).isZero()
                assertThat(db.fetchValue<String>("SHOW application_name")).isEqualTo("lazy")
            }
    }
}
