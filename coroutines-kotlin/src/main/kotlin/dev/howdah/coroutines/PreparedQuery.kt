package dev.howdah.coroutines

import dev.howdah.query.ParsedSql
import dev.howdah.row.Row
import kotlinx.coroutines.flow.Flow

/** Like `PreparedQuery` in Java: one statement of one handle, to be run often. */
public class PreparedQuery<T>
internal constructor(
    private val queries: Queries,
    private val sql: String,
    private val mapper: (Row) -> T,
) {
    init {
        // A text that cannot be read is refused here, and not at its first run.
        ParsedSql.of(sql)
    }

    /** Like `PreparedQuery.execute` in Java. */
    public suspend fun execute(vararg arguments: Any?): Long = queries.execute(sql, *arguments)

    /** Like `PreparedQuery.fetch` in Java. */
    public suspend fun fetch(vararg arguments: Any?): List<T> =
        queries.fetch(sql, *arguments, mapper = mapper)

    /** Like `PreparedQuery.fetchRow` in Java; null when there is no row. */
    public suspend fun fetchRow(vararg arguments: Any?): T? =
        queries.fetchRow(sql, *arguments, mapper = mapper)

    /** Like `PreparedQuery.fetchOne` in Java. */
    public suspend fun fetchOne(vararg arguments: Any?): T =
        queries.fetchOne(sql, *arguments, mapper = mapper)

    /** Like `PreparedQuery.stream` in Java. */
    public fun stream(vararg arguments: Any?): Flow<T> =
        queries.stream(sql, *arguments, mapper = mapper)

    override fun toString(): String = "PreparedQuery[$sql]"
}
