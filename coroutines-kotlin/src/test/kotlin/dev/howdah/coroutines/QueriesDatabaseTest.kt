package dev.howdah.coroutines

import dev.howdah.error.ClientException.MappingFailure
import dev.howdah.error.ClientException.NoRow
import dev.howdah.error.ClientException.TooManyRows
import dev.howdah.error.ClientException.WrongArguments
import dev.howdah.error.IntegrityViolation.UniqueViolation
import dev.howdah.error.SyntaxOrAccess.UndefinedTable
import dev.howdah.row.Row
import dev.howdah.testing.PostgresTest
import dev.howdah.testing.TestDatabase
import java.time.Instant
import kotlin.time.Duration
import kotlin.time.Duration.Companion.minutes
import org.assertj.core.api.Assertions.assertThat
import org.junit.jupiter.api.BeforeEach
import org.junit.jupiter.api.Test

@PostgresTest
internal class QueriesDatabaseTest {
    data class User(val userId: Long, val name: String, val age: Int? = null)

    @JvmInline value class UserId(val value: Long)

    data class Owner(val userId: UserId, val name: String)

    @BeforeEach
    fun users(server: TestDatabase) {
        server.sql(
            "CREATE TABLE users (user_id bigint PRIMARY KEY, name text NOT NULL, age integer);" +
                "INSERT INTO users VALUES (1, 'Anna', 30), (2, 'Boris', NULL), (3, 'Vera', 17)"
        )
    }

    @Test
    fun theTypeIsWrittenOrFound(server: TestDatabase) =
        with(server) { db ->
            val count: Long = db.fetchValue("SELECT count(*) FROM users")!!
            assertThat(count).isEqualTo(3)
            val user: User? = db.fetchRow("SELECT * FROM users WHERE user_id = $1", 3)
            assertThat(user).isEqualTo(User(3, "Vera", 17))
            val one: User = db.fetchOne("SELECT * FROM users WHERE user_id = $1", 1)
            assertThat(one).isEqualTo(User(1, "Anna", 30))
            val all: List<User> = db.fetch("SELECT * FROM users ORDER BY user_id")
            assertThat(all.map { it.name }).containsExactly("Anna", "Boris", "Vera")
            assertThat(db.fetch<Row>("SELECT * FROM users")).hasSize(3)
            assertThat(db.fetchOne<Map<String, Any?>>("SELECT * FROM users WHERE user_id = 2"))
                .isEqualTo(mapOf("user_id" to 2L, "name" to "Boris", "age" to null))
        }

    @Test
    fun classesKnownAtRunTimeWork(server: TestDatabase) =
        with(server) { db ->
            assertThat(db.fetch(User::class, "SELECT * FROM users WHERE age > $1", 17))
                .containsExactly(User(1, "Anna", 30))
            assertThat(db.fetchRow(User::class, "SELECT * FROM users WHERE false")).isNull()
            assertThat(db.fetchOne(Int::class, "SELECT 1")).isEqualTo(1)
            assertThat(db.fetchValue(Int::class, "SELECT age FROM users WHERE user_id = 2"))
                .isNull()
        }

    @Test
    fun mappersAreLambdas(server: TestDatabase) =
        with(server) { db ->
            val names: List<String> =
                db.fetch("SELECT * FROM users WHERE user_id < $1 ORDER BY 1", 3) {
                    "${it["name"]} ${it.get<Int?>("age")}"
                }
            assertThat(names).containsExactly("Anna 30", "Boris null")
            assertThat(db.fetchRow("SELECT 1 AS a") { it.get<Int>(0) }).isEqualTo(1)
            assertThat(db.fetchOne("SELECT 1 AS a") { it.get<Long>("a") }).isEqualTo(1L)
        }

    @Test
    fun nullsNeedANullableType(server: TestDatabase) =
        with(server) { db ->
            assertThat(db.fetch<Int?>("SELECT age FROM users ORDER BY user_id"))
                .containsExactly(30, null, 17)
            assertThat(failureOf<MappingFailure> { db.fetch<Int>("SELECT age FROM users") })
                .hasMessageContaining("'age'")
                .hasMessageContaining("Int?")
            assertThat(db.fetchOne<String?>("SELECT NULL::text")).isNull()
            assertThat(failureOf<MappingFailure> { db.fetchOne<String>("SELECT NULL::text AS x") })
                .hasMessageContaining("'x'")
            assertThat(db.fetchRow<String>("SELECT NULL::text")).isNull()
            assertThat(db.fetchValue<Long>("SELECT 1 WHERE false")).isNull()
            val row = db.fetchOne<Row>("SELECT age FROM users WHERE user_id = 2")
            assertThat(row.get<Int?>("age")).isNull()
            assertThat(failureOf<MappingFailure> { row.get<Int>("age") })
                .hasMessageContaining("'age'")
        }

