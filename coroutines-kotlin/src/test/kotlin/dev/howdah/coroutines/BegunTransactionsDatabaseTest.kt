package dev.howdah.coroutines

import dev.howdah.error.ClientException.TransactionState
import dev.howdah.error.IntegrityViolation.UniqueViolation
import dev.howdah.testing.PostgresTest
import dev.howdah.testing.TestDatabase
import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.NonCancellable
import kotlinx.coroutines.async
import kotlinx.coroutines.awaitAll
import kotlinx.coroutines.awaitCancellation
import kotlinx.coroutines.cancelAndJoin
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.launch
import kotlinx.coroutines.withContext
import org.assertj.core.api.Assertions.assertThat
import org.junit.jupiter.api.BeforeEach
import org.junit.jupiter.api.Test

/** Transactions that the coroutine ends itself: `begin`, `use`, `commit`. */
@PostgresTest
internal class BegunTransactionsDatabaseTest {
    @BeforeEach fun table(server: TestDatabase) = server.sql("CREATE TABLE t (id int PRIMARY KEY)")

    private fun TestDatabase.ids(): List<Any?> =
        query("SELECT id FROM t ORDER BY id").map { it.single() }

    @Test
    fun useRollsBackWhatWasNotCommitted(server: TestDatabase) =
        with(server, poolOf(1)) { db ->
            val value = db.begin().use { it.fetchOne<Int>("INSERT INTO t VALUES (1) RETURNING id") }
            assertThat(value).isEqualTo(1)
            assertThat(db.status().inUse()).isZero()
            assertThat(server.ids()).isEmpty()
            db.begin().use { tx ->
                tx.execute("INSERT INTO t VALUES (2)")
                tx.commit()
            }
            assertThat(server.ids()).containsExactly(2)
        }

    @Test
    fun useRollsBackAfterAFailureAndThrowsItAsItIs(server: TestDatabase) =
        with(server, poolOf(1)) { db ->
            class Mine : Exception("mine")
            val mine = Mine()
            val thrown =
                failureOf<Mine> {
                    db.begin().use { tx ->
                        tx.execute("INSERT INTO t VALUES (1)")
                        throw mine
                    }
                }
            assertThat(thrown).isSameAs(mine)
            assertThat(thrown.suppressed).isEmpty()
            failureOf<UniqueViolation> {
                db.begin().use { tx ->
                    tx.execute("INSERT INTO t VALUES (1)")
                    tx.execute("INSERT INTO t VALUES (1)")
                }
            }
            assertThat(db.status().inUse()).isZero()
            assertThat(server.ids()).isEmpty()
        }

    @Test
    fun useRollsBackWhenItsCoroutineIsCancelled(server: TestDatabase) =
        with(server, poolOf(1)) { db ->
            val inside = CompletableDeferred<Unit>()
            val job = launch {
                db.begin().use { tx ->
                    tx.execute("INSERT INTO t VALUES (1)")
                    inside.complete(Unit)
                    awaitCancellation()
                }
            }
            inside.await()
            job.cancelAndJoin()
            assertThat(db.status().inUse()).isZero()
            assertThat(db.fetchOne<Long>("SELECT count(*) FROM t")).isEqualTo(0L)
        }

    @Test
    fun aCommitGoesThroughThoughTheCoroutineIsCancelledMeanwhile(server: TestDatabase) =
        with(server, poolOf(1)) { db ->
            val inside = CompletableDeferred<Unit>()
            val job = launch {
                db.begin().use { tx ->
                    tx.execute("INSERT INTO t VALUES (1)")
                    try {
                        inside.complete(Unit)
                        awaitCancellation()
                    } finally {
                        withContext(NonCancellable) {
                            tx.execute("INSERT INTO t VALUES (2)")
                            tx.commit()
                        }
                    }
                }
            }
            inside.await()
            job.cancelAndJoin()
            assertThat(db.status().inUse()).isZero()
            assertThat(server.ids()).containsExactly(1, 2)
        }

    @Test
    fun aCommitOfACancelledCoroutineRunsToItsEnd(server: TestDatabase) =
        with(server, poolOf(1)) { db ->
            val inside = CompletableDeferred<Unit>()
            var committed = false
            val job = launch {
                val tx = db.begin()
                tx.execute("INSERT INTO t VALUES (1)")
                try {
                    inside.complete(Unit)
                    awaitCancellation()
                } finally {
                    tx.commit()
                    committed = true
                }
            }
            inside.await()
            job.cancelAndJoin()
            assertThat(committed).isTrue()
            assertThat(server.ids()).containsExactly(1)
        }

    @Test
    fun childrenTakeTurnsAndTheLateOneFailsClearly(server: TestDatabase) =
        with(server, poolOf(1)) { db ->
            val ended = CompletableDeferred<Unit>()
            coroutineScope {
                val tx = db.begin()
                val late = async {
                    ended.await()
                    failureOf<TransactionState> { tx.execute("INSERT INTO t VALUES (0)") }
                }
                val children =
                    (1..20).map {
                        async(Dispatchers.Default) { tx.execute("INSERT INTO t VALUES ($1)", it) }
                    }
                assertThat(children.awaitAll()).hasSize(20).containsOnly(1L)
                tx.commit()
                ended.complete(Unit)
                assertThat(late.await())
                    .hasMessageContaining("execute")
                    .hasMessageContaining("already committed")
            }
            assertThat(server.ids()).hasSize(20)
        }

    @Test
    fun cursorsCloseWithUse(server: TestDatabase) =
        with(server, poolOf(1)) { db ->
            db.transaction {
                val first =
                    cursor<Int>("SELECT i FROM generate_series(1, 10) i").use { cursor ->
                        cursor.skip(4)
                        cursor.fetch(2)
                    }
                assertThat(first).containsExactly(5, 6)
                assertThat(fetchOne<Long>("SELECT count(*) FROM pg_cursors")).isEqualTo(0L)
            }
        }
}
