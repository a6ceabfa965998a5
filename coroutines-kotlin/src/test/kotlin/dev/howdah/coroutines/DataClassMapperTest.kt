package dev.howdah.coroutines

import dev.howdah.error.ClientException.MappingFailure
import dev.howdah.row.ColumnName
import dev.howdah.row.Columns
import dev.howdah.row.Interval
import dev.howdah.row.Row
import java.time.Instant as JavaInstant
import java.util.UUID
import kotlin.time.Duration
import kotlin.time.Duration.Companion.hours
import kotlin.time.ExperimentalTime
import kotlin.time.Instant
import kotlin.uuid.ExperimentalUuidApi
import kotlin.uuid.Uuid
import org.assertj.core.api.Assertions.assertThat
import org.assertj.core.api.Assertions.assertThatThrownBy
import org.junit.jupiter.api.Test

internal class DataClassMapperTest {
    private fun row(vararg cells: Pair<String, Any?>): Row =
        Row.of(Columns.of(cells.map { it.first }), cells.map { it.second }.toTypedArray())

    data class User(val userId: Long, val name: String, val age: Int = 18, val city: String? = "?")

    @Test
    fun parametersTakeColumnsInSnakeCaseWhateverTheOrder() {
        assertThat(row("age" to 30, "NAME" to "Anna", "city" to null, "user_id" to 1).into<User>())
            .isEqualTo(User(1, "Anna", 30, null))
    }

    @Test
    fun defaultsStandForMissingColumns() {
        assertThat(row("user_id" to 1L, "name" to "Anna").into<User>()).isEqualTo(User(1, "Anna"))
        assertThat(row("user_id" to 1L, "name" to "Anna", "age" to 7).into<User>())
            .isEqualTo(User(1, "Anna", 7))
    }

    @Test
    fun aMissingColumnWithoutDefaultIsNamed() {
        assertThatThrownBy { row("user_id" to 1L, "age" to 1).into<User>() }
            .isInstanceOf(MappingFailure::class.java)
            .hasMessageContaining("data class User")
            .hasMessageContaining("'name'")
    }

    @Test
    fun nullForANonNullParameterNamesColumnAndParameter() {
        assertThatThrownBy { row("user_id" to 1L, "name" to null).into<User>() }
            .isInstanceOf(MappingFailure::class.java)
            .hasMessageContaining("column 'name'")
            .hasMessageContaining("property 'name' of data class User")
            .hasMessageContaining("null")
        // A default stands for a missing column, not for a null.
        assertThatThrownBy { row("user_id" to 1L, "name" to "A", "age" to null).into<User>() }
            .isInstanceOf(MappingFailure::class.java)
            .hasMessageContaining("'age'")
    }

    enum class Mood {
        HAPPY,
        SAD,
    }

    data class Address(val street: String, val zip: String?)

    data class Person(val name: String, val mood: Mood, val address: Address?, val tags: List<Int>)

    @Test
    fun enumsListsAndNestedClassesAreMade() {
        assertThat(
                row(
                        "name" to "Anna",
                        "mood" to "happy",
                        "address_street" to "Main",
                        "address_zip" to null,
                        "tags" to listOf(1L, 2L),
                    )
                    .into<Person>()
            )
            .isEqualTo(Person("Anna", Mood.HAPPY, Address("Main", null), listOf(1, 2)))
        assertThat(
                row(
                        "name" to "Anna",
                        "mood" to "SAD",
                        "address_street" to null,
                        "address_zip" to null,
                        "tags" to emptyList<Int>(),
                    )
                    .into<Person>()
                    .address
            )
            .isNull()
    }

    data class Renamed(
        @param:ColumnName("usr") val user: String,
        @field:ColumnName("n") val count: Int,
    )

    @Test
    fun columnNamesComeFromParametersAndFields() {
        assertThat(row("usr" to "a", "n" to 2).into<Renamed>()).isEqualTo(Renamed("a", 2))
    }

    @JvmInline
    value class Email(val text: String) {
        init {
            require('@' in text) { "no @" }
        }
    }

    @JvmInline value class Score(val points: Int)

    data class Account(val email: Email, val score: Score?, val backup: Email? = Email("a@b"))

    @Test
    fun valueClassesAreWrapped() {
        assertThat(row("email" to "x@y", "score" to 5L).into<Account>())
            .isEqualTo(Account(Email("x@y"), Score(5)))
        assertThat(row("email" to "x@y", "score" to null, "backup" to null).into<Account>())
            .isEqualTo(Account(Email("x@y"), null, null))
        assertThat(row("e" to "x@y").into<Email>()).isEqualTo(Email("x@y"))
        assertThatThrownBy { row("a" to "x@y", "b" to 1).into<Email>() }
            .isInstanceOf(MappingFailure::class.java)
            .hasMessageContaining("one column")
    }

