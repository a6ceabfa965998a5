package dev.howdah.examples.kotlin

import dev.howdah.config.ManagerOptions
import dev.howdah.coroutines.Database
import dev.howdah.coroutines.DatabaseManager
import dev.howdah.coroutines.Query
import dev.howdah.embedded.EmbeddedPostgres
import dev.howdah.schema.Column

// region first
data class User(val id: Long, val name: String)

suspend fun main() =
    EmbeddedPostgres.start().use { server ->
        Database.connect(server.url()).use { db ->
            val tables = DatabaseManager.of(db, ManagerOptions.of("deletion password"))
            tables.createTable("users", Column.bigint("id").primaryKey(), Column.text("name"))
            tables.insert("users", listOf(User(1, "Anna"), User(2, "Boris")))
            val sql = "SELECT * FROM users WHERE id = $1"
            db.gather(listOf(1, 2).map { Query.one<User>(sql, it) }).forEach { println(it.name) }
            println("${db.fetchOne<Long>("SELECT count(*) FROM users")} users")
        }
    }
// endregion
