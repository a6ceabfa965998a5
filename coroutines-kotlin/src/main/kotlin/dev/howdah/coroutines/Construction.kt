package dev.howdah.coroutines

import dev.howdah.row.Blueprint
import kotlin.reflect.KFunction
import kotlin.reflect.KParameter
import kotlin.reflect.jvm.javaConstructor

/** Calls a primary constructor with the values of one row. */
internal class Construction<T : Any>(
    private val title: String,
    private val constructor: KFunction<T>,
    readings: List<Reading>,
) : Blueprint.Maker<T> {
    private val parameters: Array<KParameter> = constructor.parameters.toTypedArray()
    private val unfinished: Array<Reading?> =
        Array(readings.size) { i -> readings[i].takeIf { it.finish != null } }

    /** Value classes are parameters of another shape to Java, which only Kotlin's call knows. */
    private val plain =
        constructor.javaConstructor.takeIf {
            constructor.parameters.none {
                (it.type.classifier as? kotlin.reflect.KClass<*>)?.isValue == true
            }
        }

    override fun make(values: Array<Any?>): T {
        var whole = true
        for (i in values.indices) {
            val value = values[i]
            if (value === Blueprint.ABSENT) whole = false
            else if (value != null) values[i] = finished(i, value)
        }
        return when {
            !whole -> constructor.callBy(named(values))
            plain != null -> plain.newInstance(*values)
            else -> constructor.call(*values)
        }
    }

    private fun finished(index: Int, value: Any): Any =
        unfinished[index]?.finished(value) { "property '${parameters[index].name}' of $title" }
            ?: value

    private fun named(values: Array<Any?>): Map<KParameter, Any?> {
        val named = HashMap<KParameter, Any?>(parameters.size * 2)
        for (i in parameters.indices) {
            if (values[i] !== Blueprint.ABSENT) named[parameters[i]] = values[i]
        }
        return named
    }
}
