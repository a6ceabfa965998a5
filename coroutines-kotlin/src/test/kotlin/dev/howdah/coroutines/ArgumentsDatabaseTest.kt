package dev.howdah.coroutines

import dev.howdah.row.Json
import dev.howdah.row.Multirange
import dev.howdah.row.Range
import dev.howdah.row.Row
import dev.howdah.testing.PostgresTest
import dev.howdah.testing.TestDatabase
import kotlin.time.Duration
import kotlin.time.Duration.Companion.minutes
import kotlin.time.ExperimentalTime
import kotlin.time.Instant
import kotlin.uuid.ExperimentalUuidApi
import kotlin.uuid.Uuid
import org.assertj.core.api.Assertions.assertThat
import org.junit.jupiter.api.Test

/** What only Kotlin knows as an argument, also inside of other values. */
@OptIn(ExperimentalTime::class, ExperimentalUuidApi::class)
@PostgresTest
internal class ArgumentsDatabaseTest {
    @JvmInline value class UserId(val value: Int)

    @JvmInline value class Name(val value: String)

    data class Visit(
        val user: UserId,
        val name: Name?,
        val at: Instant,
        val length: Duration,
        val key: Uuid,
        val size: UInt,
        val others: List<UserId>,
        private val note: String = "n",
    )

    private val visit =
        Visit(
            UserId(1),
            Name("Anna"),
            Instant.parse("2024-02-29T12:00:00Z"),
            90.minutes,
            Uuid.parse("00000000-0000-0000-0000-000000000001"),
            UInt.MAX_VALUE,
            listOf(UserId(2)),
        )

    private fun prepare(server: TestDatabase) =
        server.sql(
            "CREATE TYPE visit AS (\"user\" int, name text, at timestamptz, length interval," +
                " key uuid, size int8, others int[], note text)"
        )

    @Test
    fun kotlinsValuesTravelInsideOfDataClasses(server: TestDatabase) {
        prepare(server)
        with(server) { db ->
            val row: Row =
                db.fetchOne(
                    "SELECT $1::visit AS one, $2::visit[] AS list, ($1::visit).length::text AS l",
                    visit,
                    listOf(visit, visit.copy(name = null)),
                )

            assertThat(row.get<Visit>("one")).isEqualTo(visit)
            assertThat(row.get<List<Visit>>("list")).containsExactly(visit, visit.copy(name = null))
            assertThat(row.get<String>("l")).isEqualTo("PT1H30M")
            db.executeMany("SELECT $1::visit", listOf(listOf(visit), listOf(visit)))
        }
    }

    @Test
    fun dataClassesBecomeJsonObjects(server: TestDatabase) =
        with(server) { db ->
            assertThat(Json.of(visit).text())
                .startsWith("""{"user":1,"name":"Anna","at":"2024-02-29T12:00:00Z","length":"PT""")
            assertThat(db.fetchValue<Visit>("SELECT $1::jsonb", Json.of(visit))).isEqualTo(visit)
        }

    @Test
    fun arraysAndRangesHoldThemToo(server: TestDatabase) =
        with(server) { db ->
            val day = Range.closedOpen(visit.at, Instant.parse("2024-03-01T00:00:00Z"))
            val row: Row =
                db.fetchOne(
                    "SELECT $1::uuid[] AS keys, $2::tstzrange AS day, $3::tstzmultirange AS days," +
                        " $4::int8[] AS sizes, $5::uuid[] AS grid",
                    arrayOf(visit.key, null),
                    day,
                    Multirange.of(day),
                    listOf(1u, UInt.MAX_VALUE),
                    arrayOf(arrayOf(visit.key)),
                )

            assertThat(row.get<List<Uuid?>>("keys")).containsExactly(visit.key, null)
            assertThat(row.get<Range<java.time.Instant>>("day").lower())
                .isEqualTo(java.time.Instant.parse("2024-02-29T12:00:00Z"))
            assertThat(row.get<List<Range<java.time.Instant>>>("days")).hasSize(1)
            assertThat(row.get<List<UInt>>("sizes")).containsExactly(1u, UInt.MAX_VALUE)
            assertThat(row.get<List<List<Uuid>>>("grid")).containsExactly(listOf(visit.key))
        }
}
