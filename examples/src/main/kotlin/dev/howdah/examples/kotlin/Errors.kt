package dev.howdah.examples.kotlin

import dev.howdah.coroutines.Database
import dev.howdah.error.DatabaseException
import dev.howdah.error.IntegrityViolation.UniqueViolation
import dev.howdah.error.ServerException
import dev.howdah.examples.ExampleDatabase
import dev.howdah.row.Row

/** What docs/errors.md shows: catching by class, by code, and what a failure prints. */
internal suspend fun errors(database: ExampleDatabase) {
    Database.connect(database.url).use { db ->
        db.executeScript("CREATE TABLE users (id int PRIMARY KEY, name text NOT NULL)")
        db.execute("INSERT INTO users VALUES ($1, $2)", 1, "Anna")
        add(db, 1, "Anna")
        add(db, 2, null)
        println("added: ${addUnlessThere(db, 1, "Anna")}")
        try {
            db.fetch<Row>("SELECT *\nFROM users WHERE nmae = $1", "Anna")
        } catch (wrong: ServerException) {
            println(wrong.message)
        }
    }
}

private suspend fun add(db: Database, id: Int, name: String?) {
    // region catching
    try {
        db.execute("INSERT INTO users VALUES ($1, $2)", id, name)
    } catch (taken: UniqueViolation) {
        println("${taken.constraint()}: ${taken.detail()}")
    } catch (other: DatabaseException) {
        if (!other.isOfClass("23")) throw other
        println("some other rule of the table: ${other.sqlState()}")
    }
    // endregion
}

private suspend fun addUnlessThere(db: Database, id: Int, name: String): Boolean =
    try {
        db.execute("INSERT INTO users VALUES ($1, $2)", id, name) == 1L
    } catch (_: UniqueViolation) {
        false
    }
