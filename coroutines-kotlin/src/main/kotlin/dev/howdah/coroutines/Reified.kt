package dev.howdah.coroutines

import dev.howdah.error.ClientException.MappingFailure
import dev.howdah.row.Row
import dev.howdah.row.RowMappers
import java.lang.reflect.Type
import kotlin.reflect.KType
import kotlin.reflect.jvm.javaType
import kotlin.reflect.typeOf

/** Like `Row.get` in Java: `row.get<Int>("age")`, or `row.get<Int?>("age")` where null may come. */
public inline fun <reified T> Row.get(column: String): T = get<T>(columns().indexOf(column))

/** Like `Row.get` in Java, by index. */
public inline fun <reified T> Row.get(index: Int): T =
    read(this, index, T::class.java, null is T, genericTypeOf<T>())

/** Like `Row.as` in Java. */
public inline fun <reified T> Row.into(): T = rowReader<T>()(this)

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
    if (T::class.java.typeParameters.isEmpty()) null else typeOf<T>()

@PublishedApi
internal fun <T> rowReader(type: Class<*>, nullable: Boolean, generic: KType?): (Row) -> T {
    val mapper = RowMappers.of(type)
    if (!RowMappers.isSingleValue(type) && kotlinValue(type) == null) {
        return { row -> cast(mapper.map(row)) }
    }
    val value = valueReader<T>(type, nullable, generic)
    // The mapper of a single value words what is wrong with a row of several columns.
    return { row -> if (row.size() == 1) value(row) else cast(mapper.map(row)) }
}

@PublishedApi
internal fun <T> valueReader(type: Class<*>, nullable: Boolean, generic: KType?): (Row) -> T {
    val source = kotlinValue(type)
    val javaType = source?.javaType ?: generic?.javaType ?: type
    return { row -> read(row, 0, javaType, source, nullable, type) }
}

@PublishedApi
internal fun <T> read(row: Row, index: Int, type: Class<*>, nullable: Boolean, generic: KType?): T {
    val source = kotlinValue(type)
    return read(row, index, source?.javaType ?: generic?.javaType ?: type, source, nullable, type)
}

private fun <T> read(
    row: Row,
    index: Int,
    javaType: Type,
    source: KotlinValue?,
    nullable: Boolean,
    type: Class<*>,
): T {
    val value = row.get(index, javaType)
    if (value == null && !nullable) {
        val name = type.kotlin.simpleName
        throw MappingFailure(
            "column '${row.columns().names()[index]}': the value is null, which $name does not allow:" +
                " ask for $name?, or use COALESCE in SQL"
        )
    }
    return cast(if (value == null || source == null) value else source.wrapped(value, row, index))
}

@Suppress("UNCHECKED_CAST") private fun <T> cast(value: Any?): T = value as T
