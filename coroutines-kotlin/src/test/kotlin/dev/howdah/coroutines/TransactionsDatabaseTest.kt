package dev.howdah.coroutines

import dev.howdah.config.TransactionOptions
import dev.howdah.error.ClientException.RolledBack
import dev.howdah.error.ClientException.TransactionState
import dev.howdah.error.IntegrityViolation.UniqueViolation
import dev.howdah.error.TransactionRollback.SerializationFailure
import dev.howdah.testing.PostgresTest
import dev.howdah.testing.TestDatabase
import java.util.concurrent.CancellationException
import kotlin.time.Duration.Companion.milliseconds
import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.async
import kotlinx.coroutines.awaitAll
import kotlinx.coroutines.awaitCancellation
import kotlinx.coroutines.cancelAndJoin
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.launch
import kotlinx.coroutines.test.runTest
import kotlinx.coroutines.withTimeoutOrNull
import org.assertj.core.api.Assertions.assertThat
import org.junit.jupiter.api.BeforeEach
import org.junit.jupiter.api.Test

@PostgresTest
internal class TransactionsDatabaseTest {
    @BeforeEach fun table(server: TestDatabase) = server.sql("CREATE TABLE t (id int PRIMARY KEY)")

    private fun TestDatabase.ids(): List<Any?> =
        query("SELECT id FROM t ORDER BY id").map { it.single() }

    @Test
    fun theValueArrivesAfterCommit(server: TestDatabase) =
        with(server) { db ->
            val value =
                db.transaction {
                    execute("INSERT INTO t VALUES (1)")
                    fetchOne<Int>("INSERT INTO t VALUES (2) RETURNING id")
                }
            assertThat(value).isEqualTo(2)
            assertThat(server.ids()).containsExactly(1, 2)
            assertThat(db.transaction<String?> { null }).isNull()
        }

    @Test
    fun aFailureRollsBackAndIsThrownAsItIs(server: TestDatabase) =
        with(server) { db ->
            class Mine : Exception("mine")
            val mine = Mine()
            val thrown =
                failureOf<Mine> {
                    db.transaction {
                        execute("INSERT INTO t VALUES (1)")
                        throw mine
                    }
                }
            assertThat(thrown).isSameAs(mine)
            assertThat(thrown.suppressed).isEmpty()
            assertThat(server.ids()).isEmpty()
        }

    @Test
    fun aServersFailureIsThrownAsItIs(server: TestDatabase) =
        with(server) { db ->
            var inside: UniqueViolation? = null
            val outside =
                failureOf<UniqueViolation> {
                    db.transaction {
                        execute("INSERT INTO t VALUES (1)")
                        try {
                            execute("INSERT INTO t VALUES (1)")
                        } catch (failure: UniqueViolation) {
                            inside = failure
                            throw failure
                        }
                    }
                }
            assertThat(outside).isSameAs(inside)
            assertThat(server.ids()).isEmpty()
        }

    @Test
    fun nestedTransactionsAreSavepoints(server: TestDatabase) =
        with(server) { db ->
            db.transaction {
                execute("INSERT INTO t VALUES (1)")
                failureOf<UniqueViolation> {
                    transaction {
                        execute("INSERT INTO t VALUES (2)")
                        execute("INSERT INTO t VALUES (1)")
                    }
                }
                transaction { execute("INSERT INTO t VALUES (3)") }
            }
            assertThat(server.ids()).containsExactly(1, 3)
        }

    @Test
    fun aHeldConnectionHasTransactionsToo(server: TestDatabase) =
        with(server) { db ->
            db.connection {
                execute("SET application_name = 'mine'")
                transaction {
                    execute("INSERT INTO t VALUES (1)")
                    assertThat(fetchValue<String>("SHOW application_name")).isEqualTo("mine")
                }
                assertThat(fetchValue<Long>("SELECT count(*) FROM t")).isEqualTo(1L)
            }
        }

    @Test
    fun childrenInsideTheBlockTakeTurns(server: TestDatabase) =
        with(server) { db ->
            val results =
                db.transaction {
                    coroutineScope {
                        (1..50)
                            .map {
                                async(Dispatchers.Default) {
                                    execute("INSERT INTO t VALUES ($1)", it)
                                }
                            }
                            .awaitAll()
                    }
                }
            assertThat(results).hasSize(50).containsOnly(1L)
            assertThat(server.value("SELECT count(*) FROM t")).isEqualTo(50L)
        }

    @Test
    fun aChildThatOutlivesTheBlockFailsClearly(server: TestDatabase) =
        with(server) { db ->
            val ended = CompletableDeferred<Unit>()
            coroutineScope {
                val late =
                    db.transaction {
                        async {
                            ended.await()
                            failureOf<TransactionState> { execute("INSERT INTO t VALUES (1)") }
                        }
                    }
                ended.complete(Unit)
                assertThat(late.await()).hasMessageContaining("execute")
            }
            assertThat(server.ids()).isEmpty()
        }

