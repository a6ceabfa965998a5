package dev.howdah.coroutines

import dev.howdah.error.ClientException.WrongArguments
import dev.howdah.testing.PostgresTest
import dev.howdah.testing.TestDatabase
import java.util.concurrent.CancellationException
import kotlin.time.Duration.Companion.milliseconds
import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.TimeoutCancellationException
import kotlinx.coroutines.flow.asFlow
import kotlinx.coroutines.flow.flow
import kotlinx.coroutines.flow.map
import kotlinx.coroutines.flow.onCompletion
import kotlinx.coroutines.withTimeout
import org.assertj.core.api.Assertions.assertThat
import org.junit.jupiter.api.BeforeEach
import org.junit.jupiter.api.Test

/** `executeMany` and `fetchMany` from Kotlin's own sources. */
@PostgresTest
internal class ManyDatabaseTest {
    private val insert = "INSERT INTO t VALUES ($1, $2)"

    @BeforeEach
    fun table(server: TestDatabase) {
        server.sql("CREATE TABLE t (id int PRIMARY KEY, name text)")
    }

    @Test
    fun listsSequencesAndFlowsAreSources(server: TestDatabase) =
        with(server, poolOf(1)) { db ->
            assertThat(db.executeMany(insert, List(500) { listOf(it, "list") })).isEqualTo(500)
            val sequence = generateSequence(500) { it + 1 }.take(2_000).map { listOf(it, "seq") }
            assertThat(db.executeMany(insert, sequence)).isEqualTo(2_000)
            val flow = (2_500 until 5_000).asFlow().map { arrayOf<Any?>(it, "flow") }
            assertThat(db.executeMany(insert, flow)).isEqualTo(2_500)
            assertThat(db.fetchValue<Long>("SELECT count(*) FROM t")).isEqualTo(5_000)
        }

    @Test
    fun rowsComeInOrderAsTheTypeAskedFor(server: TestDatabase) =
        with(server, poolOf(1)) { db ->
            val ids = db.fetchMany<Int>("$insert RETURNING id", List(300) { listOf(it, null) })
            assertThat(ids).isEqualTo(List(300) { it })
            val named = "INSERT INTO t VALUES (:id, :name) RETURNING name"
            val names = db.fetchMany<String>(named, listOf(mapOf("id" to 999, "name" to "x")))
            assertThat(names).containsExactly("x")
        }

    @JvmInline value class ItemId(val value: Int)

    data class Item(val id: ItemId, val itemName: String?)

    @Test
    fun namedParametersTakeDataClasses(server: TestDatabase) =
        with(server, poolOf(1)) { db ->
            val items = List(300) { Item(ItemId(it), "n$it") }
            db.executeMany("INSERT INTO t VALUES (:id, :item_name)", items)
            val name = "SELECT name FROM t WHERE id = :id AND name = :item_name"
            assertThat(db.fetchValue<String>(name, items[7])).isEqualTo("n7")
            val failure =
                failureOf<WrongArguments> { db.fetch<String>("SELECT :id, :nmae", items[7]) }
            assertThat(failure).hasMessage("no value for :nmae; Item has id, itemName")
        }

    @Test
    fun bareValuesAreTheOneArgument(server: TestDatabase) =
        with(server, poolOf(1)) { db ->
            val insert = "INSERT INTO t VALUES ($1)"
            assertThat(db.executeMany(insert, 1..200)).isEqualTo(200)
            assertThat(db.executeMany(insert, listOf(ItemId(201), ItemId(202)))).isEqualTo(2)
            val names = db.fetchMany<String?>("SELECT upper($1::text)", listOf("a", null))
            assertThat(names).containsExactly("A", null)
            val pair = failureOf<WrongArguments> { db.executeMany(insert, listOf("id" to 1)) }
            assertThat(pair).hasMessageContaining("it is of kotlin.Pair")
        }

    @Test
    fun aFlowThatFailsUndoesAllAndItsFailureArrives(server: TestDatabase) =
        with(server, poolOf(1)) { db ->
            val broken = flow {
                repeat(1_500) { emit(listOf(it, "x")) }
                error("mine")
            }
            val failure = failureOf<IllegalStateException> { db.executeMany(insert, broken) }
            assertThat(failure).hasMessage("mine")
            assertThat(db.fetchValue<Long>("SELECT count(*) FROM t")).isEqualTo(0)
        }

    @Test
    fun aTimeoutUndoesAllAndStopsTheFlow(server: TestDatabase) =
        with(server, poolOf(1)) { db ->
            val ended = CompletableDeferred<Throwable?>()
            val endless =
                flow {
                        var next = 0
                        while (true) emit(listOf(next++, "x"))
                    }
                    .onCompletion { ended.complete(it) }
            failureOf<TimeoutCancellationException> {
                withTimeout(200.milliseconds) {
                    db.executeMany("$insert ON CONFLICT DO NOTHING", endless)
                }
            }
            assertThat(ended.await()).isInstanceOf(CancellationException::class.java)
            assertThat(db.fetchValue<Long>("SELECT count(*) FROM t")).isEqualTo(0)
        }

    @Test
    fun aWrongElementIsNamed(server: TestDatabase) =
        with(server, poolOf(1)) { db ->
            val failure =
                failureOf<WrongArguments> {
                    db.executeMany(insert, listOf(listOf(1, "a"), listOf(2)))
                }
            assertThat(failure).hasMessageContaining("element 1")
        }
}
