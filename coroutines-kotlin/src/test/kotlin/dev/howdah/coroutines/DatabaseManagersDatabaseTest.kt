package dev.howdah.coroutines

import dev.howdah.config.ManagerOptions
import dev.howdah.error.ClientException.EmptyCondition
import dev.howdah.error.ClientException.UnknownColumn
import dev.howdah.error.ClientException.UnknownTable
import dev.howdah.error.ClientException.WrongDeletionPassword
import dev.howdah.error.IntegrityViolation.UniqueViolation
import dev.howdah.query.Clauses.columns
import dev.howdah.query.Clauses.onConflict
import dev.howdah.query.Clauses.orderBy
import dev.howdah.query.Clauses.plus
import dev.howdah.query.Clauses.set
import dev.howdah.row.Row
import dev.howdah.schema.Column
import dev.howdah.testing.PostgresTest
import dev.howdah.testing.TestDatabase
import org.assertj.core.api.Assertions.assertThat
import org.junit.jupiter.api.Test

@PostgresTest
internal class DatabaseManagersDatabaseTest {
    private val password = "please"

    data class User(val userId: Long, val userName: String, val userAge: Int? = null)

    private fun manager(server: TestDatabase, test: suspend (DatabaseManager) -> Unit) =
        suspending {
            DatabaseManager.connect(server.url(), password).use { manager ->
                assertThat(
                        manager.createTable(
                            "new_users",
                            Column.bigint("user_id").primaryKey(),
                            Column.text("user_name").defaultValue("Vasya").unique(),
                            Column.integer("user_age"),
                        )
                    )
                    .isTrue()
                test(manager)
            }
        }

    private val three =
        listOf(
            mapOf("user_id" to 1, "user_name" to "Anna", "user_age" to 30),
            mapOf("user_id" to 2, "user_name" to "Boris"),
            mapOf("user_id" to 3, "user_name" to "Alla", "user_age" to 17),
        )

    @Test
    fun tablesAreCreatedOnceAndSeen(server: TestDatabase) =
        manager(server) { manager ->
            assertThat(manager.createTable("new_users", Column.bigint("x"))).isFalse()
            assertThat(
                    manager.createTable("maps", listOf(mapOf("name" to "id", "type" to "bigint")))
                )
                .isTrue()
            assertThat(manager.tableExists("maps")).isTrue()
            assertThat(manager.describe("maps").columnNames()).containsExactly("id")
            manager.dropTable("maps", password)
            assertThat(manager.tableExists("maps")).isFalse()
        }

    @Test
    fun recordsAreMapsRowsAndObjects(server: TestDatabase) =
        manager(server) { manager ->
            assertThat(manager.insert("new_users", three)).isEqualTo(3)
            assertThat(manager.insert("new_users", User(4, "Gleb", 5))).isEqualTo(1)
            assertThat(manager.insert("new_users", mapOf("user_id" to 5))).isEqualTo(1)
            assertThat(manager.insert("new_users", sequenceOf(User(6, "Six"), User(7, "Seven"))))
                .isEqualTo(2)
            failureOf<UniqueViolation> { manager.insert("new_users", three) }
            assertThat(
                    manager.insert("new_users", three, onConflict = onConflict("user_id").ignore())
                )
                .isZero()
            assertThat(
                    manager
                        .insertReturning(
                            "new_users",
                            mapOf("user_id" to 8, "user_name" to "H"),
                            "user_id",
                        )
                        .single()
                        .asMap()
                )
                .isEqualTo(mapOf("user_id" to 8L))
            assertThat(manager.count("new_users")).isEqualTo(8)
        }

    @Test
    fun upsertsUpdateWhatIsThere(server: TestDatabase) =
        manager(server) { manager ->
            manager.insert("new_users", three)
            assertThat(
                    manager.upsert(
                        "new_users",
                        listOf(User(1, "Anna", 31), User(9, "New")),
                        onConflict = onConflict("user_id"),
                    )
                )
                .isEqualTo(2)
            assertThat(manager.selectOne<User>("new_users", "user_id" eq 1)?.userAge).isEqualTo(31)
            val rows = manager.upsertReturning("new_users", mapOf("user_id" to 1, "user_age" to 32))
            assertThat(rows.single()["user_age"]).isEqualTo(32)
        }

