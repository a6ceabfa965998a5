package dev.howdah.coroutines

import dev.howdah.error.ClientException.MappingFailure
import java.lang.reflect.Array as JavaArray
import java.lang.reflect.InvocationTargetException
import java.lang.reflect.ParameterizedType
import java.lang.reflect.Type
import kotlin.reflect.KClass
import kotlin.reflect.KType
import kotlin.reflect.KTypeParameter
import kotlin.reflect.jvm.javaType

/**
 * How a Kotlin type is read: as the Java type that stands behind it, then finished, which wraps
 * what only Kotlin knows and refuses nulls where the type has no place for them, in lists and maps
 * too.
 */
internal class Reading(
    val javaType: Type,
    val nullable: Boolean,
    val name: String,
    val finish: ((Any) -> Any)?,
) {
    /** The value itself; [place] names where it came from if it is refused. */
    fun finished(value: Any, place: () -> String): Any {
        if (finish == null) return value
        val problem =
            try {
                return finish.invoke(value)
            } catch (refused: NullInside) {
                throw MappingFailure("${place()}: ${refused.message}")
            } catch (thrown: InvocationTargetException) {
                thrown.targetException
            } catch (thrown: RuntimeException) {
                thrown
            }
        throw MappingFailure("${place()}: its value was refused, see the cause", problem)
    }

    fun element(value: Any?, place: () -> String): Any? =
        when {
            value == null && !nullable -> throw NullInside("${place()} is null, which $name is not")
            value == null || finish == null -> value
            else -> finish.invoke(value)
        }
}

/** Caught where the column is known. */
private class NullInside(message: String) : RuntimeException(message, null, false, false)

/** How a type is read; [arguments] stand for the type parameters of its class. */
internal fun readingOf(type: KType, arguments: Map<String, KType> = emptyMap()): Reading {
    val classifier = type.classifier
    if (classifier is KTypeParameter) {
        val argument =
            arguments[classifier.name] ?: return Reading(type.javaType, true, type.toString(), null)
        val reading = readingOf(argument)
        return if (type.isMarkedNullable) reading.orNull() else reading
    }
    val java = (classifier as KClass<*>).java
    val nullable = type.isMarkedNullable
    val name = classifier.simpleName ?: java.name
    kotlinValue(java)?.let {
        return Reading(it.javaType, nullable, name, it.wrap)
    }
    if (type.arguments.isEmpty()) return Reading(type.javaType, nullable, name, null)
    val inner = type.arguments.map { it.type?.let { one -> readingOf(one, arguments) } ?: ANY }
    val javaType =
        if (java.isArray) arrayOf(inner.single()) else Parameterized(java, inner.map(::boxed))
    return Reading(javaType, nullable, name, finishing(java, inner))
}

private val ANY = Reading(Any::class.java, true, "Any?", null)

private fun Reading.orNull(): Reading = Reading(boxed(this), true, name, finish)

private fun boxed(reading: Reading): Type =
    (reading.javaType as? Class<*>)?.kotlin?.javaObjectType ?: reading.javaType

private fun arrayOf(element: Reading): Type =
    when (val type = boxed(element)) {
        is Class<*> -> type.arrayType()
        else -> (type as ParameterizedType).rawType.let { (it as Class<*>).arrayType() }
    }

/** Null where the elements need no look. */
private fun finishing(container: Class<*>, inner: List<Reading>): ((Any) -> Any)? =
    when {
        inner.all { it.finish == null && it.nullable } -> null
        container == List::class.java ||
            container == Collection::class.java ||
            container == Iterable::class.java -> { value ->
                elements(value as Collection<*>, inner[0], ArrayList(value.size))
            }
        container == Set::class.java -> { value ->
                elements(value as Collection<*>, inner[0], LinkedHashSet())
            }
        container == Map::class.java -> { value -> entries(value as Map<*, *>, inner[0], inner[1]) }
        container.isArray -> { value ->
                array(value as Array<*>, inner[0], container.componentType)
            }
        else -> null
    }

private fun elements(
    values: Collection<*>,
    element: Reading,
    finished: MutableCollection<Any?>,
): Any {
    var index = 0
    for (value in values) {
        val at = index++
        finished += element.element(value) { "element $at" }
    }
    // Java's own is immutable, which this need not be.
    return if (element.finish == null) values else finished
}

private fun entries(values: Map<*, *>, key: Reading, value: Reading): Any =
    values.entries.associateTo(LinkedHashMap<Any?, Any?>(values.size * 2)) {
        key.element(it.key) { "a key" } to value.element(it.value) { "a value of the map" }
    }

private fun array(values: Array<*>, element: Reading, component: Class<*>): Any {
    val finished = JavaArray.newInstance(component, values.size)
    values.forEachIndexed { index, value ->
        JavaArray.set(finished, index, element.element(value) { "element $index" })
    }
    return finished
}

private class Parameterized(private val raw: Class<*>, private val arguments: List<Type>) :
    ParameterizedType {
    override fun getActualTypeArguments(): Array<Type> = arguments.toTypedArray()

    override fun getRawType(): Type = raw

    override fun getOwnerType(): Type? = raw.declaringClass

    override fun toString(): String = "${raw.name}<${arguments.joinToString { it.typeName }}>"
}
