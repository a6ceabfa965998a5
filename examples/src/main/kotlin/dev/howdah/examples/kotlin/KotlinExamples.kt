package dev.howdah.examples.kotlin

import dev.howdah.examples.Example
import dev.howdah.examples.ExampleDatabase
import kotlinx.coroutines.runBlocking

/** The examples in Kotlin, in the order of the list. */
object KotlinExamples {
    private val ALL =
        listOf(
            kotlin("first", "README's first program, on a server of its own") { main() },
            kotlin("connection", "ping with a password that holds a #", program = ::connection),
            kotlin("version", "connect and ask for the server's version", program = ::version),
            kotlin("users", "a table, two inserts, the rows", inTour = true, program = ::users),
            kotlin(
                "one-connection",
                "two queries at once on one connection",
                program = ::oneConnection,
            ),
            kotlin("pool", "a pool of ten and two ways to ask twice at once", program = ::pool),
            kotlin(
                "transaction",
                "two changes that are committed together",
                inTour = true,
                program = ::transaction,
            ),
            kotlin(
                "rollback",
                "a duplicate key undoes the whole transaction",
                inTour = true,
                program = ::rollback,
            ),
            kotlin(
                "transactions",
                "blocks, savepoints, options, a transaction of one's own",
                program = ::transactions,
            ),
            kotlin(
                "queries",
                "values, rows, data classes, named parameters, a transaction",
                program = ::queries,
            ),
            kotlin("rows", "values of a row, and rows as types of one's own", program = ::rows),
            kotlin("documents", "json as classes of kotlinx.serialization", program = ::documents),
            kotlin("errors", "catching by class, and what a failure says", program = ::errors),
            kotlin("streaming", "100,000 rows one by one, and a cursor", program = ::streaming),
            kotlin("listen", "notifications, notices, the server's words", program = ::listen),
            kotlin("hooks", "hooks, figures and reports of a pool", program = ::hooks),
            kotlin("echo", "see the SQL that is sent", program = ::echo),
            kotlin("article", "tables by name, from creating to dropping", program = ::article),
            kotlin("tables", "tables by name: operators, order, expressions", program = ::tables),
            kotlin("gather", "1,000 look-ups in one call, timed", inTour = true, program = ::gather),
        )

    /** All of them; their names end in `-kotlin`. */
    @JvmStatic fun all(): List<Example> = ALL

    private fun kotlin(
        name: String,
        purpose: String,
        inTour: Boolean = false,
        program: suspend (ExampleDatabase) -> Unit,
    ) = Example("$name-kotlin", "Kotlin", purpose, inTour) { runBlocking { program(it) } }
}
