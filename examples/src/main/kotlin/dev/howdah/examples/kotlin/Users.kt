package dev.howdah.examples.kotlin

import dev.howdah.coroutines.Database
import dev.howdah.coroutines.Query
import dev.howdah.examples.ExampleDatabase
import dev.howdah.row.Row
import kotlinx.coroutines.async
import kotlinx.coroutines.awaitAll
import kotlinx.coroutines.coroutineScope

private const val USERS = "SELECT user_id, first_name, last_name FROM users"

/** A table, two inserts, the rows. */
internal suspend fun users(database: ExampleDatabase) {
    Database.connect(database.url).use { db ->
        fill(db)
        db.fetch<Row>(USERS).forEach(::print)
    }
}

/** The table that the examples after this one look into. */
internal suspend fun fill(db: Database) {
    db.executeScript(
        """
        CREATE TABLE users (
            user_id SERIAL PRIMARY KEY,
            first_name TEXT NOT NULL,
            last_name TEXT NOT NULL
        )
        """
            .trimIndent()
    )
    db.execute("INSERT INTO users VALUES (DEFAULT, $1, $2)", "Tomas", "Svojanovsky")
    db.execute("INSERT INTO users VALUES (DEFAULT, $1, $2)", "John", "Doe")
}

internal fun print(row: Row) {
    println("${row["user_id"]} ${row["first_name"]} ${row["last_name"]}")
}

/** Two queries at once on one connection: they run one after the other, as they were called. */
internal suspend fun oneConnection(database: ExampleDatabase) {
    Database.connect(database.url).use { db ->
        fill(db)
        val answers =
            db.connection { coroutineScope { List(2) { async { fetch<Row>(USERS) } }.awaitAll() } }
        answers.flatten().forEach(::print)
        println(
            "Both were answered by one connection, one after the other:" +
                " calls on a connection queue up, they never mix or fail."
        )
    }
}

/** A pool of ten connections, and two look-ups at once on it, in two ways. */
internal suspend fun pool(database: ExampleDatabase) {
    Database.connect(database.url) { pool { it.withSize(10) } }
        .use { db ->
            fill(db)
            val byId = "$USERS WHERE user_id = $1"
            db.gather(listOf(1, 2).map { Query.one<Row>(byId, it) }).forEach(::print)
            coroutineScope {
                listOf(1, 2)
                    .map { async { db.fetchOne<Row>(byId, it) } }
                    .awaitAll()
                    .forEach(::print)
            }
            println("Pool: ${db.status()}")
        }
}
