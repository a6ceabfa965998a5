package dev.howdah.examples.kotlin

import dev.howdah.coroutines.Database
import dev.howdah.coroutines.Query
import dev.howdah.coroutines.atLeast
import dev.howdah.coroutines.timeout
import dev.howdah.query.CopyIn
import dev.howdah.query.CopyOut
import dev.howdah.query.CopyRecords
import dev.howdah.row.Row
import java.nio.file.Path
import kotlin.time.Duration.Companion.minutes
import kotlinx.coroutines.flow.Flow

// What docs/copy.md shows: compiled, not run.

private suspend fun records(db: Database, users: Flow<Any>): Long {
    // region records
    val rows = db.copyIn("users", users) // a list, a sequence or a flow
    // endregion
    return rows
}

private suspend fun columns(db: Database, lists: Sequence<List<Any?>>) {
    // region columns
    val copy =
        CopyRecords.into("users")
            .columns("user_id", "name")
            .where("user_id" atLeast 1000)
            .timeout(5.minutes)
            .onProgress { println("${it.rows} rows") }
    db.copyIn(copy, lists)
    // endregion
}

private suspend fun bytes(db: Database) {
    // region bytes
    db.copyIn(CopyIn.csv("users").header().delimiter(';'), Path.of("users.csv"))
    // endregion
}

private suspend fun out(db: Database) {
    // region out
    val adults = Query.rows<Row>("SELECT * FROM users WHERE age >= :age", "age" to 18)
    db.copyOut(CopyOut.csv(adults).header(), Path.of("adults.csv"))
    // endregion
}

private fun stream(db: Database): Flow<ByteArray> {
    // region stream
    val bytes: Flow<ByteArray> = db.copyOut(CopyOut.binary("users"))
    // endregion
    return bytes
}
