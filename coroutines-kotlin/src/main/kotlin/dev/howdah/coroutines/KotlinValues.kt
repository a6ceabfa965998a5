package dev.howdah.coroutines

import dev.howdah.error.ClientException.WrongArguments
import dev.howdah.row.Multirange
import dev.howdah.row.Range
import java.lang.reflect.Type
import java.math.BigInteger
import java.util.UUID
import kotlin.reflect.KClass
import kotlin.reflect.full.declaredMemberProperties
import kotlin.reflect.full.primaryConstructor
import kotlin.reflect.jvm.isAccessible
import kotlin.reflect.jvm.javaType
import kotlin.time.Duration
import kotlin.time.ExperimentalTime
import kotlin.time.Instant
import kotlin.time.toJavaDuration
import kotlin.time.toJavaInstant
import kotlin.time.toKotlinDuration
import kotlin.time.toKotlinInstant
import kotlin.uuid.ExperimentalUuidApi
import kotlin.uuid.Uuid
import kotlin.uuid.toJavaUuid
import kotlin.uuid.toKotlinUuid

/** A type that only Kotlin knows, read and bound as the Java type that stands behind it. */
internal class KotlinValue(val javaType: Type, val wrap: (Any) -> Any, val unwrap: (Any) -> Any?)

/** Answers null for the types that Java knows itself. */
internal fun kotlinValue(type: Class<*>): KotlinValue? =
    if (isOfTheJdk(type)) null else OF_THE_LANGUAGE[type] ?: ofUser(type)

private fun isOfTheJdk(type: Class<*>): Boolean = type.classLoader == null

private fun ofUser(type: Class<*>): KotlinValue? =
    if (type.isAnnotationPresent(JvmInline::class.java)) VALUE_CLASSES.get(type) else null

@OptIn(ExperimentalTime::class, ExperimentalUuidApi::class)
private val OF_THE_LANGUAGE: Map<Class<*>, KotlinValue> =
    listOf(
            value(java.time.Duration::toKotlinDuration, Duration::toJavaDuration),
            value(java.time.Instant::toKotlinInstant, Instant::toJavaInstant),
            value(UUID::toKotlinUuid, Uuid::toJavaUuid),
            unsigned(UByte.MAX_VALUE, { it.toInt().toUByte() }, UByte::toInt),
            unsigned(UShort.MAX_VALUE, { it.toInt().toUShort() }, UShort::toInt),
            unsigned(UInt.MAX_VALUE, { it.toLong().toUInt() }, UInt::toLong),
            unsigned(ULong.MAX_VALUE, { it.toLong().toULong() }, { BigInteger(it.toString()) }),
        )
        .toMap()

private inline fun <reified J : Any, reified K : Any> value(
    crossinline wrap: (J) -> K,
    crossinline unwrap: (K) -> J,
): Pair<Class<*>, KotlinValue> =
    K::class.java to KotlinValue(J::class.java, { wrap(it as J) }, { unwrap(it as K) })

/** PostgreSQL has no unsigned numbers: they travel as the next larger type. */
private inline fun <reified K : Any> unsigned(
    largest: K,
    crossinline wrap: (BigInteger) -> K,
    crossinline unwrap: (K) -> Number,
): Pair<Class<*>, KotlinValue> {
    val range = BigInteger.ZERO..BigInteger(largest.toString())
    val checked: (Any) -> K = {
        require((it as BigInteger) in range) { "${K::class.simpleName} holds 0 to $largest" }
        wrap(it)
    }
    return K::class.java to KotlinValue(BigInteger::class.java, checked) { unwrap(it as K) }
}

private val VALUE_CLASSES =
    object : ClassValue<KotlinValue?>() {
        override fun computeValue(type: Class<*>): KotlinValue? = valueClass(type.kotlin)
    }

private fun valueClass(type: KClass<*>): KotlinValue? {
    val constructor = type.primaryConstructor ?: return null
    val parameter = constructor.parameters.single()
    val content = type.declaredMemberProperties.single { it.name == parameter.name }.getter
    constructor.isAccessible = true
    content.isAccessible = true
    val javaType = parameter.type.javaType
    // The box of a primitive: where a null is not wanted, the reader of the value class says so.
    val boxed = if (javaType is Class<*>) javaType.kotlin.javaObjectType else javaType
    return KotlinValue(boxed, { constructor.call(it) }, { content.call(it) })
}

/** The arguments as Java knows them; pairs become the one map that gives values to names. */
internal fun toJava(arguments: Array<out Any?>): Array<out Any?> =
    when {
        arguments.isNotEmpty() && arguments.all { it is Pair<*, *> && it.first is String } ->
            arrayOf(named(arguments))
        arguments.all { toJava(it) === it } -> arguments
        else -> Array(arguments.size) { toJava(arguments[it]) }
    }

private fun named(arguments: Array<out Any?>): Map<String, Any?> {
    val values = LinkedHashMap<String, Any?>()
    for (argument in arguments) {
        val (name, value) = argument as Pair<*, *>
        if (values.containsKey(name)) throw WrongArguments("parameter :$name is given twice")
        values[name as String] = toJava(value)
    }
    return values
}

/**
 * A value as Java knows it, in collections and maps too; the same object where it is one already.
 */
internal fun toJava(value: Any?): Any? =
    when (value) {
        null -> null
        is Collection<*> -> if (value.all { toJava(it) === it }) value else value.map { toJava(it) }
        is Map<*, *> ->
            if (value.values.all { toJava(it) === it }) value
            else value.mapValues { toJava(it.value) }
        is Array<*> -> if (value.all { toJava(it) === it }) value else value.map { toJava(it) }
        is Range<*> -> range(value)
        is Multirange<*> ->
            if (value.ranges().all { range(it) === it }) value else value.map { toJava(it) ?: it }
        else -> {
            val wrapper = kotlinValue(value.javaClass)
            if (wrapper == null) value else toJava(wrapper.unwrap(value))
        }
    }

private fun range(range: Range<*>): Range<*> {
    val isJava = toJava(range.lower()) === range.lower() && toJava(range.upper()) === range.upper()
    return if (isJava) range else range.map { toJava(it) ?: it }
}
