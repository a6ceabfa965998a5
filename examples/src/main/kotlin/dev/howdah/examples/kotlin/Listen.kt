package dev.howdah.examples.kotlin

import dev.howdah.config.ExplainOptions
import dev.howdah.coroutines.Database
import dev.howdah.coroutines.Query
import dev.howdah.coroutines.get
import dev.howdah.examples.ExampleDatabase
import dev.howdah.row.Row
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.flow.take

/** What docs/listen.md shows: notifications, notices, what the server says of itself. */
internal suspend fun listen(database: ExampleDatabase) {
    Database.connect(database.url).use { db ->
        db.execute("CREATE TABLE orders (id bigint PRIMARY KEY, state text)")
        hear(db)
        gaps(db)
        notices(db)
        server(db)
    }
}

private suspend fun hear(db: Database) {
    // region listen
    db.listen("orders", onListening = { sendTwo(db) }) // whatever is sent from there on arrives
        .take(2) // and stops listening
        .collect { println("heard: ${it.payload}") }
    // endregion
}

// region notify
private suspend fun sendTwo(db: Database) {
    db.notify("orders", "one")
    db.transaction {
        execute("INSERT INTO orders VALUES (2, 'new')")
        notify("orders", "two") // goes out with the COMMIT
    }
}

// endregion

private suspend fun gaps(db: Database) {
    var states = mapOf<Long, String>()
    suspend fun load() {
        states =
            db.fetch<Row>("SELECT id, state FROM orders").associate {
                it.get<Long>("id") to it.get<String>("state")
            }
    }
    // region gap
    db.listen(
            "orders",
            bufferSize = 10_000,
            onListening = {
                load() // once it listens, so that nothing falls in between
                db.notify("orders", "2")
            },
            onGap = { load() }, // something may be missing: read it anew
        )
        .first()
    // endregion
    println("states: $states")
}

private suspend fun notices(db: Database) {
    // region notices
    val careful = Query.execute("CREATE TABLE IF NOT EXISTS orders (id bigint)")
    db.run(careful.onNotice { println("said: ${it.message()}") })

    db.connection {
        onNotice { println(it.severity()) }
        executeScript("DROP TABLE IF EXISTS no_such_table; DROP VIEW IF EXISTS none")
    }
    // endregion
}

private suspend fun server(db: Database) {
    // region server
    val version = db.serverVersion() // version.isAtLeast(15)
    val zone = db.serverSettings()["TimeZone"]

    val plan = db.explain("SELECT * FROM orders WHERE id = $1", 2)
    val measured =
        db.explain("DELETE FROM orders", options = ExplainOptions.analyzing()) // rolled back
    // endregion
    println("version ${version.major()}, $zone")
    println(listOf(plan.lines().first()))
    println("measured: ${"actual" in measured}")
    println("left: ${db.fetchOne<Long>("SELECT count(*) FROM orders")}")
}
