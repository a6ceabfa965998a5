package dev.howdah.examples.kotlin

import dev.howdah.coroutines.DatabaseManager
import dev.howdah.coroutines.and
import dev.howdah.coroutines.atLeast
import dev.howdah.coroutines.eq
import dev.howdah.coroutines.like
import dev.howdah.coroutines.or
import dev.howdah.examples.ExampleDatabase
import dev.howdah.query.Clauses.onConflict
import dev.howdah.query.Clauses.orderBy
import dev.howdah.query.Clauses.plus
import dev.howdah.query.Clauses.set
import dev.howdah.schema.Column

private const val DELETION_PASSWORD = "repeat me before you delete"

// region record
data class Visitor(val userId: Long, val userName: String, val age: Int? = null)

// endregion

/** What docs/tables.md shows of Kotlin. */
internal suspend fun tables(database: ExampleDatabase) {
    DatabaseManager.connect(database.url, DELETION_PASSWORD).use { manager ->
        // region all
        val created =
            manager.createTable(
                "people",
                Column.bigint("user_id").primaryKey(),
                Column.text("user_name").notNull(),
                Column.integer("age"),
                Column.integer("visits").notNull().defaultValue(0),
            )
        val people = listOf(Visitor(1, "Anna", 30), Visitor(2, "Boris", 17), Visitor(3, "Clara"))
        val inserted = manager.insert("people", people)
        val added = manager.insert("people", people, onConflict("user_id").ignore())
        manager.upsert("people", mapOf("user_id" to 3, "age" to 52, "user_name" to "Clara"))

        val adults =
            manager.select<Visitor>(
                "people",
                ("age" atLeast 18) and (("user_name" like "A%") or ("user_id" eq 3)),
                orderBy("user_name").limit(20),
            )
        val anna = manager.selectOne<Visitor>("people", "user_id" to 1)

        val changed = manager.update("people", "user_id" eq 2, set("visits", plus(1)))
        val deleted = manager.delete("people", mapOf("user_id" to listOf(2, 3)))
        // endregion
        println("created: $created")
        println("inserted: $inserted")
        println("added: $added")
        println("adults: $adults")
        println("anna: $anna")
        println("changed: $changed")
        println("deleted: $deleted")
    }
}
