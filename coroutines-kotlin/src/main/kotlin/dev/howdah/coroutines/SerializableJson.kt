package dev.howdah.coroutines

import dev.howdah.error.ClientException.MappingFailure
import dev.howdah.row.Json
import dev.howdah.row.JsonProvider
import java.lang.reflect.Type
import kotlin.reflect.KType
import kotlin.reflect.typeOf
import kotlinx.serialization.ExperimentalSerializationApi
import kotlinx.serialization.KSerializer
import kotlinx.serialization.MissingFieldException
import kotlinx.serialization.Serializable
import kotlinx.serialization.SerializationException
import kotlinx.serialization.builtins.nullable
import kotlinx.serialization.json.Json as Format
import kotlinx.serialization.serializer
import kotlinx.serialization.serializerOrNull

/**
 * A value as the json document of a `@Serializable` type that its class alone does not tell, such
 * as `Page<Item>` or `List<Shape>`; of other types like `Json.of` in Java.
 *
 * `Json.of(value)` is enough for a class without type arguments.
 */
public inline fun <reified T> jsonOf(value: T): Json = document(value, typeOf<T>())

@PublishedApi
internal fun document(value: Any?, type: KType): Json {
    val text = if (value == null || !HAS_SERIALIZATION) null else Documents.write(value, type)
    return if (text == null) Json.of(toJava(value)) else Json.text(text)
}

/**
 * Json documents of the classes that have kotlinx.serialization's annotation, where a program has
 * that library. Found by [java.util.ServiceLoader].
 */
internal class SerializableJson : JsonProvider {
    override fun takes(type: Class<*>): Boolean =
        HAS_SERIALIZATION && Documents.isSerializable(type)

    override fun read(document: String, type: Type): Any? = Documents.read(document, type)

    override fun write(value: Any): String = Documents.write(value)
}

private val HAS_SERIALIZATION: Boolean =
    try {
        Class.forName(
            "kotlinx.serialization.json.Json",
            false,
            SerializableJson::class.java.classLoader,
        )
        true
    } catch (_: ClassNotFoundException) {
        false
    }

/** The only object that names the library: loaded only where that is. */
@OptIn(ExperimentalSerializationApi::class)
private object Documents {
    /**
     * As documents are read and written elsewhere: all members are stored, unknown ones ignored.
     */
    private val format = Format {
        ignoreUnknownKeys = true
        encodeDefaults = true
    }

    /** A class among others is written as the sealed type they share, which names the one it is. */
    private val written =
        object : ClassValue<KSerializer<Any>>() {
            override fun computeValue(type: Class<*>): KSerializer<Any> =
                serializer(sealedParent(type) ?: type)
        }

    fun isSerializable(type: Class<*>): Boolean = type.isAnnotationPresent(Serializable::class.java)

    fun read(document: String, type: Type): Any? =
        try {
            format.decodeFromString(serializer(type).nullable, document)
        } catch (unfit: IllegalArgumentException) {
            val refusal = refusal(unfit)
            throw if (refusal == null)
                MappingFailure("the json does not fit ${name(type)}${reason(unfit)}")
            else MappingFailure("the json was refused by ${name(type)}, see the cause", refusal)
        }

    /**
     * What a class has against its values. Numbers are parsed by the library, which quotes them.
     */
    private fun refusal(unfit: IllegalArgumentException): Throwable? =
        generateSequence<Throwable>(unfit) { it.cause }
            .firstOrNull { it !is SerializationException && it !is NumberFormatException }

    fun write(value: Any): String = write(value.javaClass) { written.get(value.javaClass) to value }

    /** Null if the type is not the library's. */
    fun write(value: Any, type: KType): String? {
        val serializer = serializerOrNull(type) ?: return null
        return write(value.javaClass) { serializer to value }
    }

    private fun write(type: Class<*>, what: () -> Pair<KSerializer<out Any?>, Any>): String =
        try {
            val (serializer, value) = what()
            @Suppress("UNCHECKED_CAST") format.encodeToString(serializer as KSerializer<Any>, value)
        } catch (unfit: SerializationException) {
            throw MappingFailure(
                "a ${type.name} cannot be written as JSON: kotlinx.serialization has no way for" +
                    " it; of a class with type arguments make it by jsonOf<…>(value)",
                unfit.takeIf { it.message?.startsWith("Serializer for class") == true },
            )
        }

    private fun sealedParent(type: Class<*>): Class<*>? =
        type.kotlin.sealedParents().lastOrNull { isSerializable(it) }

    private fun kotlin.reflect.KClass<*>.sealedParents(): List<Class<*>> =
        supertypes
            .mapNotNull { it.classifier as? kotlin.reflect.KClass<*> }
            .flatMap { parent ->
                (if (parent.isSealed) listOf(parent.java) else listOf()) + parent.sealedParents()
            }

    /** Without the library's own message, which quotes the document. */
    private fun reason(unfit: IllegalArgumentException): String {
        if (unfit is MissingFieldException) {
            return ": it lacks ${unfit.missingFields.joinToString { "'$it'" }}"
        }
        val path = PATH.find(unfit.message.orEmpty())?.groupValues?.get(1)
        return if (path == null || path == "$") "" else " at ${path.removePrefix("$.")}"
    }

    private fun name(type: Type): String = (type as? Class<*>)?.simpleName ?: type.typeName

    private val PATH = Regex("at path:? (\\$.*)")
}
