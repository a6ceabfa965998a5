package dev.howdah.examples.kotlin

import dev.howdah.config.TransactionOptions
import dev.howdah.coroutines.Database
import dev.howdah.error.IntegrityViolation.CheckViolation
import dev.howdah.examples.ExampleDatabase
import dev.howdah.row.Row
import kotlin.time.Duration.Companion.seconds
import kotlinx.coroutines.async
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.withTimeoutOrNull

private const val ADD = "UPDATE accounts SET balance = balance + $1 WHERE name = $2"
private const val BALANCE = "SELECT balance FROM accounts WHERE name = $1"

/** What docs/transactions.md shows: blocks, savepoints, options, a transaction of one's own. */
internal suspend fun transactions(database: ExampleDatabase) {
    Database.connect(database.url).use { db ->
        db.executeScript(
            """
            CREATE TABLE accounts (name text PRIMARY KEY, balance int CHECK (balance >= 0));
            INSERT INTO accounts VALUES ('Anna', 100), ('Boris', 0)
            """
                .trimIndent()
        )
        println("left: ${block(db)}")
        nested(db)
        options(db)
        begin(db)
        children(db)
        db.fetch<Row>("SELECT name, balance FROM accounts ORDER BY name").forEach {
            println("${it["name"]}: ${it["balance"]}")
        }
    }
}

private suspend fun block(db: Database): Int {
    // region block
    val left =
        db.transaction {
            execute(ADD, -10, "Anna")
            execute(ADD, 10, "Boris")
            fetchOne<Int>(BALANCE, "Anna")
        }
    // endregion
    return left
}

private suspend fun nested(db: Database) {
    // region nested
    db.transaction {
        execute(ADD, 1, "Boris")
        try {
            transaction { execute(ADD, -1_000, "Anna") }
        } catch (refused: CheckViolation) {
            // undone; the outer one goes on
        }
    }
    // endregion
}

private suspend fun options(db: Database) {
    // region options
    val careful = TransactionOptions.serializable().withRetries(3)
    db.transaction(careful) { execute(ADD, 5, "Boris") }

    // a dry run: its result arrives, and nothing is left behind
    val wouldGo =
        db.transaction(TransactionOptions.rollingBack()) { execute("DELETE FROM accounts") }
    // endregion
    println("would go: $wouldGo")
}

private suspend fun begin(db: Database) {
    // region begin
    db.begin().use { tx -> // rolls back what was not committed
        tx.execute(ADD, 50, "Boris")
        val mark = tx.savepoint("before the fee")
        tx.execute(ADD, -20, "Boris")
        mark.rollback() // the fee is undone, the mark stays
        tx.commit()
    }
    // endregion
}

private suspend fun children(db: Database) {
    // region children
    db.transaction {
        val both = coroutineScope { // they take turns on the one connection
            val anna = async { fetchOne<Int>(BALANCE, "Anna") }
            val boris = async { fetchOne<Int>(BALANCE, "Boris") }
            anna.await() + boris.await()
        }
        // a savepoint around what may time out: stopped and undone alone
        withTimeoutOrNull(5.seconds) { transaction { execute(ADD, both / 100, "Anna") } }
    }
    // endregion
}