    @Test
    fun aValueThatAClassRefusesIsAMappingFailureThatHidesIt() {
        assertThatThrownBy { row("e" to "secret").into<Email>() }
            .isInstanceOf(MappingFailure::class.java)
            .hasMessageContaining("'e'")
            .hasMessageNotContaining("secret")
            .hasRootCauseMessage("no @")
        assertThatThrownBy { row("email" to "secret", "score" to 1).into<Account>() }
            .isInstanceOf(MappingFailure::class.java)
            .hasMessageNotContaining("secret")
            .hasRootCauseMessage("no @")
    }

    @OptIn(ExperimentalTime::class, ExperimentalUuidApi::class)
    data class Event(val at: Instant, val took: Duration?, val id: Uuid, val size: UInt)

    @Test
    @OptIn(ExperimentalTime::class, ExperimentalUuidApi::class)
    fun kotlinsOwnTypesAreRead() {
        val id = UUID(1, 2)
        assertThat(
                row(
                        "at" to JavaInstant.ofEpochSecond(5),
                        "took" to Interval.of(java.time.Duration.ofHours(2)),
                        "id" to id,
                        "size" to 4294967295L,
                    )
                    .into<Event>()
            )
            .isEqualTo(
                Event(Instant.fromEpochSeconds(5), 2.hours, Uuid.fromLongs(1, 2), UInt.MAX_VALUE)
            )
        assertThatThrownBy { row("n" to -1).into<UInt>() }
            .isInstanceOf(MappingFailure::class.java)
            .hasRootCauseMessage("UInt holds 0 to 4294967295")
    }

    class Plain(val id: Int, name: String) {
        val shout: String = name.uppercase()
    }

    class Bean {
        var id: Int = 0
        var name: String = "nobody"
    }

    private data class Hidden(val id: Int)

    data class Box<T>(val value: T)

    @Test
    fun otherKindsOfClassesAreMadeToo() {
        assertThat(row("id" to 1, "name" to "a").into<Plain>().shout).isEqualTo("A")
        val bean = row("id" to 1).into<Bean>()
        assertThat(bean.id to bean.name).isEqualTo(1 to "nobody")
        assertThat(row("id" to 1).into<Hidden>()).isEqualTo(Hidden(1))
        assertThat(row("value" to null).into<Box<Any?>>()).isEqualTo(Box(null))
        assertThat(row("first" to 1, "second" to "b").into<Pair<Int, String>>()).isEqualTo(1 to "b")
    }

    object Single

    interface Shape

    inner class Inner(val id: Int)

    @Test
    fun whatCannotBeMadeIsRefusedInWords() {
        assertThatThrownBy { row("id" to 1).into<Shape>() }
            .isInstanceOf(MappingFailure::class.java)
            .hasMessageContaining("interface")
        assertThatThrownBy { row("id" to 1).into<Single>() }
            .isInstanceOf(MappingFailure::class.java)
        assertThatThrownBy { row("id" to 1).into<Inner>() }.isInstanceOf(MappingFailure::class.java)
    }

    data class Wide(
        val a: Int = 1,
        val b: Int = 1,
        val c: Int = 1,
        val d: Int = 1,
        val e: Int = 1,
        val f: Int = 1,
        val g: Int = 1,
        val h: Int = 1,
        val i: Int = 1,
        val j: Int = 1,
        val k: Int = 1,
        val l: Int = 1,
        val m: Int = 1,
        val n: Int = 1,
        val o: Int = 1,
        val p: Int = 1,
        val q: Int = 1,
        val r: Int = 1,
        val s: Int = 1,
        val t: Int = 1,
        val u: Int = 1,
        val v: Int = 1,
        val w: Int = 1,
        val x: Int = 1,
        val y: Int = 1,
        val z: Int = 1,
        val a2: Int = 1,
        val b2: Int = 1,
        val c2: Int = 1,
        val d2: Int = 1,
        val e2: Int = 1,
        val f2: Int = 1,
        val g2: Int = 1,
        val h2: Int = 1,
    )

    @Test
    fun defaultsWorkBeyondThirtyTwoParameters() {
        assertThat(row("h2" to 9, "a" to 5).into<Wide>()).isEqualTo(Wide(a = 5, h2 = 9))
    }
}
