package dev.howdah.coroutines

import dev.howdah.query.Query as QueryValue
import dev.howdah.row.Row
import dev.howdah.row.RowMapper
import kotlin.reflect.KClass
import kotlin.time.Duration
import kotlin.time.toJavaDuration

/**
 * Makes query values, to be run by [Database.gather] or [Queries.run]; like the factories of
 * `dev.howdah.query.Query` in Java, which is the type they answer.
 */
public object Query {
    /** Like `Query.execute` in Java. */
    public fun execute(sql: String, vararg arguments: Any?): QueryValue<Long> =
        QueryValue.execute(sql, *toJava(arguments))

    /** Like `Query.rows` in Java. */
    public inline fun <reified T> rows(sql: String, vararg arguments: Any?): QueryValue<List<T>> =
        rows(sql, *arguments, mapper = rowReader<T>())

    /** Like `Query.rows` in Java, for a class known at run time. */
    public fun <T : Any> rows(
        type: KClass<T>,
        sql: String,
        vararg arguments: Any?,
    ): QueryValue<List<T>> =
        rows(sql, *arguments, mapper = rowReader(type.javaObjectType, false, null))

    /** Like `Query.rows` in Java, each row mapped by [mapper]. */
    public fun <T> rows(
        sql: String,
        vararg arguments: Any?,
        mapper: (Row) -> T,
    ): QueryValue<List<T>> = cast(QueryValue.rows(asRowMapper(mapper), sql, *toJava(arguments)))

    /** Like `Query.row` in Java; null when there is no row. */
    public inline fun <reified T> row(sql: String, vararg arguments: Any?): QueryValue<T?> =
        row(sql, *arguments, mapper = rowReader<T?>())

    /** Like `Query.row` in Java, for a class known at run time. */
    public fun <T : Any> row(type: KClass<T>, sql: String, vararg arguments: Any?): QueryValue<T?> =
        row(sql, *arguments, mapper = rowReader<T?>(type.javaObjectType, true, null))

    /** Like `Query.row` in Java, the row mapped by [mapper]. */
    public fun <T> row(sql: String, vararg arguments: Any?, mapper: (Row) -> T): QueryValue<T?> =
        first("fetchRow", sql, arguments, mapper)

    /** Like `Query.one` in Java. */
    public inline fun <reified T> one(sql: String, vararg arguments: Any?): QueryValue<T> =
        one(sql, *arguments, mapper = rowReader<T>())

    /** Like `Query.one` in Java, for a class known at run time. */
    public fun <T : Any> one(type: KClass<T>, sql: String, vararg arguments: Any?): QueryValue<T> =
        one(sql, *arguments, mapper = rowReader(type.javaObjectType, false, null))

    /** Like `Query.one` in Java, the row mapped by [mapper]. */
    public fun <T> one(sql: String, vararg arguments: Any?, mapper: (Row) -> T): QueryValue<T> =
        cast(QueryValue.one(asRowMapper(mapper), sql, *toJava(arguments)))

    /** Like `Query.value` in Java; null when there is no row or its value is null. */
    public inline fun <reified T> value(sql: String, vararg arguments: Any?): QueryValue<T?> =
        first("fetchValue", sql, arguments, valueReader<T?>())

    /** Like `Query.value` in Java, for a class known at run time. */
    public fun <T : Any> value(
        type: KClass<T>,
        sql: String,
        vararg arguments: Any?,
    ): QueryValue<T?> =
        first("fetchValue", sql, arguments, valueReader<T?>(type.javaObjectType, true, null))

    @PublishedApi
    internal fun <T> first(
        verb: String,
        sql: String,
        arguments: Array<out Any?>,
        reader: (Row) -> T,
    ): QueryValue<T?> =
        QueryValue.reading(
            verb,
            sql,
            1,
            { it.rows().firstOrNull()?.let(reader) },
            *toJava(arguments),
        )

    /** Java's type cannot say that a mapper may answer null, which Java's query lets pass. */
    private fun asRowMapper(mapper: (Row) -> Any?): RowMapper<Any> = RowMapper(mapper)

    @Suppress("UNCHECKED_CAST")
    private fun <R> cast(query: QueryValue<*>): QueryValue<R> = query as QueryValue<R>
}

/** Like `Query.timeout` in Java. */
public fun <R> QueryValue<R>.timeout(timeout: Duration): QueryValue<R> =
    timeout(timeout.toJavaDuration())