    @Test
    fun namesAreGivenAsPairs(server: TestDatabase) =
        with(server) { db ->
            assertThat(
                    db.fetch<User>(
                        "SELECT * FROM users WHERE age >= :age AND name <> :name",
                        "age" to 17,
                        "name" to "Vera",
                    )
                )
                .containsExactly(User(1, "Anna", 30))
            assertThat(db.fetchValue<Int?>("SELECT :a::int", "a" to null)).isNull()
            assertThat(db.fetchValue<Int>("SELECT :a::int", mapOf("a" to 5))).isEqualTo(5)
            assertThat(failureOf<WrongArguments> { db.execute("SELECT :a", "b" to 1) })
                .hasMessageContaining(":a")
            assertThat(failureOf<WrongArguments> { db.execute("SELECT :a", "a" to 1, "a" to 2) })
                .hasMessageContaining("twice")
            assertThat(failureOf<WrongArguments> { db.execute("SELECT 1", "a" to 1) })
                .hasMessageContaining("0 arguments")
        }

    @Test
    fun genericTypesAreReadAsWritten(server: TestDatabase) =
        with(server) { db ->
            val numbers: List<Int> = db.fetchValue("SELECT ARRAY[1, 2]::bigint[]")!!
            assertThat(numbers).containsExactly(1, 2)
            assertThat(db.fetchOne<List<Int>>("SELECT ARRAY[1, 2]::bigint[]")).isEqualTo(numbers)
            val json: Map<String, Any?> = db.fetchValue("""SELECT '{"a": [1]}'::jsonb""")!!
            assertThat(json).isEqualTo(mapOf("a" to listOf(1)))
        }

    @Test
    fun kotlinsOwnTypesTravelBothWays(server: TestDatabase) =
        with(server) { db ->
            assertThat(db.fetchValue<Duration>("SELECT $1::interval", 90.minutes))
                .isEqualTo(90.minutes)
            assertThat(db.fetchValue<UserId>("SELECT $1::bigint", UserId(7))).isEqualTo(UserId(7))
            assertThat(
                    db.fetch<UserId>(
                        "SELECT user_id FROM users WHERE user_id = ANY($1) ORDER BY 1",
                        listOf(UserId(1), UserId(3)),
                    )
                )
                .containsExactly(UserId(1), UserId(3))
            assertThat(
                    db.fetchRow<Owner>("SELECT * FROM users WHERE user_id = :id", "id" to UserId(2))
                )
                .isEqualTo(Owner(UserId(2), "Boris"))
            assertThat(db.fetchValue<ULong>("SELECT $1::numeric", ULong.MAX_VALUE))
                .isEqualTo(ULong.MAX_VALUE)
            assertThat(db.fetchValue<Instant>("SELECT $1::timestamptz", Instant.EPOCH))
                .isEqualTo(Instant.EPOCH)
        }

    @Test
    fun executeCountsRows(server: TestDatabase) =
        with(server) { db ->
            assertThat(db.execute("UPDATE users SET age = $1", null)).isEqualTo(3)
            db.executeScript("DELETE FROM users; INSERT INTO users VALUES (9, 'Gleb', 1)")
            assertThat(server.value("SELECT count(*) FROM users")).isEqualTo(1L)
        }

    @Test
    fun oneRowMeansExactlyOne(server: TestDatabase) =
        with(server) { db ->
            assertThat(failureOf<NoRow> { db.fetchOne<Row>("SELECT 1 WHERE false") })
                .hasMessageContaining("exactly one row")
            assertThat(failureOf<TooManyRows> { db.fetchOne<User>("SELECT * FROM users") }.sql())
                .isEqualTo("SELECT * FROM users")
        }

    @Test
    fun failuresAreTheLibrarysOwn(server: TestDatabase) =
        with(server) { db ->
            val duplicate =
                failureOf<UniqueViolation> { db.execute("INSERT INTO users VALUES (1, 'Anna')") }
            assertThat(duplicate.constraint()).isEqualTo("users_pkey")
            assertThat(duplicate.detail()).isEqualTo("Key (user_id)=(1) already exists.")
            assertThat(failureOf<UndefinedTable> { db.fetch<Row>("SELECT * FROM nowhere") }.sql())
                .contains("nowhere")
        }

    @Test
    fun queryValuesRunOnEveryHandle(server: TestDatabase) =
        with(server) { db ->
            val anna = Query.row<User>("SELECT * FROM users WHERE user_id = $1", 1)
            val expected = User(1, "Anna", 30)
            assertThat(db.run(anna)).isEqualTo(expected)
            assertThat(db.connection { run(anna) }).isEqualTo(expected)
            assertThat(db.transaction { run(anna) }).isEqualTo(expected)
            assertThat(db.run(Query.rows<Long>("SELECT user_id FROM users ORDER BY 1")))
                .containsExactly(1L, 2L, 3L)
            assertThat(db.run(Query.value<Long>("SELECT count(*) FROM users"))).isEqualTo(3L)
            assertThat(db.run(Query.one<User>("SELECT * FROM users WHERE user_id = 1")))
                .isEqualTo(expected)
            assertThat(db.run(Query.execute("DELETE FROM users").timeout(1.minutes))).isEqualTo(3L)
        }
}
