package dev.howdah.coroutines

import dev.howdah.error.ClientException.MappingFailure
import dev.howdah.row.Codec
import dev.howdah.row.Hstore
import dev.howdah.row.Inet
import dev.howdah.row.Json
import dev.howdah.row.Range
import dev.howdah.row.Row
import dev.howdah.testing.PostgresTest
import dev.howdah.testing.TestDatabase
import java.time.LocalDate
import org.assertj.core.api.Assertions.assertThat
import org.junit.jupiter.api.Test

/** PostgreSQL's own types in Kotlin; what each of them becomes is tested in Java. */
@PostgresTest
internal class TypesDatabaseTest {
    enum class Mood {
        HAPPY,
        SAD,
    }

    data class Address(val street: String, val city: String?)

    data class Person(
        val id: Int,
        val home: Address?,
        val others: List<Address>,
        val mood: Mood,
        val stay: Range<LocalDate>,
    )

    data class Settings(val theme: String, val size: Int = 7, val home: Address? = null)

    private fun prepare(server: TestDatabase) {
        server.sql("CREATE TYPE mood AS ENUM ('HAPPY', 'SAD')")
        server.sql("CREATE TYPE address AS (street text, city text)")
        server.sql(
            "CREATE TYPE person AS (id int, home address, others address[], mood mood, stay daterange)"
        )
    }

    @Test
    fun dataClassesTravelIntoCompositesAndBack(server: TestDatabase) {
        prepare(server)
        with(server) { db ->
            val person =
                Person(
                    1,
                    Address("Main \"St\"", null),
                    listOf(Address("", "a,b")),
                    Mood.SAD,
                    Range.closedOpen(LocalDate.of(2024, 2, 29), LocalDate.of(2024, 3, 1)),
                )

            val row: Row =
                db.fetchOne(
                    "SELECT $1::person AS person, $2::person[] AS list",
                    person,
                    listOf(person),
                )

            assertThat(row.get<Person>("person")).isEqualTo(person)
            assertThat(row.get<List<Person>>("list")).containsExactly(person)
            assertThat(db.fetchValue<Person>("SELECT $1::person", person)).isEqualTo(person)
            assertThat(row.get<Row>("person").get<Mood>("mood")).isEqualTo(Mood.SAD)
        }
    }

    @Test
    fun nullForANonNullPropertyOfACompositeIsNamed(server: TestDatabase) {
        prepare(server)
        with(server) { db ->
            val failure =
                failureOf<MappingFailure> {
                    db.fetchValue<Address>("SELECT ROW(NULL, 'x')::address AS home")
                }
            assertThat(failure)
                .hasMessageStartingWith("column 'home': ")
                .hasMessageContaining("street")
        }
    }

    @Test
    fun documentsBecomeDataClassesWithDefaults(server: TestDatabase) =
        with(server) { db ->
            val row: Row =
                db.fetchOne(
                    "SELECT $1::jsonb AS doc",
                    Json.of(
                        mapOf("theme" to "dark", "home" to mapOf("street" to "a", "city" to null))
                    ),
                )

            assertThat(row.get<Settings>("doc")).isEqualTo(Settings("dark", 7, Address("a", null)))
            assertThat(failureOf<MappingFailure> { row.get<Address>("doc") })
                .hasMessageStartingWith("column 'doc': ")
        }

    @Test
    fun valueTypesAreBoundAndRead(server: TestDatabase) {
        server.sql("CREATE EXTENSION hstore")
        with(server) { db ->
            val row: Row =
                db.fetchOne(
                    "SELECT $1::int4range AS r, $2 AS i, $3::hstore AS h, $4::int4range[] AS l",
                    Range.closed(1, 2),
                    Inet.parse("10.0.0.1/8"),
                    Hstore.of(mapOf("a" to null)),
                    listOf(Range.empty<Int>()),
                )

            assertThat(row.get<Range<Long>>("r")).isEqualTo(Range.closedOpen(1L, 3L))
            assertThat(row.get<Inet>("i").network()).hasToString("10.0.0.0/8")
            assertThat(row.get<Map<String, String?>>("h")).isEqualTo(mapOf("a" to null))
            assertThat(row.get<List<Range<Int>>>("l")).containsExactly(Range.empty())
        }
    }

    @Test
    fun codecsAreSetOncePerDatabase(server: TestDatabase) {
        prepare(server)
        val codec = Codec.of("mood", Mood::class.java, { Mood.valueOf(it) }, { it.name })
        with(server, { codec(codec) }) { db ->
            assertThat(db.fetchValue<Any>("SELECT $1::mood", Mood.SAD)).isEqualTo(Mood.SAD)
            assertThat(db.fetchValue<List<Any?>>("SELECT $1::mood[]", listOf(Mood.SAD, null)))
                .containsExactly(Mood.SAD, null)
        }
    }
}
