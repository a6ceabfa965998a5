package dev.howdah.coroutines

import dev.howdah.config.PoolOptions
import dev.howdah.config.TransactionOptions
import dev.howdah.error.ClientException.CommitOutcomeUnknown
import dev.howdah.error.ClientException.RolledBack
import dev.howdah.error.ClientException.TransactionState
import dev.howdah.error.DataError.DivisionByZero
import dev.howdah.error.InvalidTransactionState.InFailedTransaction
import dev.howdah.testing.Backends
import dev.howdah.testing.Lock
import dev.howdah.testing.PostgresTest
import dev.howdah.testing.TcpProxy
import dev.howdah.testing.TcpProxy.Direction
import dev.howdah.testing.TestDatabase
import java.util.concurrent.atomic.AtomicInteger
import kotlin.time.Duration.Companion.milliseconds
import kotlinx.coroutines.CancellationException
import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.TimeoutCancellationException
import kotlinx.coroutines.async
import kotlinx.coroutines.awaitAll
import kotlinx.coroutines.awaitCancellation
import kotlinx.coroutines.cancelAndJoin
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.launch
import kotlinx.coroutines.supervisorScope
import kotlinx.coroutines.withTimeout
import org.assertj.core.api.Assertions.assertThat
import org.junit.jupiter.api.BeforeEach
import org.junit.jupiter.api.Test

/** A transaction cancelled in each of its phases, and what children do to it. */
@PostgresTest
internal class TransactionPhasesDatabaseTest {
    /** Rows of `waits` make COMMIT wait for the lock of this number. */
    private val commitLock = 7L

    @BeforeEach
    fun tables(server: TestDatabase) =
        server.sql(
            "CREATE TABLE t (id int PRIMARY KEY); CREATE TABLE waits (id int);" +
                "CREATE FUNCTION wait() RETURNS trigger LANGUAGE plpgsql AS" +
                " $$ BEGIN PERFORM pg_advisory_xact_lock($commitLock); RETURN NULL; END $$;" +
                "CREATE CONSTRAINT TRIGGER at_commit AFTER INSERT ON waits DEFERRABLE INITIALLY" +
                " DEFERRED FOR EACH ROW EXECUTE FUNCTION wait()"
        )

    private fun TestDatabase.count(table: String) = value("SELECT count(*) FROM $table")

    private suspend fun requireClean(server: TestDatabase, db: Database, pid: Int) {
        eventually("the connection is back") { db.status().inUse() == 0 }
        Backends.of(server).requireNothingLeft()
        assertThat(db.fetchOne<Int>("SELECT pg_backend_pid()")).isEqualTo(pid)
        assertThat(server.count("t")).isEqualTo(0L)
    }

    private fun onePool(
        server: TestDatabase,
        test: suspend CoroutineScope.(Database, Int) -> Unit,
    ) = with(server, poolOf(1)) { db -> test(db, db.fetchOne<Int>("SELECT pg_backend_pid()")) }

    /** With a database behind a proxy, whose only connection is open. */
    private fun proxied(
        server: TestDatabase,
        test: suspend CoroutineScope.(Database, TcpProxy, Int) -> Unit,
    ) = suspending {
        TcpProxy.to(server).use { proxy ->
            Database.connect(server.url(proxy)) { pool(PoolOptions.defaults().withSize(1)) }
                .use { db -> test(db, proxy, db.fetchOne<Int>("SELECT pg_backend_pid()")) }
        }
    }

    @Test
    fun whileItWaitsForAConnection(server: TestDatabase) =
        onePool(server) { db, pid ->
            db.connection {
                val job = launch(Dispatchers.Default) { db.transaction { error("must not run") } }
                eventually("it waits") { db.status().waiting() == 1 }
                job.cancelAndJoin()
                eventually("nobody waits") { db.status().waiting() == 0 }
            }
            requireClean(server, db, pid)
        }

