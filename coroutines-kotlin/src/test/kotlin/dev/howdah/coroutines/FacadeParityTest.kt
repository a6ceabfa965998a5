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
import kotlin.reflect.KCallable
import kotlin.reflect.KClass
import kotlin.reflect.KFunction
import kotlin.reflect.KVisibility
import kotlin.reflect.full.companionObject
import kotlin.reflect.full.declaredFunctions
import kotlin.reflect.full.memberFunctions
import kotlin.reflect.full.memberProperties
import org.assertj.core.api.Assertions.assertThat
import org.junit.jupiter.params.ParameterizedTest
import org.junit.jupiter.params.provider.MethodSource

/**
 * Every public operation exists in both languages: under the same name, with the same things to
 * give it, and with the same result. [Shapes] says what is the same.
 */
internal class FacadeParityTest {
    @ParameterizedTest
    @MethodSource("twins")
    fun verbsHaveTheSameNames(java: Class<*>, kotlin: KClass<*>) {
        assertThat(verbs(kotlin).map { it.name }.toSet())
            .containsExactlyInAnyOrderElementsOf(verbs(java).map { it.verb() }.toSet())
    }

    @ParameterizedTest
    @MethodSource("twins")
    fun verbsTakeTheSame(java: Class<*>, kotlin: KClass<*>) {
        val javas = verbs(java).map { it.verb() + Shapes.given(it) }.toSet()
        val kotlins = verbs(kotlin)
        assertThat(kotlins.flatMap { verb -> Shapes.given(verb).map { verb.name + it } })
            .containsAll(javas)
        assertThat(javas + KOTLINS_OWN)
            .containsAll(kotlins.flatMap { verb -> Shapes.typed(verb).map { verb.name + it } })
    }

    @ParameterizedTest
    @MethodSource("twins")
    fun verbsGiveTheSame(java: Class<*>, kotlin: KClass<*>) {
        val javas = verbs(java).map { "${it.verb()}: ${Shapes.result(it)}" }.toSet()
        val kotlins = verbs(kotlin).map { "${it.name}: ${Shapes.result(it)}" }.toSet()
        assertThat(kotlins).containsExactlyInAnyOrderElementsOf(javas)
    }

    private fun verbs(java: Class<*>): List<Method> =
        java.methods
            .filter { it.declaringClass != Any::class.java && !it.isSynthetic && !it.isBridge }
            .filterNot { it.isSameAsSuspending() || it.isSameAsCollecting() }
            .filterNot { it.name == "toString" }

    /** Java waits in `close`, Kotlin has nothing but the suspending one. */
    private fun Method.isSameAsSuspending() = name == "close" && !Modifier.isStatic(modifiers)

    /** Java may listen without a stream; in Kotlin a flow is collected. */
    private fun Method.isSameAsCollecting() = name == "listen" && parameterCount == 2

    private fun Method.verb() = if (name == "closeAsync") "close" else name

    private fun verbs(kotlin: KClass<*>): List<KCallable<*>> =
        (kotlin.memberFunctions + kotlin.companionObject?.declaredFunctions.orEmpty())
            .plus(kotlin.memberProperties)
            .filter { it.visibility == KVisibility.PUBLIC }
            // `use` is what try-with-resources is in Java.
            .filterNot {
                it is KFunction<*> && it.name in setOf("use", "equals", "hashCode", "toString")
            }

    private companion object {
        /** What Kotlin has beyond Java: sequences, and what Java chooses on a stream. */
        val KOTLINS_OWN =
            setOf(
                "copyIn(CopyRecords, Sequence)",
                "copyIn(Sequence, String)",
                "executeMany(Sequence, String)",
                "fetchMany(Class, Sequence, String)",
                "listen(Int, String)",
                "listen(Int, String, block)",
                "listen(Int, String, block, block)",
                "listen(String, block)",
                "listen(String, block, block)",
            )

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
