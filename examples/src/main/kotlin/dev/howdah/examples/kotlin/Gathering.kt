package dev.howdah.examples.kotlin

import dev.howdah.coroutines.Database
import dev.howdah.coroutines.Query
import dev.howdah.examples.ExampleDatabase
import java.util.Locale
import kotlin.time.DurationUnit
import kotlin.time.measureTimedValue
import kotlinx.coroutines.async
import kotlinx.coroutines.awaitAll
import kotlinx.coroutines.coroutineScope

private const val LOOK_UPS = 1_000
private const val BY_ID = "SELECT balance FROM accounts WHERE id = $1"

/** A thousand look-ups in one call, over all connections of the pool. */
internal suspend fun gather(database: ExampleDatabase) {
    Database.connect(database.url).use { db ->
        db.executeScript(
            """
            CREATE TABLE accounts (id integer PRIMARY KEY, balance numeric NOT NULL);
            INSERT INTO accounts SELECT n, n * 10 FROM generate_series(1, 1000) n
            """
                .trimIndent()
        )
        val queries = List(LOOK_UPS) { Query.one<Long>(BY_ID, it + 1) }
        timed("gather, connecting first", db) { db.gather(queries) }
        timed("gather", db) { db.gather(queries) }
        timed("async and awaitAll", db) {
            coroutineScope {
                List(LOOK_UPS) { async { db.fetchOne<Long>(BY_ID, it + 1) } }.awaitAll()
            }
        }
        timed("one after the other") { queries.map { db.run(it) } }
    }
}

/** Prints how long it took, and over how many connections if it used them [all]. */
private suspend fun timed(name: String, all: Database? = null, work: suspend () -> List<Long>) {
    val (balances, time) = measureTimedValue { work() }
    val millis = time.toDouble(DurationUnit.MILLISECONDS)
    val spread = if (all == null) "" else " over ${all.status().size} connections"
    println(
        "%s: %,d look-ups in %.0f ms%s (balances: %,d)"
            .format(Locale.ROOT, name, balances.size, millis, spread, balances.sum())
    )
}