    @Test
    fun selectsTakeConditionsAndSelections(server: TestDatabase) =
        manager(server) { manager ->
            manager.insert("new_users", three)
            val adults: List<Row> =
                manager.select(
                    "new_users",
                    ("user_age" atLeast 18) and ("user_name" like "A%"),
                    orderBy("user_name").limit(20),
                )
            assertThat(adults.map { it["user_name"] }).containsExactly("Anna")
            assertThat(manager.select("new_users")).hasSize(3)
            assertThat(manager.select("new_users", columns("user_name").orderBy("user_name")))
                .extracting<Any?> { it["user_name"] }
                .containsExactly("Alla", "Anna", "Boris")
            assertThat(manager.select<User>("new_users", orderBy("user_id")).map { it.userId })
                .containsExactly(1L, 2L, 3L)
            assertThat(manager.select<String>("new_users", "user_id" to 3, columns("user_name")))
                .containsExactly("Alla")
            assertThat(
                    manager.select(
                        "new_users",
                        listOf(mapOf("user_id" to 1), mapOf("user_id" to 3)),
                    )
                )
                .hasSize(2)
            assertThat(manager.selectOne("new_users", "user_id" eq 99)).isNull()
            assertThat(manager.selectOne<User>("new_users", "user_age".isNull()))
                .isEqualTo(User(2, "Boris"))
            assertThat(manager.exists("new_users", "user_age" within 1..17)).isTrue()
            assertThat(manager.count("new_users", "user_age" greaterThan 17)).isEqualTo(1)
            failureOf<UnknownColumn> { manager.select("new_users", "nmae" eq 1) }
            failureOf<UnknownTable> { manager.select("nowhere") }
        }

    @Test
    fun updatesAndDeletesAreGuarded(server: TestDatabase) =
        manager(server) { manager ->
            manager.insert("new_users", three)
            assertThat(manager.update("new_users", "user_id" to 2, mapOf("user_age" to 42)))
                .isEqualTo(1)
            assertThat(manager.update("new_users", "user_id" eq 2, set("user_age", plus(1))))
                .isEqualTo(1)
            assertThat(
                    manager
                        .updateReturning("new_users", "user_id" eq 2, set("user_age", plus(1)))
                        .single()["user_age"]
                )
                .isEqualTo(44)
            failureOf<EmptyCondition> { manager.update("new_users", null, mapOf("user_age" to 1)) }
            failureOf<EmptyCondition> { manager.delete("new_users", emptyMap<String, Any?>()) }
            assertThat(manager.updateAll("new_users", mapOf("user_age" to 1))).isEqualTo(3)
            assertThat(manager.updateAll("new_users", set("user_age", plus(1)))).isEqualTo(3)
            assertThat(manager.delete("new_users", "user_id" isIn listOf(1, 2))).isEqualTo(2)
            assertThat(manager.deleteReturning("new_users", "user_id" eq 3, "user_name")).hasSize(1)
            failureOf<WrongDeletionPassword> { manager.deleteAll("new_users", "wrong") }
            assertThat(manager.deleteAll("new_users", password)).isZero()
            manager.truncate("new_users", password)
        }

    @Test
    fun transactionsAreAllOrNothing(server: TestDatabase) =
        manager(server) { manager ->
            failureOf<IllegalStateException> {
                manager.transaction {
                    insert("new_users", three)
                    error("no")
                }
            }
            assertThat(manager.count("new_users")).isZero()
            assertThat(manager.transaction { insert("new_users", three) }).isEqualTo(3)
        }

    @Test
    fun aManagerOverADatabaseLeavesItOpen(server: TestDatabase) =
        with(server) { db ->
            server.sql("CREATE SCHEMA app; CREATE TABLE app.t (id int)")
            DatabaseManager.of(db, ManagerOptions.of(password)).use { manager ->
                assertThat(manager.inSchema("app").insert("t", mapOf("id" to 1))).isEqualTo(1)
            }
            assertThat(db.fetchValue<Long>("SELECT count(*) FROM app.t")).isEqualTo(1L)
        }
}
