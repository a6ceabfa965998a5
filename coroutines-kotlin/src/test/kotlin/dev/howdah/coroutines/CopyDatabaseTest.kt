package dev.howdah.coroutines

import dev.howdah.error.ClientException.QueryTimeout
import dev.howdah.error.ClientException.TransactionState
import dev.howdah.error.ClientException.WrongArguments
import dev.howdah.error.SyntaxOrAccess.UndefinedTable
import dev.howdah.query.CopyIn
import dev.howdah.query.CopyOut
import dev.howdah.query.CopyProgress
import dev.howdah.query.CopyRecords
import dev.howdah.testing.PostgresTest
import dev.howdah.testing.TestDatabase
import java.io.ByteArrayInputStream
import java.io.ByteArrayOutputStream
import java.io.IOException
import java.nio.channels.Channels
import java.nio.file.Files
import java.nio.file.Path
import java.util.concurrent.ConcurrentLinkedQueue
import kotlin.time.Duration.Companion.milliseconds
import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.TimeoutCancellationException
import kotlinx.coroutines.awaitCancellation
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.asFlow
import kotlinx.coroutines.flow.collect
import kotlinx.coroutines.flow.flow
import kotlinx.coroutines.flow.fold
import kotlinx.coroutines.flow.map
import kotlinx.coroutines.flow.onEach
import kotlinx.coroutines.flow.take
import kotlinx.coroutines.flow.toList
import kotlinx.coroutines.launch
import kotlinx.coroutines.withTimeout
import org.assertj.core.api.Assertions.assertThat
import org.junit.jupiter.api.BeforeEach
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.io.TempDir

/** `copyIn` and `copyOut` with Kotlin's own sources, flows and cancellation. */
@PostgresTest
internal class CopyDatabaseTest {
    data class Item(val id: Int, val name: String?)

    private val endless =
        CopyOut.csv(
            Query.rows<Any?>(
                "SELECT a, repeat('x', 100) FROM generate_series(1, 50000) a," +
                    " generate_series(1, 50000) b"
            )
        )

    @BeforeEach
    fun table(server: TestDatabase) {
        server.sql("CREATE TABLE t (id int, name text)")
    }

    @Test
    fun recordsComeFromListsSequencesAndFlows(server: TestDatabase) =
        with(server, poolOf(1)) { db ->
            assertThat(db.copyIn("t", List(500) { Item(it, "list") })).isEqualTo(500)
            val sequence = generateSequence(500) { it + 1 }.take(2_000).map { listOf(it, "seq") }
            assertThat(db.copyIn("t", sequence)).isEqualTo(2_000)
            val flow = (2_500 until 5_000).asFlow().map { mapOf("id" to it, "name" to null) }
            assertThat(db.copyIn("t", flow)).isEqualTo(2_500)
            val chosen = CopyRecords.into("t").columns("id")
            assertThat(db.copyIn(chosen, sequenceOf(Item(5_000, "left out")))).isEqualTo(1)
            assertThat(db.copyIn(chosen, flow { emit(arrayOf<Any?>(5_001u.toInt())) })).isEqualTo(1)
            assertThat(db.fetchOne<List<Long?>>("SELECT ARRAY[count(*), count(name)] FROM t"))
                .containsExactly(5_002, 2_500)
        }

    @Test
    fun bytesComeFromFlowsFilesAndStreams(server: TestDatabase, @TempDir folder: Path) =
        with(server, poolOf(1)) { db ->
            val lines = (1..10_000).joinToString("") { "$it,n$it\n" }.toByteArray()
            val file = Files.write(folder.resolve("t.csv"), lines)
            val csv = CopyIn.csv("t")
            assertThat(db.copyIn(csv, lines)).isEqualTo(10_000)
            assertThat(db.copyIn(csv, file)).isEqualTo(10_000)
            assertThat(db.copyIn(csv, ByteArrayInputStream(lines))).isEqualTo(10_000)
            val pieces: Flow<ByteArray> =
                lines.toList().chunked(999).asFlow().map { it.toByteArray() }
            assertThat(db.copyIn(csv, pieces)).isEqualTo(10_000)
            assertThat(db.fetchOne<Long>("SELECT count(*) FROM t WHERE name = 'n' || id"))
                .isEqualTo(40_000)
        }