    @Test
    fun whileItBegins(server: TestDatabase) =
        proxied(server) { db, proxy, pid ->
            proxy.pauseOpen()
            val before = proxy.bytes(Direction.TO_SERVER)
            val job =
                launch(Dispatchers.Default) {
                    db.transaction { execute("INSERT INTO t VALUES (1)") }
                }
            eventually("BEGIN has set out") { proxy.bytes(Direction.TO_SERVER) > before }
            job.cancel()
            proxy.resume()
            job.join()
            requireClean(server, db, pid)
        }

    @Test
    fun betweenTwoStatements(server: TestDatabase) =
        onePool(server) { db, pid ->
            val inside = CompletableDeferred<Unit>()
            val job =
                launch(Dispatchers.Default) {
                    db.transaction {
                        execute("INSERT INTO t VALUES (1)")
                        inside.complete(Unit)
                        awaitCancellation()
                    }
                }
            inside.await()
            job.cancelAndJoin()
            requireClean(server, db, pid)
        }

    @Test
    fun duringAStatement(server: TestDatabase) =
        onePool(server) { db, pid ->
            val job =
                launch(Dispatchers.Default) {
                    db.transaction {
                        execute("INSERT INTO t VALUES (1)")
                        execute("SELECT pg_sleep(600)")
                    }
                }
            eventually("it runs") { server.running("pg_sleep(600)") == 1L }
            job.cancelAndJoin()
            requireClean(server, db, pid)
        }

    @Test
    fun insideANestedOne(server: TestDatabase) =
        onePool(server) { db, pid ->
            val job =
                launch(Dispatchers.Default) {
                    db.transaction {
                        execute("INSERT INTO t VALUES (1)")
                        transaction {
                            execute("INSERT INTO t VALUES (2)")
                            execute("SELECT pg_sleep(600)")
                        }
                    }
                }
            eventually("it runs") { server.running("pg_sleep(600)") == 1L }
            job.cancelAndJoin()
            requireClean(server, db, pid)
        }

    @Test
    fun whileItCommits(server: TestDatabase) =
        onePool(server) { db, pid ->
            var after = false
            val job =
                Lock.onNumber(server, commitLock).use {
                    val job =
                        launch(Dispatchers.Default) {
                            db.transaction { execute("INSERT INTO waits VALUES (1)") }
                            after = true
                        }
                    eventually("it commits") { server.running("COMMIT") == 1L }
                    job.cancel()
                    // What has begun to be committed is committed: the coroutine waits for that.
                    assertThat(job.isCompleted).isFalse()
                    job
                }
            job.join()
            assertThat(server.count("waits")).isEqualTo(1L)
            requireClean(server, db, pid)
            assertThat(job.isCancelled).isTrue()
            println("whileItCommits: the block's result was ${if (after) "" else "not "}delivered")
        }

    @Test
    fun whileItRollsBack(server: TestDatabase) =
        proxied(server) { db, proxy, pid ->
            class Mine : Exception("mine")
            var thrown: Throwable? = null
            val held = CompletableDeferred<Long>()
            val job =
                launch(Dispatchers.Default) {
                    try {
                        db.transaction {
                            execute("INSERT INTO t VALUES (1)")
                            proxy.pauseOpen()
                            held.complete(proxy.bytes(Direction.TO_SERVER))
                            throw Mine()
                        }
                    } catch (failure: Throwable) {
                        thrown = failure
                    }
                }
            val before = held.await()
            eventually("ROLLBACK has set out") { proxy.bytes(Direction.TO_SERVER) > before }
            job.cancel()
            assertThat(job.isCompleted).isFalse()
            proxy.resume()
            job.join()
            assertThat(thrown).isInstanceOf(Mine::class.java)
            requireClean(server, db, pid)
        }

