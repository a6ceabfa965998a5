package dev.howdah.coroutines

import dev.howdah.config.DatabaseOptions
import dev.howdah.observe.Notification
import dev.howdah.testing.BlockingListen
import dev.howdah.testing.ListenContract
import dev.howdah.testing.PostgresTest
import dev.howdah.testing.TestDatabase
import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.async
import kotlinx.coroutines.cancelAndJoin
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.flow.take
import kotlinx.coroutines.flow.toList
import kotlinx.coroutines.launch
import kotlinx.coroutines.withTimeoutOrNull
import org.assertj.core.api.Assertions.assertThat
import org.junit.jupiter.api.Nested
import org.junit.jupiter.api.Test

/** What Java's listeners promise, a Flow keeps; and what is a Flow's own. */
@PostgresTest
internal class ListenDatabaseTest {
    @Nested
    @PostgresTest
    inner class AFlow : ListenContract {
        override fun connect(options: DatabaseOptions): BlockingListen =
            KotlinListen.connect(options)
    }

    private fun listeners(server: TestDatabase): Any? =
        server.value(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()" +
                " AND query LIKE '%LISTEN \"%' AND pid <> pg_backend_pid()"
        )

    @Test
    fun takeStopsListeningWhenItHasEnough(server: TestDatabase) {
        with(server) { db ->
            val ready = CompletableDeferred<Unit>()
            val three = async {
                db.listen("orders", onListening = { ready.complete(Unit) })
                    .take(3)
                    .toList()
                    .map(Notification::payload)
            }
            ready.await()
            repeat(5) { db.notify("orders", "$it") }
            assertThat(three.await()).containsExactly("0", "1", "2")
            eventually("nobody listens") { listeners(server) == 0L }
        }
    }

    @Test
    fun aFlowIsColdAndMayBeCollectedOftenAtOnce(server: TestDatabase) {
        with(server) { db ->
            var begun = 0
            val ready = listOf(CompletableDeferred<Unit>(), CompletableDeferred())
            val notifications = db.listen("orders", onListening = { ready[begun++].complete(Unit) })
            assertThat(listeners(server)).isEqualTo(0L)
            val both = List(2) { async { notifications.first().payload } }
            ready.forEach { it.await() }
            db.notify("orders", "to both")
            assertThat(both.map { it.await() }).containsExactly("to both", "to both")
        }
    }

    @Test
    fun cancellingACollectionStopsListening(server: TestDatabase) {
        with(server) { db ->
            val ready = CompletableDeferred<Unit>()
            val collecting = launch {
                db.listen("orders", onListening = { ready.complete(Unit) }).collect {}
            }
            ready.await()
            assertThat(listeners(server)).isEqualTo(1L)
            collecting.cancelAndJoin()
            eventually("nobody listens") { listeners(server) == 0L }
        }
    }

    @Test
    fun aCollectionCancelledBeforeItListensLeavesNothing(server: TestDatabase) {
        with(server) { db ->
            repeat(20) { round ->
                val collecting = launch { db.listen("orders").collect {} }
                withTimeoutOrNull(round.toLong()) { collecting.join() }
                collecting.cancelAndJoin()
            }
            eventually("nobody listens") { listeners(server) == 0L }
        }
    }

    @Test
    fun whatACollectorThrowsIsThrownAsItIs(server: TestDatabase) {
        with(server) { db ->
            val mine = IllegalStateException("mine")
            val ready = CompletableDeferred<Unit>()
            coroutineScope {
                launch {
                    ready.await()
                    db.notify("orders")
                }
                val thrown =
                    failureOf<IllegalStateException> {
                        db.listen("orders", onListening = { ready.complete(Unit) }).collect {
                            throw mine
                        }
                    }
                assertThat(thrown).isSameAs(mine)
            }
            eventually("nobody listens") { listeners(server) == 0L }
        }
    }

    @Test
    fun aGapMayEndTheCollection(server: TestDatabase) {
        with(server) { db ->
            val ready = CompletableDeferred<Unit>()
            coroutineScope {
                launch {
                    ready.await()
                    db.expireConnections()
                }
                val thrown =
                    failureOf<IllegalStateException> {
                        db.listen(
                                "orders",
                                onListening = { ready.complete(Unit) },
                                onGap = { error("$it") },
                            )
                            .collect {}
                    }
                assertThat(thrown).hasMessage("NotificationGap[orders: the connection was lost]")
            }
        }
    }
}
