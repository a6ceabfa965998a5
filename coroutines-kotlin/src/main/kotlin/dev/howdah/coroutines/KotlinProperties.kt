package dev.howdah.coroutines

import dev.howdah.internal.tables.Property
import dev.howdah.internal.tables.PropertyFinder
import dev.howdah.row.ColumnName
import java.util.function.Function
import kotlin.reflect.KClass
import kotlin.reflect.KProperty1
import kotlin.reflect.KType
import kotlin.reflect.KVisibility
import kotlin.reflect.full.findAnnotation
import kotlin.reflect.full.memberProperties
import kotlin.reflect.full.primaryConstructor
import kotlin.reflect.jvm.isAccessible
import kotlin.reflect.jvm.javaField
import kotlin.reflect.jvm.javaGetter

/**
 * The properties of classes in which there is something that only Kotlin sees: to Java the getter
 * of a value class has another name and another type, and a column's name on a constructor's
 * parameter is not on the property.
 */
internal class KotlinProperties : PropertyFinder {
    override fun of(type: Class<*>): List<Property>? {
        if (!type.isAnnotationPresent(Metadata::class.java)) return null
        val kotlin = type.kotlin
        // A file, a lambda: no class to Kotlin.
        val all = runCatching { kotlin.memberProperties }.getOrNull() ?: return null
        val stored = all.filter { it.visibility == KVisibility.PUBLIC && it.javaField != null }
        val names = columnNames(kotlin)
        if (names.isEmpty() && stored.none { isKotlins(it.returnType) }) return null
        return stored.sortedBy { it.name }.mapNotNull { property(it, names[it.name]) }
    }

    private fun columnNames(type: KClass<*>): Map<String?, String> =
        type.primaryConstructor
            ?.parameters
            ?.mapNotNull { it.findAnnotation<ColumnName>()?.let { name -> it.name to name.value } }
            ?.toMap()
            .orEmpty()

    private fun property(property: KProperty1<*, *>, named: String?): Property? {
        val getter = property.javaGetter ?: return null
        getter.trySetAccessible()
        val column =
            named
                ?: getter.getAnnotation(ColumnName::class.java)?.value
                ?: property.javaField?.getAnnotation(ColumnName::class.java)?.value
        return Property(property.name, column, getter, reader(property))
    }

    private fun reader(property: KProperty1<*, *>): Function<Any, Any?>? {
        if (!isKotlins(property.returnType)) return null
        property.isAccessible = true
        @Suppress("UNCHECKED_CAST") val of = property as KProperty1<Any, *>
        return Function { toJava(of.get(it)) }
    }

    private fun isKotlins(type: KType): Boolean {
        val classifier = type.classifier as? KClass<*>
        return (classifier != null && kotlinValue(classifier.java) != null) ||
            type.arguments.any { argument -> argument.type?.let(::isKotlins) == true }
    }
}
