package dev.howdah.coroutines

import java.lang.reflect.GenericArrayType
import java.lang.reflect.Method
import java.lang.reflect.ParameterizedType
import java.lang.reflect.Type
import java.lang.reflect.TypeVariable
import java.lang.reflect.WildcardType
import kotlin.reflect.KCallable
import kotlin.reflect.KClass
import kotlin.reflect.KParameter
import kotlin.reflect.KType
import kotlin.reflect.KTypeParameter

/**
 * What a verb takes and gives, in words that are the same for the same thing in either language: a
 * future is a suspension, an `Optional` is a `?`, a `Class` is a `KClass` or a reified type, a
 * `RowMapper` is a lambda of a row, a publisher is a `Flow`, a buffer or array of bytes is bytes,
 * two overloads are one with a default.
 */
internal object Shapes {
    /**
     * What it can be given, in alphabetical order: Kotlin's lambdas come last, Java's as they do.
     */
    fun given(verb: Method): String = list(verb.genericParameterTypes.map { parameter(it) })

    /** The same for each choice of what has a default. */
    fun given(verb: KCallable<*>): Set<String> =
        // A type that is written behind the verb may be left out for a row, as in Java.
        choices(verb).map(::list).toSet() + typed(verb)

    /** As [given], with the type that is written behind the verb. */
    fun typed(verb: KCallable<*>): Set<String> {
        val written = verb.typeParameters.any { it.isReified }
        return choices(verb).map { list(if (written) it + "Class" else it) }.toSet()
    }

    private fun choices(verb: KCallable<*>): List<List<String>> =
        verb.parameters
            .filter { it.kind == KParameter.Kind.VALUE && it.name != "configure" }
            .fold(listOf(listOf())) { choices, parameter ->
                val with = choices.map { it + parameter(parameter) }
                if (parameter.isOptional) with + choices else with
            }

    /** What comes of it. */
    fun result(verb: Method): String = shape(verb.genericReturnType).orRow()

    /** What comes of it. */
    fun result(verb: KCallable<*>): String {
        val result = shape(verb.returnType).orRow()
        return if (verb.isSuspend) "suspend $result" else result
    }

    /** Rows are what comes where no type was asked for. */
    private fun String.orRow() = replace("Row", "T")

    private fun list(parameters: List<String>) = parameters.sorted().joinToString(", ", "(", ")")

    private fun parameter(type: Type): String =
        when (val raw = shape(type).substringBefore('<').removeSuffix("?")) {
            "Function" -> "block"
            "Consumer" -> "listener"
            "RowMapper" -> "mapper"
            else -> raw
        }

    private fun parameter(parameter: KParameter): String {
        val type = parameter.type.toString()
        return when {
            type.startsWith("suspend ") -> "block"
            type.endsWith(") -> kotlin.Unit") -> "listener"
            type.contains(") -> ") -> "mapper"
            parameter.isVararg -> shape(parameter.type.arguments.single().type!!).plain() + "..."
            else -> shape(parameter.type).plain()
        }
    }

    private fun String.plain() = substringBefore('<').removeSuffix("?")

    private fun shape(type: Type): String =
        when (type) {
            is Class<*> ->
                if (type.isArray && type != ByteArray::class.java) shape(type.componentType) + "..."
                else name(type.simpleName)
            is GenericArrayType -> shape(type.genericComponentType) + "..."
            is TypeVariable<*> -> "T"
            is WildcardType -> shape(type.upperBounds.single())
            is ParameterizedType -> {
                val arguments = type.actualTypeArguments.map { shape(it) }
                when (val raw = name((type.rawType as Class<*>).simpleName)) {
                    "CompletableFuture" -> "suspend ${arguments.single()}"
                    "Optional" -> "${arguments.single()}?"
                    else -> raw + arguments.joinToString(", ", "<", ">")
                }
            }
            else -> error("no shape for $type")
        }

    private fun shape(type: KType): String {
        val raw =
            when (val classifier = type.classifier) {
                is KTypeParameter -> "T"
                is KClass<*> -> name(checkNotNull(classifier.simpleName))
                else -> error("no shape for $type")
            }
        val arguments =
            type.arguments.joinToString(", ") { argument -> argument.type?.let(::shape) ?: "Any" }
        return raw +
            (if (arguments.isEmpty()) "" else "<$arguments>") +
            (if (type.isMarkedNullable) "?" else "")
    }

    private fun name(simple: String): String =
        when (simple) {
            "Void",
            "void" -> "Unit"
            "Object" -> "Any"
            "KClass" -> "Class"
            "int",
            "Integer" -> "Int"
            "long" -> "Long"
            "boolean" -> "Boolean"
            "byte[]",
            "ByteBuffer",
            "ByteArray" -> "Bytes"
            "NotificationStream" -> "Flow<Notification>"
            "RowStream",
            "Publisher" -> "Flow"
            else -> simple
        }
}