    @Test
    fun childrenSeeTheTransactionAsTheirOwn(server: TestDatabase) =
        with(server) { db ->
            db.transaction {
                val inside = CompletableDeferred<Unit>()
                val released = CompletableDeferred<Unit>()
                coroutineScope {
                    launch {
                        transaction {
                            execute("INSERT INTO t VALUES (1)")
                            inside.complete(Unit)
                            released.await()
                        }
                    }
                    inside.await()
                    // It would be part of the other child's savepoint, and undone with it.
                    assertThat(failureOf<TransactionState> { execute("INSERT INTO t VALUES (2)") })
                        .hasMessageContaining("nested")
                    released.complete(Unit)
                }
                execute("INSERT INTO t VALUES (3)")
            }
            assertThat(server.ids()).containsExactly(1, 3)
        }

    @Test
    fun aChildThatIsCancelledAloneTakesTheTransactionWithIt(server: TestDatabase) =
        with(server, poolOf(1)) { db ->
            failureOf<RolledBack> {
                db.transaction {
                    execute("INSERT INTO t VALUES (1)")
                    val slow =
                        withTimeoutOrNull(1500.milliseconds) { execute("SELECT pg_sleep(600)") }
                    assertThat(slow).isNull()
                }
            }
            assertThat(server.ids()).isEmpty()
        }

    @Test
    fun aSavepointAroundAChildKeepsItsCancellationInside(server: TestDatabase) =
        with(server, poolOf(1)) { db ->
            db.transaction {
                execute("INSERT INTO t VALUES (1)")
                val slow =
                    withTimeoutOrNull(200.milliseconds) {
                        transaction {
                            execute("INSERT INTO t VALUES (2)")
                            execute("SELECT pg_sleep(600)")
                        }
                    }
                assertThat(slow).isNull()
                execute("INSERT INTO t VALUES (3)")
            }
            assertThat(server.ids()).containsExactly(1, 3)
        }

    @Test
    fun cancellationRollsBack(server: TestDatabase) =
        with(server, poolOf(1)) { db ->
            val inside = CompletableDeferred<Unit>()
            val job = launch {
                db.transaction {
                    execute("INSERT INTO t VALUES (1)")
                    inside.complete(Unit)
                    awaitCancellation()
                }
            }
            inside.await()
            job.cancelAndJoin()
            // The pool's one connection is free and clean at once: join came after the rollback.
            assertThat(db.status().inUse()).isZero()
            assertThat(db.fetchValue<Long>("SELECT count(*) FROM t")).isEqualTo(0L)
        }

    @Test
    fun cancellationDuringAStatementStopsItAndRollsBack(server: TestDatabase) =
        with(server, poolOf(1)) { db ->
            val job = launch {
                db.transaction {
                    execute("INSERT INTO t VALUES (1)")
                    execute("SELECT pg_sleep(600)")
                }
            }
            eventually("the statement runs") { server.running("pg_sleep(600)") == 1L }
            job.cancelAndJoin()
            assertThat(server.running("pg_sleep(600)")).isZero()
            assertThat(db.fetchValue<Long>("SELECT count(*) FROM t")).isEqualTo(0L)
        }

    @Test
    fun aBlockThatSwallowsItsCancellationIsNotCommitted(server: TestDatabase) =
        with(server) { db ->
            val inside = CompletableDeferred<Unit>()
            var after = false
            val job = launch {
                db.transaction {
                    execute("INSERT INTO t VALUES (1)")
                    inside.complete(Unit)
                    try {
                        awaitCancellation()
                    } catch (swallowed: CancellationException) {
                        // As runCatching does.
                    }
                }
                after = true
            }
            inside.await()
            job.cancelAndJoin()
            assertThat(after).isFalse()
            assertThat(server.ids()).isEmpty()
        }

    @Test
    fun optionsReachTheServerAndRetriesRunTheWholeBlockAgain(server: TestDatabase) = runTest {
        Database.connect(server.url()).use { db ->
            var tries = 0
            val isolation =
                db.transaction(TransactionOptions.serializable().withRetries(3)) {
                    tries++
                    execute("INSERT INTO t VALUES ($1)", tries)
                    if (tries < 3) fail("40001")
                    fetchValue<String>("SHOW transaction_isolation")
                }
            assertThat(isolation).isEqualTo("serializable")
            assertThat(server.ids()).containsExactly(3)
            tries = 0
            failureOf<SerializationFailure> {
                db.transaction(TransactionOptions.defaults().withRetries(2)) {
                    tries++
                    fail("40001")
                }
            }
            assertThat(tries).isEqualTo(3)
        }
    }

    private suspend fun Transaction.fail(code: String) {
        execute("DO $$ BEGIN RAISE EXCEPTION 'conflict' USING ERRCODE = '$code'; END $$")
    }
}
