package dev.howdah.coroutines

import dev.howdah.testing.Backends
import dev.howdah.testing.PostgresTest
import dev.howdah.testing.TestDatabase
import java.util.concurrent.ConcurrentLinkedQueue
import java.util.concurrent.atomic.AtomicInteger
import kotlin.random.Random
import kotlin.time.Duration.Companion.microseconds
import kotlinx.coroutines.CancellationException
import kotlinx.coroutines.CoroutineStart
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.async
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.launch
import kotlinx.coroutines.withTimeoutOrNull
import org.assertj.core.api.Assertions.assertThat
import org.junit.jupiter.api.Test

/** Coroutines cancelled at random instants, ten thousand of them, on a pool of four. */
@PostgresTest
internal class StormDatabaseTest {
    private val goal = Integer.getInteger("howdah.test.cancellations", 10_000)
    private val answer = "SELECT $1::int FROM pg_sleep($2)"

    private val stopped = AtomicInteger()
    private val answered = AtomicInteger()
    private val wrong = AtomicInteger()
    private val numbers = AtomicInteger()
    private val unexpected = ConcurrentLinkedQueue<Throwable>()

    @Test
    fun tenThousandCancellationsLoseNothing(server: TestDatabase) =
        with(server, poolOf(4)) { db ->
            val seed = java.lang.Long.getLong("howdah.test.seed", System.nanoTime())
            println("tenThousandCancellationsLoseNothing: -Dhowdah.test.seed=$seed")
            server.sql("CREATE TABLE pairs (number int)")
            val backends = Backends.of(server)
            val start = System.nanoTime()
            coroutineScope {
                repeat(4) { part ->
                    val random = Random(seed + part)
                    launch(Dispatchers.IO) { rage(db, random) }
                }
            }
            val seconds = (System.nanoTime() - start) / 1e9
            eventually("all are back") { db.status().inUse() == 0 && db.status().waiting() == 0 }
            backends.requireNothingLeft()
            println(
                "tenThousandCancellationsLoseNothing: %d cancellations in %.1f s (and %d answers), leaked %d, wrong answers %d, left running %d"
                    .format(
                        stopped.get(),
                        seconds,
                        answered.get(),
                        db.status().inUse(),
                        wrong.get(),
                        backends.busy(),
                    )
            )
            assertThat(unexpected).isEmpty()
            assertThat(wrong.get()).isZero()
            assertThat(answered.get()).isPositive()
            assertThat(
                    server.query("SELECT number FROM pairs GROUP BY number HAVING count(*) <> 2")
                )
                .isEmpty()
            val all = db.gather(List(1_000) { Query.one<Int>("SELECT $1::int", it) })
            assertThat(all).isEqualTo(List(1_000) { it })
        }

    /** Four coroutines at once, each stopped in its own way, or not at all. */
    private suspend fun rage(db: Database, random: Random) {
        while (stopped.get() < goal && unexpected.isEmpty()) {
            coroutineScope {
                val calls =
                    List(4) {
                        val way = random.nextInt(4)
                        val seconds =
                            if (way == 0 || random.nextBoolean()) random.nextInt(2_000) / 1e6
                            else 600.0
                        val kind = random.nextInt(7)
                        val patience = random.nextInt(2_500).microseconds
                        val call =
                            async(Dispatchers.Default, CoroutineStart.DEFAULT) {
                                if (way != 1) look(db, kind, seconds)
                                else if (
                                    withTimeoutOrNull(patience) { look(db, kind, seconds) } == null
                                )
                                    stopped.incrementAndGet()
                            }
                        call to way
                    }
                for ((call, way) in calls) {
                    moment(random, 400)
                    if (way >= 2) call.cancel()
                }
                for ((call, _) in calls) {
                    call.join()
                    if (call.isCancelled) stopped.incrementAndGet()
                }
            }
        }
    }

    private suspend fun look(db: Database, kind: Int, seconds: Double) {
        val number = numbers.incrementAndGet()
        try {
            if (ask(db, kind, number, seconds) == number) answered.incrementAndGet()
            else wrong.incrementAndGet()
        } catch (asAsked: CancellationException) {
            throw asAsked
        } catch (failure: Throwable) {
            unexpected.add(failure)
        }
    }

    private suspend fun ask(db: Database, kind: Int, number: Int, seconds: Double): Int =
        when (kind) {
            0 -> db.fetchOne<Int>(answer, number, seconds)
            1 -> db.gather(List(5) { Query.one<Int>(answer, number, seconds) }).distinct().single()
            2 -> db.acquire().use { it.fetchOne<Int>(answer, number, seconds) }
            3 ->
                db.connection {
                    execute("SELECT pg_advisory_lock($1)", number)
                    fetch<String>("SELECT set_config('statement_timeout', '1h', false)")
                    fetchOne<Int>(answer, number, seconds)
                }
            4 ->
                db.transaction {
                    execute("INSERT INTO pairs VALUES ($1)", number)
                    val result = fetchOne<Int>(answer, number, seconds)
                    execute("INSERT INTO pairs VALUES ($1)", number)
                    result
                }
            5 ->
                db.transaction {
                    execute("INSERT INTO pairs VALUES ($1)", number)
                    transaction {
                        execute("INSERT INTO pairs VALUES ($1)", number)
                        fetchOne<Int>(answer, number, seconds)
                    }
                }
            else -> db.fetch<Int>(answer, number, seconds).single()
        }
}