    @Test
    fun betweenTwoTries(server: TestDatabase) =
        onePool(server) { db, pid ->
            val tries = AtomicInteger()
            val job =
                launch(Dispatchers.Default) {
                    db.transaction(TransactionOptions.defaults().withRetries(Int.MAX_VALUE)) {
                        execute("INSERT INTO t VALUES (1)")
                        tries.incrementAndGet()
                        execute(
                            "DO $$ BEGIN RAISE EXCEPTION 'conflict' USING ERRCODE = '40001'; END $$"
                        )
                    }
                }
            eventually("it was tried thrice") { tries.get() >= 3 }
            job.cancelAndJoin()
            requireClean(server, db, pid)
        }

    @Test
    fun aTimeoutAroundTheWholeRollsItBack(server: TestDatabase) =
        onePool(server) { db, pid ->
            failureOf<TimeoutCancellationException> {
                withTimeout(300.milliseconds) {
                    db.transaction {
                        execute("INSERT INTO t VALUES (1)")
                        execute("SELECT pg_sleep(600)")
                    }
                }
            }
            requireClean(server, db, pid)
        }

    @Test
    fun aTimeoutAroundOneStatementFailsTheTransaction(server: TestDatabase) =
        onePool(server) { db, pid ->
            failureOf<RolledBack> {
                db.transaction {
                    execute("INSERT INTO t VALUES (1)")
                    failureOf<TimeoutCancellationException> {
                        withTimeout(200.milliseconds) { execute("SELECT pg_sleep(600)") }
                    }
                    failureOf<InFailedTransaction> { execute("INSERT INTO t VALUES (2)") }
                }
            }
            requireClean(server, db, pid)
        }

    @Test
    fun aBlockThatGivesUpByItselfRollsBackAndSaysSo(server: TestDatabase) =
        onePool(server) { db, pid ->
            val mine = CancellationException("given up")
            val thrown =
                failureOf<CancellationException> {
                    db.transaction {
                        execute("INSERT INTO t VALUES (1)")
                        throw mine
                    }
                }
            assertThat(thrown).isSameAs(mine)
            requireClean(server, db, pid)
        }

    @Test
    fun anErrorOfTheBlockArrivesAsItIs(server: TestDatabase) =
        onePool(server) { db, pid ->
            for (mine in
                listOf(AssertionError("mine"), StackOverflowError(), LinkageError("mine"))) {
                val thrown =
                    failureOf<Error> {
                        db.transaction {
                            execute("INSERT INTO t VALUES (1)")
                            throw mine
                        }
                    }
                assertThat(thrown).isSameAs(mine)
                requireClean(server, db, pid)
            }
        }

    @Test
    fun aFailingChildStopsItsSiblingsAndRollsBack(server: TestDatabase) =
        onePool(server) { db, pid ->
            failureOf<DivisionByZero> {
                db.transaction {
                    execute("INSERT INTO t VALUES (1)")
                    coroutineScope {
                        launch(Dispatchers.Default) { execute("SELECT 1 / $1::int", 0) }
                        launch(Dispatchers.Default) { awaitCancellation() }
                    }
                }
            }
            requireClean(server, db, pid)
        }

    @Test
    fun aChildThatIsCancelledAloneFailsTheTransactionIfItWasAtWork(server: TestDatabase) =
        onePool(server) { db, pid ->
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
            requireClean(server, db, pid)
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
            assertThat(server.count("t")).isEqualTo(20L - refused.get())
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
                assertThat(server.count("t")).isEqualTo(if (ran.isSuccess) 2L else 1L)
            }
        }

    @Test
    fun aBackendThatIsKilledWhileItCommitsLeavesTheOutcomeUnknown(server: TestDatabase) =
        with(server, poolOf(1)) { db ->
            val backends = Backends.of(server)
            Lock.onNumber(server, commitLock).use {
                supervisorScope {
                    val block =
                        async(Dispatchers.Default) {
                            db.transaction { execute("INSERT INTO waits VALUES (1)") }
                        }
                    eventually("it commits") { server.running("COMMIT") == 1L }
                    backends.kill(backends.pids())
                    failureOf<CommitOutcomeUnknown> { block.await() }
                }
            }
            assertThat(db.fetchOne<Int>("SELECT 42")).isEqualTo(42)
        }
}
