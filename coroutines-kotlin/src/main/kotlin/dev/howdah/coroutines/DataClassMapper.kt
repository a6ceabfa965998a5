package dev.howdah.coroutines

import dev.howdah.error.ClientException.MappingFailure
import dev.howdah.row.Blueprint
import dev.howdah.row.ColumnName
import dev.howdah.row.MapperProvider
import dev.howdah.row.RowMapper
import java.lang.reflect.Type
import kotlin.reflect.KClass
import kotlin.reflect.KFunction
import kotlin.reflect.KParameter
import kotlin.reflect.KTypeParameter
import kotlin.reflect.full.declaredMemberProperties
import kotlin.reflect.full.findAnnotation
import kotlin.reflect.full.primaryConstructor
import kotlin.reflect.jvm.isAccessible
import kotlin.reflect.jvm.javaConstructor
import kotlin.reflect.jvm.javaField
import kotlin.reflect.jvm.javaType
import kotlin.reflect.jvm.jvmErasure

/**
 * Makes Kotlin's classes from rows by their primary constructor: parameters without a column keep
 * their defaults, null goes to nullable ones only. Found by [java.util.ServiceLoader].
 */
internal class DataClassMapper : MapperProvider {
    override fun <T : Any> mapperFor(type: Class<T>): RowMapper<T>? {
        if (!type.isAnnotationPresent(Metadata::class.java)) return null
        if (kotlinValue(type) != null) return singleValue(type)
        val constructor = type.kotlin.constructorOfAllParts() ?: return null
        constructor.isAccessible = true
        val noun = if (type.kotlin.isData) "data class" else "class"
        val parts = constructor.parameters.map { part(it, type.kotlin) }
        return Blueprint(type, noun, parts, maker(constructor)).mapper()
    }

    /** Wraps the only column, as the mappers of Java's single values do. */
    private fun <T : Any> singleValue(type: Class<T>): RowMapper<T> {
        val value = valueReader<T>(type, nullable = false, generic = null)
        return RowMapper { row ->
            if (row.size() != 1) {
                throw MappingFailure(
                    "${type.simpleName} needs one column, the row has ${row.columns()}"
                )
            }
            value(row)
        }
    }

    /** None where Java's rules will do: for abstract classes, and beans that are filled later. */
    private fun <T : Any> KClass<T>.constructorOfAllParts(): KFunction<T>? =
        primaryConstructor?.takeIf { primary ->
            !isAbstract &&
                !isSealed &&
                primary.parameters.isNotEmpty() &&
                primary.parameters.all { it.kind == KParameter.Kind.VALUE }
        }

    private fun part(parameter: KParameter, owner: KClass<*>): Blueprint.Part {
        val type = parameter.type
        return Blueprint.Part(
            parameter.name.orEmpty(),
            readAs(parameter),
            columnName(parameter, owner),
            parameter.isOptional,
            type.isMarkedNullable || type.classifier is KTypeParameter,
        )
    }

    private fun readAs(parameter: KParameter): Type =
        kotlinValue(parameter.type.jvmErasure.java)?.javaType ?: parameter.type.javaType

    private fun columnName(parameter: KParameter, owner: KClass<*>): String? {
        val property = owner.declaredMemberProperties.find { it.name == parameter.name }
        val name =
            parameter.findAnnotation<ColumnName>()
                ?: property?.javaField?.getAnnotation(ColumnName::class.java)
        return name?.value
    }

    private fun <T : Any> maker(constructor: KFunction<T>): Blueprint.Maker<T> {
        val parameters = constructor.parameters.toTypedArray()
        val wrappers = parameters.map { kotlinValue(it.type.jvmErasure.java)?.wrap }.toTypedArray()
        val java = constructor.javaConstructor
        val plain = java != null && wrappers.all { it == null }
        return Blueprint.Maker { values ->
            if (plain && values.none { it === Blueprint.ABSENT }) {
                java!!.newInstance(*values)
            } else {
                constructor.callBy(named(parameters, wrappers, values))
            }
        }
    }

    private fun named(
        parameters: Array<KParameter>,
        wrappers: Array<((Any) -> Any)?>,
        values: Array<Any?>,
    ): Map<KParameter, Any?> {
        val named = HashMap<KParameter, Any?>(parameters.size * 2)
        for (i in parameters.indices) {
            val value = values[i]
            if (value !== Blueprint.ABSENT) {
                named[parameters[i]] =
                    if (value == null) null else wrappers[i]?.invoke(value) ?: value
            }
        }
        return named
    }
}
