package dev.howdah.coroutines

import dev.howdah.config.ManagerOptions
import dev.howdah.error.ClientException.MappingFailure
import dev.howdah.error.ClientException.WrongArguments
import dev.howdah.row.Json
import dev.howdah.row.Row
import dev.howdah.testing.PostgresTest
import dev.howdah.testing.TestDatabase
import kotlinx.serialization.SerialName
import kotlinx.serialization.Serializable
import org.assertj.core.api.Assertions.assertThat
import org.assertj.core.api.Assertions.assertThatThrownBy
import org.junit.jupiter.api.Test

/** json and jsonb as the classes of kotlinx.serialization. */
@PostgresTest
internal class SerializableJsonDatabaseTest {
    @Serializable data class Address(@SerialName("the street") val street: String)

    @Serializable
    data class Settings(
        val theme: String,
        val size: Int = 7,
        @SerialName("home-address") val home: Address? = null,
    )

    @Serializable sealed interface Shape

    @Serializable @SerialName("circle") data class Circle(val radius: Double) : Shape

    @Serializable @SerialName("dot") data object Dot : Shape

    @Serializable data class Page<T>(val items: List<T>, val next: Int?)

    /** Neither a record nor a data class. */
    @Serializable
    class Percentage(val value: Int) {
        init {
            require(value in 0..100) { "outside" }
        }
    }

    data class Account(val id: Int, val settings: Settings, val shapes: List<Shape>)

    private val settings = Settings("dark", home = Address("Main St"))
    private val stored = """{"theme":"dark","size":7,"home-address":{"the street":"Main St"}}"""

    @Test
    fun documentsAreWrittenAndReadByTheLibrary(server: TestDatabase) =
        with(server) { db ->
            val row: Row =
                db.fetchOne(
                    "SELECT $1::json AS doc, $2::jsonb AS b",
                    Json.of(settings),
                    Json.of(settings),
                )

            assertThat(row.get<String>("doc")).isEqualTo(stored)
            assertThat(row.get<Settings>("doc")).isEqualTo(settings)
            assertThat(row.get<Settings>("b")).isEqualTo(settings)
            assertThat(db.fetchValue<Settings>("SELECT $1::jsonb", stored)).isEqualTo(settings)
            assertThat(db.fetchValue<Settings>("SELECT NULL::jsonb")).isNull()
            assertThat(db.fetchValue<Settings>("SELECT 'null'::jsonb")).isNull()
            assertThat(db.fetchValue<Settings>("SELECT $1::jsonb", """{"theme":"a","more":[1]}"""))
                .isEqualTo(Settings("a"))
        }

    @Test
    fun theyArePartsOfDataClassesListsAndOtherDocuments(server: TestDatabase) =
        with(server) { db ->
            val account = Account(1, settings, listOf(Circle(1.5), Dot))
            val sql = "SELECT 1 AS id, $1::jsonb AS settings, $2::jsonb AS shapes"
            val one: Account = db.fetchOne(sql, Json.of(settings), Json.of(account.shapes))
            val arrays: Account =
                db.fetchOne(
                    "SELECT 1 AS id, $1::jsonb AS settings, $2::jsonb[] AS shapes",
                    Json.of(settings),
                    account.shapes.map { Json.of(it) },
                )
            val whole = db.fetchValue<Account>("SELECT $1::jsonb", Json.of(account))

            assertThat(one).isEqualTo(account)
            assertThat(arrays).isEqualTo(account)
            assertThat(whole).isEqualTo(account)
            assertThat(
                    db.fetchValue<Map<String, Settings>>("SELECT $1::jsonb", """{"a":$stored}""")
                )
                .isEqualTo(mapOf("a" to settings))
        }

    @Test
    fun tablesTakeThemAsTheyAre(server: TestDatabase) {
        server.sql("CREATE TABLE accounts (id int PRIMARY KEY, settings jsonb, shapes jsonb)")
        with(server) { db ->
            val manager = DatabaseManager.of(db, ManagerOptions.of("drop it"))
            val account = Account(1, settings, listOf(Circle(1.5), Dot))
            manager.insert(
                "accounts",
                mapOf("id" to 1, "settings" to settings, "shapes" to account.shapes),
            )
            val row: Row = manager.selectOne("accounts", mapOf("id" to 1))!!
            assertThat(row.into<Account>()).isEqualTo(account)
        }
    }

    @Test
    fun sealedTypesSayWhichClassTheyAre(server: TestDatabase) =
        with(server) { db ->
            assertThat(Json.of(Circle(1.5)).text()).isEqualTo("""{"type":"circle","radius":1.5}""")
            assertThat(db.fetchValue<Shape>("SELECT $1::jsonb", Json.of(Dot))).isEqualTo(Dot)
            assertThat(db.fetchValue<Circle>("SELECT $1::jsonb", Json.of(Circle(1.5))))
                .isEqualTo(Circle(1.5))
        }

    @Test
    fun typesWithArgumentsAreNamed(server: TestDatabase) =
        with(server) { db ->
            val page = Page(listOf(settings), null)
            assertThat(db.fetchValue<Page<Settings>>("SELECT $1::jsonb", jsonOf(page)))
                .isEqualTo(page)
            assertThat(jsonOf(listOf(1, null)).text()).isEqualTo("[1,null]")
            assertThat(jsonOf<Settings?>(null).text()).isEqualTo("null")
            assertThatThrownBy { Json.of(page) }
                .isInstanceOf(WrongArguments::class.java)
                .hasMessageContaining("jsonOf<…>(value)")
        }

    @Test
    fun whatDoesNotFitNamesTheColumnTheTypeAndThePlace(server: TestDatabase) =
        with(server) { db ->
            suspend fun refusal(json: String): String? =
                failureOf<MappingFailure> {
                        db.fetchOne<Row>("SELECT $1::text AS doc", json).get<Settings>("doc")
                    }
                    .message

            assertThat(refusal("""{"size":1}"""))
                .isEqualTo("column 'doc': the json does not fit Settings: it lacks 'theme'")
            assertThat(refusal("""{"theme":"secret","size":"secret"}"""))
                .isEqualTo("column 'doc': the json does not fit Settings at size")
            assertThat(refusal("""{"theme":"a","home-address":{"the street":[]}}"""))
                .isEqualTo(
                    "column 'doc': the json does not fit Settings at home-address.the street"
                )
            assertThat(refusal("[1]")).startsWith("column 'doc': ").contains("Settings")
            assertThat(refusal("""{"theme":"secret""""))
                .isEqualTo(
                    "column 'doc': Settings is read from json, but the text is not valid JSON:" +
                        " ',' or '}' is expected (at position 17)"
                )
            assertThat(refusal("secret")).startsWith("column 'doc': ").doesNotContain("secret")
        }

    @Test
    fun whatTheClassRefusesIsTheCause(server: TestDatabase) =
        with(server) { db ->
            assertThat(db.fetchValue<Percentage>("SELECT '{\"value\":5}'::jsonb")?.value)
                .isEqualTo(5)
            val failure =
                failureOf<MappingFailure> {
                    db.fetchValue<Percentage>("SELECT '{\"value\":500}'::jsonb AS share")
                }
            assertThat(failure)
                .hasMessage("column 'share': the json was refused by Percentage, see the cause")
                .hasRootCauseMessage("outside")
        }
}
