package dev.howdah.coroutines

import dev.howdah.error.ClientException.MappingFailure
import dev.howdah.row.Row
import dev.howdah.row.RowMapper
import dev.howdah.row.RowMappers
import kotlin.reflect.KType
import kotlin.reflect.typeOf

/** Like `Row.get` in Java: `row.get<Int>("age")`, or `row.get<Int?>("age")` where null may come. */
public inline fun <reified T> Row.get(column: String): T = get<T>(columns().indexOf(column))

/** Like `Row.get` in Java, by index. */
public inline fun <reified T> Row.get(index: Int): T =
    read(this, index, T::class.java, null is T, genericTypeOf<T>())

/**
 * Like `Row.get` with a fallback in Java: [fallback] stands for a column that the row does not have
 * and for null.
 */
public inline fun <reified T> Row.getOrElse(column: String, fallback: () -> T): T =
    if (columns().contains(column)) get<T?>(column) ?: fallback() else fallback()

/** Like `Row.as` in Java. */
public inline fun <reified T> Row.into(): T = rowReader<T>()(this)

/**
 * Like `RowMappers.strict` in Java: `db.fetch(sql, mapper = strict<User>())` refuses columns that
 * `User` has no place for.
 */
public inline fun <reified T : Any> strict(): (Row) -> T =
    mapping(RowMappers.strict(plainClass(T::class.java, genericTypeOf<T>())))

/**
 * Like `RowMappers.lenient` in Java: properties without a column are null where their type allows
 * it.
 */
public inline fun <reified T : Any> lenient(): (Row) -> T =
    mapping(RowMappers.lenient(plainClass(T::class.java, genericTypeOf<T>())))

/** How whole rows become `T`. */
@PublishedApi
internal inline fun <reified T> rowReader(): (Row) -> T =
    rowReader(T::class.java, null is T, genericTypeOf<T>())

/** How the first columns of rows become `T`. */
@PublishedApi
internal inline fun <reified T> valueReader(): (Row) -> T =
    valueReader(T::class.java, null is T, genericTypeOf<T>())

/** The whole type where the class alone does not say it, such as `List<Int>`. */
@PublishedApi
internal inline fun <reified T> genericTypeOf(): KType? =
    if (T::class.java.typeParameters.isEmpty() && !T::class.java.isArray) null else typeOf<T>()

@PublishedApi
internal fun <T : Any> plainClass(type: Class<T>, generic: KType?): Class<T> =
    if (generic == null) type
    else throw MappingFailure("$generic has type arguments: strict and lenient take plain classes")

@PublishedApi
internal fun <T> mapping(mapper: RowMapper<out Any>): (Row) -> T = { row -> cast(mapper.map(row)) }

@PublishedApi
internal fun <T> rowReader(type: Class<*>, nullable: Boolean, generic: KType?): (Row) -> T {
    val mapper = mapperOf(type, generic)
    if (!RowMappers.isSingleValue(type) && kotlinValue(type) == null) return mapping(mapper)
    val value = valueReader<T>(type, nullable, generic)
    // The mapper of a single value words what is wrong with a row of several columns.
    return { row -> if (row.size() == 1) value(row) else cast(mapper.map(row)) }
}

private fun mapperOf(type: Class<*>, generic: KType?): RowMapper<out Any> =
    when {
        generic == null || RowMappers.isSingleValue(type) -> RowMappers.of(type)
        else -> DataClassMapper.of(type, generic) ?: RowMappers.of(readingOf(generic).javaType)
    }

@PublishedApi
internal fun <T> valueReader(type: Class<*>, nullable: Boolean, generic: KType?): (Row) -> T {
    val reading = reading(type, nullable, generic)
    return { row -> read(row, 0, reading, nullable) }
}

@PublishedApi
internal fun <T> read(row: Row, index: Int, type: Class<*>, nullable: Boolean, generic: KType?): T =
    read(row, index, reading(type, nullable, generic), nullable)

private fun reading(type: Class<*>, nullable: Boolean, generic: KType?): Reading {
    if (generic != null) return readingOf(generic)
    val value = kotlinValue(type)
    val name = type.kotlin.simpleName ?: type.name
    return Reading(value?.javaType ?: type, nullable, name, value?.wrap)
}

private fun <T> read(row: Row, index: Int, reading: Reading, nullable: Boolean): T {
    val value = row.get(index, reading.javaType)
    if (value == null && !nullable) {
        val name = reading.name
        throw MappingFailure(
            "${column(row, index)}: the value is null, which $name does not allow:" +
                " ask for $name?, or use COALESCE in SQL"
        )
    }
    return cast(value?.let { reading.finished(it) { column(row, index) } })
}

private fun column(row: Row, index: Int): String = "column '${row.columns().names()[index]}'"

@Suppress("UNCHECKED_CAST") private fun <T> cast(value: Any?): T = value as T
