package dev.howdah.examples.kotlin

import dev.howdah.coroutines.Database
import dev.howdah.coroutines.Query
import dev.howdah.examples.ExampleDatabase
import dev.howdah.row.Row
import kotlinx.coroutines.flow.count
import kotlinx.coroutines.flow.take
import kotlinx.coroutines.flow.toList

internal data class Sale(val id: Long, val amount: Int)

/** What docs/streaming.md shows: rows one by one, a reader that stops, portions of a cursor. */
internal suspend fun streaming(database: ExampleDatabase) {
    Database.connect(database.url).use { db ->
        db.execute(
            "CREATE TABLE sales AS SELECT id::bigint, (id % 100)::int AS amount" +
                " FROM generate_series(1, 100000) id"
        )
        each(db)
        portions(db)
    }
}

private suspend fun each(db: Database) {
    // region each
    var sum = 0L
    db.stream<Sale>("SELECT id, amount FROM sales").collect { sum += it.amount }

    val first = db.stream<Row>("SELECT * FROM sales ORDER BY id").take(3).toList() // and stops
    // endregion
    // region fetch-size
    val wide = Query.rows<Row>("SELECT * FROM sales").fetchSize(50)
    val count = db.stream(wide).count()
    // endregion
    println("sum: $sum")
    println("first: $first of $count")
}

private suspend fun portions(db: Database) {
    // region cursor
    db.transaction {
        cursor<Sale>("SELECT * FROM sales ORDER BY id").use { cursor ->
            val first = cursor.fetch(2)
            val passedOver = cursor.skip(1_000)
            execute("UPDATE sales SET amount = 0 WHERE id = 1") // may come between
            val later = cursor.fetch(2)
            println("$first $passedOver $later")
        }
    }
    // endregion
}
