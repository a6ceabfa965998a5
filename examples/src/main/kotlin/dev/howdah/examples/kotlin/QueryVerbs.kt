package dev.howdah.examples.kotlin

import dev.howdah.coroutines.Database
import dev.howdah.coroutines.Query
import dev.howdah.examples.ExampleDatabase
import dev.howdah.observe.ParameterDisplay
import dev.howdah.row.Row
import kotlinx.coroutines.flow.take

// region record
data class Person(val userId: Long, val name: String, val age: Int = 0)

// endregion

/** The main job: values, rows, data classes of one's own, many at once, all or nothing. */
internal suspend fun queries(database: ExampleDatabase) {
    Database.connect(database.url).use { db ->
        db.executeScript(
            """
            CREATE TABLE users (user_id bigint PRIMARY KEY, name text NOT NULL, age int NOT NULL);
            INSERT INTO users VALUES (1, 'Anna', 17), (2, 'Boris', 30), (3, 'Clara', 46)
            """
                .trimIndent()
        )
        mainJob(db)
    }
}

private suspend fun mainJob(db: Database) {
    // region main-job
    // one value, one row, many rows as your own type, a change
    val count: Long = db.fetchOne("SELECT count(*) FROM users")
    val byId = "SELECT * FROM users WHERE user_id = $1"
    val anna: Person? = db.fetchRow(byId, 1)
    val adults = db.fetch<Person>("SELECT * FROM users WHERE age >= :age", "age" to 18)
    val changed = db.execute("UPDATE users SET age = age + 1 WHERE user_id = $1", 1)

    // many at once: values first, then one wait
    val everybody = db.gather(listOf(1, 2, 3).map { Query.one<Person>(byId, it) })

    // all or nothing: the result arrives after COMMIT
    val renamed =
        db.transaction {
            execute("UPDATE users SET name = $1 WHERE user_id = $2", "Bob", 2)
            fetchOne<Person>(byId, 2)
        }

    // row by row, as many as there are, in constant memory
    val inOrder = "SELECT * FROM users ORDER BY user_id"
    db.stream<Person>(inOrder).take(2).collect { println(it.name) } // and stops
    // endregion
    println("count: $count")
    println("row: $anna")
    println("adults: $adults")
    println("changed: $changed")
    println("gather: $everybody")
    println("transaction: $renamed")
}

/** Echo: every statement is printed; its parameters only because we ask for them. */
internal suspend fun echo(database: ExampleDatabase) {
    Database.connect(database.url) {
            echo(true)
            parameterDisplay(ParameterDisplay.SHORT)
        }
        .use { db ->
            fill(db)
            db.fetchOne<Row>("SELECT * FROM users WHERE first_name = :name", "name" to "John")
        }
}