    @Test
    fun aSourceThatFailsLeavesNothing(server: TestDatabase) =
        with(server, poolOf(1)) { db ->
            for (good in listOf(0, 30, 50_000)) {
                val broken = flow {
                    repeat(good) { emit(listOf(it, "x")) }
                    throw IOException("mine")
                }
                assertThat(failureOf<IOException> { db.copyIn("t", broken) }).hasMessage("mine")
                val brokenBytes = flow {
                    repeat(good) { emit("1,a\n".toByteArray()) }
                    throw IOException("mine")
                }
                val failure = failureOf<IOException> { db.copyIn(CopyIn.csv("t"), brokenBytes) }
                assertThat(failure).hasMessage("mine")
                assertThat(db.fetchOne<Long>("SELECT count(*) FROM t")).isZero()
            }
            val wrong =
                failureOf<WrongArguments> { db.copyIn("t", listOf(Item(1, "a"), listOf("b", 2))) }
            assertThat(wrong).hasMessageContaining("record 1 of copyIn (from 0): column 'id'")
        }

    @Test
    fun aCancelledCopyStopsItsSourceAndTheServer(server: TestDatabase) =
        with(server, poolOf(1)) { db ->
            val silent = CompletableDeferred<Unit>()
            val source = flow {
                repeat(20_000) { emit(listOf(it, "x")) }
                silent.complete(Unit)
                awaitCancellation()
            }
            val copy = launch { db.copyIn("t", source) }
            silent.await()
            eventually("it runs") { server.running("COPY") == 1L }
            copy.cancel()
            copy.join()
            assertThat(db.fetchOne<Long>("SELECT count(*) FROM t")).isZero()
            failureOf<TimeoutCancellationException> {
                withTimeout(200.milliseconds) {
                    db.copyIn("t", generateSequence(0) { it + 1 }.map { listOf(it, "x") })
                }
            }
            val late = CopyIn.csv("t").timeout(200.milliseconds)
            failureOf<QueryTimeout> { db.copyIn(late, flow<ByteArray> { awaitCancellation() }) }
            assertThat(db.fetchOne<Long>("SELECT count(*) FROM t")).isZero()
            assertThat(server.running("COPY")).isZero()
        }

    @Test
    fun copyOutIsAFlowThatTheServerWaitsFor(server: TestDatabase) =
        with(server, poolOf(1)) { db ->
            var chunks = 0
            db.copyOut(endless).onEach { chunks++ }.take(3).collect()
            assertThat(chunks).isEqualTo(3)
            assertThat(db.fetchOne<Int>("SELECT 42")).isEqualTo(42)
            assertThat(server.running("COPY")).isZero()
            val failure =
                failureOf<IllegalStateException> { db.copyOut(endless).collect { error("mine") } }
            assertThat(failure).hasMessage("mine")
            db.copyIn("t", (1..50_000).map { Item(it, "name $it") })
            val all = db.copyOut(CopyOut.csv("t")).fold(ByteArray(0)) { all, it -> all + it }
            assertThat(all.decodeToString().lines()).hasSize(50_001)
            assertThat(db.copyOut(CopyOut.csv(Query.rows<Any?>("SELECT 1 WHERE false"))).toList())
                .isEmpty()
            failureOf<UndefinedTable> { db.copyOut(CopyOut.csv("nowhere")).collect() }
        }

    @Test
    fun copyOutFillsFilesStreamsAndChannels(server: TestDatabase, @TempDir folder: Path) =
        with(server, poolOf(1)) { db ->
            db.copyIn("t", listOf(Item(1, "a"), Item(2, null)))
            val file = folder.resolve("t.csv")
            val told = ConcurrentLinkedQueue<CopyProgress>()
            val csv = CopyOut.csv(Query.rows<Any?>("SELECT * FROM t WHERE id < :n", "n" to 9))
            assertThat(db.copyOut(csv.onProgress { told += it }, file)).isEqualTo(2)
            assertThat(file).hasContent("1,a\n2,\n")
            assertThat(told).containsExactly(CopyProgress(7, 2))
            val bytes = ByteArrayOutputStream()
            assertThat(db.copyOut(csv, bytes)).isEqualTo(2)
            assertThat(db.copyOut(csv, Channels.newChannel(bytes))).isEqualTo(2)
            assertThat(bytes.toString()).isEqualTo("1,a\n2,\n".repeat(2))
        }

    @Test
    fun whileACopyRunsItsConnectionIsItsOwn(server: TestDatabase) =
        with(server, poolOf(1)) { db ->
            db.transaction {
                val refused =
                    failureOf<TransactionState> {
                        transaction {
                            val nested = flow {
                                repeat(5_000) { emit(listOf(fetchOne<Int>("SELECT 1"), "x")) }
                            }
                            copyIn("t", nested)
                        }
                    }
                assertThat(refused).hasMessageContaining("while a copyIn of it is under way")
                assertThat(copyIn("t", listOf(Item(1, "a")))).isEqualTo(1)
            }
            assertThat(db.fetchOne<Long>("SELECT count(*) FROM t")).isEqualTo(1)
        }
}
