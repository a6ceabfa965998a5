package dev.howdah.coroutines

import dev.howdah.Connection as JavaConnection
import dev.howdah.Cursor as JavaCursor
import dev.howdah.Database as JavaDatabase
import dev.howdah.DatabaseManager as JavaDatabaseManager
import dev.howdah.PreparedQuery as JavaPreparedQuery
import dev.howdah.Savepoint as JavaSavepoint
import dev.howdah.Transaction as JavaTransaction
import java.lang.reflect.Method
import java.lang.reflect.Modifier
import kotlin.reflect.KClass
import kotlin.reflect.KVisibility
import kotlin.reflect.full.companionObject
import kotlin.reflect.full.declaredFunctions
import kotlin.reflect.full.memberFunctions
import kotlin.reflect.full.memberProperties
import org.assertj.core.api.Assertions.assertThat
import org.junit.jupiter.params.ParameterizedTest
import org.junit.jupiter.params.provider.MethodSource

/** Every public operation exists in both languages under the same name. */
internal class FacadeParityTest {
    @ParameterizedTest
    @MethodSource("twins")
    fun verbsHaveTheSameNames(java: Class<*>, kotlin: KClass<*>) {
        assertThat(verbs(kotlin)).containsExactlyInAnyOrderElementsOf(verbs(java))
    }

    private fun verbs(java: Class<*>): Set<String> =
        java.methods
            .filter { it.declaringClass != Any::class.java && !it.isSynthetic }
            .filterNot { it.isSameAsSuspending() || it.name == "toString" }
            .map { if (it.name == "closeAsync") "close" else it.name }
            .toSet()

    /** Java waits in `close`, Kotlin has nothing but the suspending one. */
    private fun Method.isSameAsSuspending() = name == "close" && !Modifier.isStatic(modifiers)

    private fun verbs(kotlin: KClass<*>): Set<String> =
        (kotlin.memberFunctions + kotlin.companionObject?.declaredFunctions.orEmpty())
            .filter { it.visibility == KVisibility.PUBLIC }
            .map { it.name }
            .plus(
                kotlin.memberProperties
                    .filter { it.visibility == KVisibility.PUBLIC }
                    .map { it.name }
            )
            // What try-with-resources is in Java.
            .minus(setOf("use", "equals", "hashCode", "toString"))
            .toSet()

    private companion object {
        @JvmStatic
        fun twins(): List<Array<Any>> =
            listOf(
                arrayOf(JavaDatabase::class.java, Database::class),
                arrayOf(JavaConnection::class.java, Connection::class),
                arrayOf(JavaTransaction::class.java, Transaction::class),
                arrayOf(JavaSavepoint::class.java, Savepoint::class),
                arrayOf(JavaCursor::class.java, Cursor::class),
                arrayOf(JavaPreparedQuery::class.java, PreparedQuery::class),
                arrayOf(JavaDatabaseManager::class.java, DatabaseManager::class),
            )
    }
}
