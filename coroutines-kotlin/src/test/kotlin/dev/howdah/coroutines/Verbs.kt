package dev.howdah.coroutines

import dev.howdah.config.ExplainOptions
import dev.howdah.query.CopyOut
import dev.howdah.row.Row
import java.io.OutputStream
import kotlin.random.Random
import kotlinx.coroutines.flow.collect

/** A verb of the handles that sends a statement. */
internal class Verb(
    private val name: String,
    val inBlock: Boolean,
    private val call: suspend (Queries, String) -> Any?,
) {
    suspend fun on(handle: Queries, sql: String): Any? = call(handle, sql)

    override fun toString(): String = name
}

/** The verbs that a database, a connection and a transaction share. */
internal val verbsOfEveryHandle: List<Verb> =
    listOf(
        Verb("execute", false) { on, sql -> on.execute(sql) },
        Verb("executeScript", false) { on, sql -> on.executeScript(sql) },
        Verb("fetch", false) { on, sql -> on.fetch<Row>(sql) },
        Verb("fetch of a class", false) { on, sql -> on.fetch(Row::class, sql) },
        Verb("fetch mapped", false) { on, sql -> on.fetch(sql) { row -> row } },
        Verb("fetchRow", false) { on, sql -> on.fetchRow<Row>(sql) },
        Verb("fetchOne", false) { on, sql -> on.fetchOne<Row>(sql) },
        Verb("fetchValue", false) { on, sql -> on.fetchValue<String>(sql) },
        Verb("run", false) { on, sql -> on.run(Query.rows<Row>(sql)) },
        Verb("executeMany", false) { on, sql -> on.executeMany(sql, listOf(listOf<Any>())) },
        Verb("fetchMany", false) { on, sql -> on.fetchMany<Row>(sql, listOf(listOf<Any>())) },
        Verb("copyOut", false) { on, sql ->
            on.copyOut(CopyOut.csv(Query.rows<Row>(sql)), OutputStream.nullOutputStream())
        },
        Verb("stream", true) { on, sql -> on.stream<Row>(sql).collect() },
        Verb("transaction", true) { on, sql -> on.transaction { fetch<Row>(sql) } },
    )

/** All verbs, of which some need a database. */
internal val verbs: List<Verb> =
    verbsOfEveryHandle +
        listOf(
            Verb("gather", false) { on, sql ->
                (on as Database).gather(listOf(Query.rows<Row>(sql)))
            },
            Verb("gatherOutcomes", false) { on, sql ->
                (on as Database).gatherOutcomes(listOf(Query.rows<Row>(sql))).single().value()
            },
            Verb("connection", true) { on, sql -> (on as Database).connection { fetch<Row>(sql) } },
            Verb("acquire", true) { on, sql ->
                (on as Database).acquire().use { it.fetch<Row>(sql) }
            },
            Verb("explain", true) { on, sql ->
                on.explain(sql, options = ExplainOptions.analyzing())
            },
            Verb("begin", true) { on, sql -> on.begin().use { it.fetch<Row>(sql) } },
            Verb("cursor", true) { on, sql ->
                on.transaction { cursor<Row>(sql).use { it.fetch(1) } }
            },
            Verb("savepoint", true) { on, sql ->
                on.transaction { transaction { fetch<Row>(sql) } }
            },
        )

/** Waits actively: a moment that no scheduler rounds. */
internal fun moment(random: Random, micros: Int) {
    val end = System.nanoTime() + random.nextInt(micros * 1000 + 1)
    while (System.nanoTime() < end) Thread.onSpinWait()
}
