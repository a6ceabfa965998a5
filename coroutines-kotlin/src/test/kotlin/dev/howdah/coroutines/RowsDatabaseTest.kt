package dev.howdah.coroutines

import dev.howdah.error.ClientException.MappingFailure
import dev.howdah.error.DatabaseException
import dev.howdah.error.IntegrityViolation.UniqueViolation
import dev.howdah.error.SyntaxOrAccess.UndefinedColumn
import dev.howdah.observe.ParameterDisplay
import dev.howdah.row.KindColumn
import dev.howdah.row.KindValue
import dev.howdah.row.Row
import dev.howdah.testing.PostgresTest
import dev.howdah.testing.TestDatabase
import org.assertj.core.api.Assertions.assertThat
import org.junit.jupiter.api.Test

/** Rows and failures as a server sends them, in Kotlin's types. */
@PostgresTest
internal class RowsDatabaseTest {
    @JvmInline value class Email(val text: String)

    enum class Level {
        GUEST,
        MEMBER,
    }

    data class City(val name: String, val zip: String? = null)

    data class User(
        val id: Int,
        val fullName: String,
        val emails: Set<Email>,
        val level: Level = Level.GUEST,
        val nick: String = "none",
        val city: City?,
    )

    private fun TestDatabase.fill() =
        sql(
            """
            CREATE TABLE cities (id int PRIMARY KEY, name text NOT NULL);
            CREATE TABLE users (id bigint PRIMARY KEY, full_name text, emails text[],
              level text, city_id int);
            INSERT INTO cities VALUES (1, 'Riga');
            INSERT INTO users VALUES (1, 'Anna', '{a@b,c@d}', 'member', 1),
              (2, 'Boris', '{}', 'guest', NULL)
            """
        )

    @Test
    fun joinedRowsBecomeNestedDataClasses(server: TestDatabase) {
        server.fill()
        with(server) { db ->
            val sql =
                """
                SELECT u.*, c.name AS "city.name"
                FROM users u LEFT JOIN cities c ON c.id = u.city_id ORDER BY u.id
                """
            assertThat(db.fetch<User>(sql))
                .containsExactly(
                    User(
                        1,
                        "Anna",
                        setOf(Email("a@b"), Email("c@d")),
                        Level.MEMBER,
                        city = City("Riga"),
                    ),
                    User(2, "Boris", setOf(), Level.GUEST, city = null),
                )
            assertThat(
                    db.fetch<Pair<Int, String>>("SELECT id AS first, level AS second FROM users")
                )
                .contains(1 to "member")
            assertThat(db.fetchValue<List<Email>>("SELECT emails FROM users WHERE id = 1"))
                .containsExactly(Email("a@b"), Email("c@d"))
        }
    }

    @KindColumn("level")
    sealed interface Person {
        data class Guest(val id: Long, val points: Int = 5) : Person

        @KindValue("member") data class Regular(val fullName: String) : Person
    }

    @Test
    fun aColumnTellsTheClass(server: TestDatabase) {
        server.fill()
        with(server) { db ->
            assertThat(db.fetch<Person>("SELECT * FROM users ORDER BY id"))
                .containsExactly(Person.Regular("Anna"), Person.Guest(2))
        }
    }

    @Test
    fun strictAndLenientAreChosenForEachQuery(server: TestDatabase) {
        server.fill()
        with(server) { db ->
            assertThat(db.fetch("SELECT name FROM cities", mapper = strict<City>()))
                .containsExactly(City("Riga"))
            val failure =
                failureOf<MappingFailure> {
                    db.fetch("SELECT * FROM cities", mapper = strict<City>())
                }
            assertThat(failure).hasMessageContaining("no property for column 'id'")
            val user =
                db.fetchOne(
                    "SELECT id, full_name, emails FROM users WHERE id = 2",
                    mapper = lenient<User>(),
                )
            assertThat(user).isEqualTo(User(2, "Boris", setOf(), city = null))
        }
    }

    @Test
    fun failuresAreCaughtByClassAndShowThePlace(server: TestDatabase) {
        server.fill()
        with(server, { parameterDisplay(ParameterDisplay.SHORT) }) { db ->
            val unknown =
                failureOf<UndefinedColumn> { db.fetch<Row>("SELECT 1,\n  nmae\nFROM users") }
            assertThat(unknown.message).contains("\nLINE 2:   nmae\n          ^")
            val taken =
                failureOf<UniqueViolation> {
                    db.execute(
                        "INSERT INTO users (id, full_name) VALUES (:id, :name)",
                        "id" to 1,
                        "name" to "Anna",
                    )
                }
            assertThat(taken.parameters()).isEqualTo("$1 = '1', $2 = 'Anna'")
            assertThat(taken.isOfClass("23")).isTrue()
            val code = failureOf<DatabaseException> { db.fetch<Row>("SELECT 1/0") }
            assertThat(code.isOfClass("22")).isTrue()
        }
    }
}
