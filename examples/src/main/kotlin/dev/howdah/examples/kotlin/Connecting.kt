package dev.howdah.examples.kotlin

import dev.howdah.coroutines.Database
import dev.howdah.examples.ExampleDatabase

private val ROLE = "howdah_ping_${ProcessHandle.current().pid()}"

/** Raw in the URL: it ends at the last `@`, and `#` has no meaning of its own. */
private const val PASSWORD = "p@ss#1/&?"

/** A ping: `SELECT 1` with a password that has a `#` in it. */
internal suspend fun connection(database: ExampleDatabase) {
    Database.connect(database.url).use { admin ->
        admin.execute("CREATE ROLE $ROLE LOGIN PASSWORD '$PASSWORD'")
        try {
            val url = "postgresql://$ROLE:$PASSWORD@${database.address()}/${database.name()}"
            Database.connect(url).use { ping("URL", it) }
            val parts = database.options().toBuilder().user(ROLE).password(PASSWORD).build()
            Database.connect(parts).use { ping("parts", it) }
        } finally {
            admin.execute("DROP ROLE $ROLE")
        }
    }
}

private suspend fun ping(way: String, db: Database) {
    println("Connected by $way as ${db.fetchOne<String>("SELECT current_user")}")
    println("SELECT 1: ${db.fetchOne<Int>("SELECT 1")}")
}

/** Connects and asks the server who it is. */
internal suspend fun version(database: ExampleDatabase) {
    Database.connect(database.url).use { db ->
        println("Connected! Postgres version is ${db.fetchOne<String>("SHOW server_version")}")
    }
}
