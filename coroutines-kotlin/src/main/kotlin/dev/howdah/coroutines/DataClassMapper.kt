package dev.howdah.coroutines

import dev.howdah.error.ClientException.MappingFailure
import dev.howdah.row.Blueprint
import dev.howdah.row.ColumnName
import dev.howdah.row.KindColumn
import dev.howdah.row.MapperProvider
import dev.howdah.row.RowMapper
import dev.howdah.row.RowMappers
import kotlin.reflect.KClass
import kotlin.reflect.KFunction
import kotlin.reflect.KParameter
import kotlin.reflect.KProperty1
import kotlin.reflect.KType
import kotlin.reflect.full.allSuperclasses
import kotlin.reflect.full.declaredMemberProperties
import kotlin.reflect.full.findAnnotation
import kotlin.reflect.full.primaryConstructor
import kotlin.reflect.jvm.isAccessible
import kotlin.reflect.jvm.javaField

/**
 * Makes Kotlin's classes from rows by their primary constructor: parameters without a column keep
 * their defaults, null goes to nullable ones only. Found by [java.util.ServiceLoader].
 */
internal class DataClassMapper : MapperProvider {
    override fun <T : Any> mapperFor(type: Class<T>): RowMapper<T>? =
        when {
            !type.isAnnotationPresent(Metadata::class.java) -> null
            kotlinValue(type) != null -> singleValue(type)
            type.kotlin.isSealed -> RowMappers.variants(type, variants(type.kotlin))
            else -> blueprint(type, emptyMap())?.mapper() ?: variantObject(type)?.mapper()
        }

    override fun partsOf(value: Any): Map<String, Any?>? =
        DATA_CLASSES.get(value.javaClass)?.let { properties ->
            val parts = LinkedHashMap<String, Any?>(properties.size * 2)
            properties.forEach { parts[it.name] = toJava(it.getter.call(value)) }
            parts
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

    /** What Java's reflection knows only of classes compiled for a Java that has sealed ones. */
    private fun <T : Any> variants(type: KClass<T>): List<Class<out T>> =
        type.sealedSubclasses.flatMap { if (it.isSealed) variants(it) else listOf(it.java) }

    /** An object is made from nothing where a column has told that it is the one. */
    private fun <T : Any> variantObject(type: Class<T>): Blueprint<T>? {
        val isVariant =
            type.kotlin.allSuperclasses.any { it.java.isAnnotationPresent(KindColumn::class.java) }
        val field = type.declaredFields.find { it.name == "INSTANCE" && it.type == type }
        if (!isVariant || field == null) return null
        field.isAccessible = true
        val instance = type.cast(field.get(null))
        return Blueprint(type, "object", listOf()) { instance }
    }

    internal companion object {
        /** The properties in the order of the primary constructor; null for other classes. */
        private val DATA_CLASSES =
            object : ClassValue<List<KProperty1<out Any, *>>?>() {
                override fun computeValue(type: Class<*>): List<KProperty1<out Any, *>>? =
                    if (type.isAnnotationPresent(Metadata::class.java)) properties(type.kotlin)
                    else null
            }

        private fun properties(type: KClass<*>): List<KProperty1<out Any, *>>? {
            if (!type.isData) return null
            val byName = type.declaredMemberProperties.associateBy { it.name }
            return type.primaryConstructor?.parameters?.map { parameter ->
                byName.getValue(parameter.name.orEmpty()).also { it.isAccessible = true }
            }
        }

        /** The mapper for a class with type arguments; null where Java's rules will do. */
        fun of(type: Class<*>, generic: KType): RowMapper<out Any>? {
            if (!type.isAnnotationPresent(Metadata::class.java)) return null
            val names = type.kotlin.typeParameters.map { it.name }
            val arguments = names.zip(generic.arguments.map { it.type })
            return blueprint(type, arguments.mapNotNull { (n, t) -> t?.let { n to it } }.toMap())
                ?.mapper()
        }

        private fun <T : Any> blueprint(
            type: Class<T>,
            arguments: Map<String, KType>,
        ): Blueprint<T>? {
            val constructor = type.kotlin.constructorOfAllParts() ?: return null
            constructor.isAccessible = true
            val noun = if (type.kotlin.isData) "data class" else "class"
            val readings = constructor.parameters.map { readingOf(it.type, arguments) }
            val parts =
                constructor.parameters.zip(readings) { one, reading ->
                    part(one, reading, type.kotlin)
                }
            val title = "$noun ${type.simpleName}"
            return Blueprint(type, noun, parts, Construction(title, constructor, readings))
        }

        /**
         * None where Java's rules will do: for abstract classes, and beans that are filled later.
         */
        private fun <T : Any> KClass<T>.constructorOfAllParts(): KFunction<T>? =
            primaryConstructor?.takeIf { primary ->
                !isAbstract &&
                    !isSealed &&
                    primary.parameters.isNotEmpty() &&
                    primary.parameters.all { it.kind == KParameter.Kind.VALUE }
            }

        private fun part(parameter: KParameter, reading: Reading, owner: KClass<*>) =
            Blueprint.Part(
                parameter.name.orEmpty(),
                reading.javaType,
                columnName(parameter, owner),
                parameter.isOptional,
                reading.nullable,
            )

        private fun columnName(parameter: KParameter, owner: KClass<*>): String? {
            val property = owner.declaredMemberProperties.find { it.name == parameter.name }
            val name =
                parameter.findAnnotation<ColumnName>()
                    ?: property?.javaField?.getAnnotation(ColumnName::class.java)
            return name?.value
        }
    }
}
