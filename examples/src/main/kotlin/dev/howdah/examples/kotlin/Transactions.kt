package dev.howdah.examples.kotlin

import dev.howdah.coroutines.Database
import dev.howdah.error.IntegrityViolation.UniqueViolation
import dev.howdah.examples.ExampleDatabase
import dev.howdah.row.Row

/** A transaction that commits: both changes or none, and the answer comes after COMMIT. */
internal suspend fun transaction(database: ExampleDatabase) {
    Database.connect(database.url).use { db ->
        fill(db)
        val changed =
            db.transaction {
                execute("INSERT INTO users VALUES (DEFAULT, $1, $2)", "Jane", "Roe") +
                    execute("UPDATE users SET last_name = $1 WHERE user_id = $2", "Novak", 2)
            }
        println("Committed: $changed rows changed")
        db.fetch<Row>("SELECT * FROM users ORDER BY user_id").forEach(::print)
    }
}

/** A transaction that meets a duplicate key: everything it did is undone. */
internal suspend fun rollback(database: ExampleDatabase) {
    Database.connect(database.url).use { db ->
        fill(db)
        try {
            db.transaction {
                execute("DELETE FROM users WHERE user_id = $1", 2)
                execute("INSERT INTO users VALUES ($1, $2, $3)", 1, "tomas", "svojanovsky")
            }
        } catch (duplicate: UniqueViolation) {
            println(duplicate.message)
        }
        println("Rolled back, and nothing has changed:")
        db.fetch<Row>("SELECT * FROM users ORDER BY user_id").forEach(::print)
    }
}
