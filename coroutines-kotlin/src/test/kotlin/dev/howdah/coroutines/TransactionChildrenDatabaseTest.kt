package dev.howdah.coroutines

import dev.howdah.error.ClientException.RolledBack
import dev.howdah.error.ClientException.TransactionState
import dev.howdah.error.DataError.DivisionByZero
import dev.howdah.error.InvalidTransactionState.InFailedTransaction
import dev.howdah.testing.Backends
import dev.howdah.testing.Lock
import dev.howdah.testing.PostgresTest
import dev.howdah.testing.TestDatabase
import java.util.concurrent.atomic.AtomicInteger
import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.async
import kotlinx.coroutines.awaitAll
import kotlinx.coroutines.awaitCancellation
import kotlinx.coroutines.cancelAndJoin
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.launch
import kotlinx.coroutines.supervisorScope
import org.assertj.core.api.Assertions.assertThat
import org.junit.jupiter.api.BeforeEach
import org.junit.jupiter.api.Test

/** What child coroutines do in a transaction, and do to it. */
@PostgresTest
internal class TransactionChildrenDatabaseTest {
    @BeforeEach fun table(server: TestDatabase) = server.sql("CREATE TABLE t (id int PRIMARY KEY)")

    @Test
    fun aFailingChildStopsItsSiblingsAndRollsBack(server: TestDatabase) =
        with(server, poolOf(1)) { db ->
            val pid = db.fetchOne<Int>("SELECT pg_backend_pid()")
            failureOf<DivisionByZero> {
                db.transaction {
                    execute("INSERT INTO t VALUES (1)")
                    coroutineScope {
                        launch(Dispatchers.Default) { execute("SELECT 1 / $1::int", 0) }
                        launch(Dispatchers.Default) { awaitCancellation() }
                    }
                }
            }
            Backends.of(server).requireNothingLeft()
            assertThat(db.fetchOne<Int>("SELECT pg_backend_pid()")).isEqualTo(pid)
            assertThat(server.value("SELECT count(*) FROM t")).isEqualTo(0L)
        }

    @Test
    fun aChildThatIsCancelledAloneFailsTheTransactionIfItWasAtWork(server: TestDatabase) =
        with(server, poolOf(1)) { db ->
            val pid = db.fetchOne<Int>("SELECT pg_backend_pid()")
            failureOf<RolledBack> {
                db.transaction {
                    supervisorScope {
                        val child = launch(Dispatchers.Default) { execute("SELECT pg_sleep(600)") }
                        eventually("it runs") { server.running("pg_sleep(600)") == 1L }
                        child.cancelAndJoin()
                    }
                    failureOf<InFailedTransaction> { execute("INSERT INTO t VALUES (1)") }
                }
            }
            Backends.of(server).requireNothingLeft()
            assertThat(db.fetchOne<Int>("SELECT pg_backend_pid()")).isEqualTo(pid)
            assertThat(server.value("SELECT count(*) FROM t")).isEqualTo(0L)
        }

    @Test
    fun aChildThatIsCancelledInTheQueueHarmsNobody(server: TestDatabase) =
        with(server, poolOf(1)) { db ->
            db.transaction {
                coroutineScope {
                    Lock.onNumber(server, 1).use {
                        val first =
                            async(Dispatchers.Default) {
                                execute("SELECT pg_advisory_xact_lock(1)")
                            }
                        eventually("it runs") { server.running("advisory") == 1L }
                        val queued =
                            List(20) {
                                launch(Dispatchers.Default) {
                                    execute("INSERT INTO t VALUES ($1)", it)
                                }
                            }
                        queued.forEach { it.cancelAndJoin() }
                        first
                    }
                }
                execute("INSERT INTO t VALUES (100)")
            }
            assertThat(server.query("SELECT id FROM t")).containsExactly(listOf(100))
        }

    @Test
    fun childrenAtOnceAllHaveTheirOwnAnswers(server: TestDatabase) =
        with(server, poolOf(1)) { db ->
            val answers =
                db.transaction {
                    coroutineScope {
                        List(200) {
                                async(Dispatchers.Default) { fetchOne<Int>("SELECT $1::int", it) }
                            }
                            .awaitAll()
                    }
                }
            assertThat(answers).isEqualTo(List(200) { it })
        }

    @Test
    fun childrenThatNestAtOnceTakeTurnsOrAreRefused(server: TestDatabase) =
        with(server, poolOf(1)) { db ->
            val refused = AtomicInteger()
            db.transaction {
                coroutineScope {
                    repeat(20) {
                        launch(Dispatchers.Default) {
                            try {
                                transaction { execute("INSERT INTO t VALUES ($1)", it) }
                            } catch (oneAtATime: TransactionState) {
                                refused.incrementAndGet()
                            }
                        }
                    }
                }
            }
            // Those that were not refused are all there: none shared another's fate.
            assertThat(server.value("SELECT count(*) FROM t")).isEqualTo(20L - refused.get())
            assertThat(refused.get()).isLessThan(20)
        }

    @Test
    fun aStatementOfAChildThatOutlivesTheBlockIsPartOfItOrRefused(server: TestDatabase) =
        with(server, poolOf(1)) { db ->
            coroutineScope {
                val late =
                    db.transaction {
                        execute("INSERT INTO t VALUES (1)")
                        val started = CompletableDeferred<Unit>()
                        val child =
                            this@coroutineScope.async(Dispatchers.Default) {
                                started.complete(Unit)
                                runCatching { execute("INSERT INTO t SELECT 2 FROM pg_sleep(0.1)") }
                            }
                        started.await()
                        child
                    }
                val ran = late.await()
                if (ran.isFailure) {
                    assertThat(ran.exceptionOrNull()).isInstanceOf(TransactionState::class.java)
                }
                assertThat(server.value("SELECT count(*) FROM t"))
                    .isEqualTo(if (ran.isSuccess) 2L else 1L)
            }
        }
}
