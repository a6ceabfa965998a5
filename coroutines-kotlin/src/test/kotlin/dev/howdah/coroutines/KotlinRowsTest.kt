package dev.howdah.coroutines

import dev.howdah.error.ClientException.MappingFailure
import dev.howdah.error.ClientException.UnknownColumn
import dev.howdah.row.Columns
import dev.howdah.row.KindColumn
import dev.howdah.row.KindValue
import dev.howdah.row.Row
import org.assertj.core.api.Assertions.assertThat
import org.assertj.core.api.Assertions.assertThatThrownBy
import org.junit.jupiter.api.Test

/** Rows read and mapped as Kotlin's types say. */
internal class KotlinRowsTest {
    private fun row(vararg cells: Pair<String, Any?>): Row =
        Row.of(Columns.of(cells.map { it.first }), cells.map { it.second }.toTypedArray())

    @JvmInline
    value class Email(val text: String) {
        init {
            require('@' in text) { "no @" }
        }
    }

    @JvmInline value class Score(val points: Int)

    @Test
    fun valuesAreReadByTheTypeAskedFor() {
        val row = row("id" to 5L, "age" to null, "tags" to listOf(1L, null), "mail" to "a@b")
        assertThat(row.get<Int>("id")).isEqualTo(5)
        assertThat(row.get("id", Int::class.java)).isEqualTo(5)
        assertThat(row["id"]).isEqualTo(5L)
        assertThat(row.get<Int?>("age")).isNull()
        assertThat(row.get<List<Int?>>("tags")).containsExactly(1, null)
        assertThat(row.get<Email>("mail")).isEqualTo(Email("a@b"))
        assertThat(row.get<Email>(3)).isEqualTo(Email("a@b"))
        assertThatThrownBy { row.get<Int>("age") }
            .isInstanceOf(MappingFailure::class.java)
            .hasMessage(
                "column 'age': the value is null, which Int does not allow: ask for Int?, or use" +
                    " COALESCE in SQL"
            )
        assertThatThrownBy { row.get<Int>("agee") }
            .isInstanceOf(UnknownColumn::class.java)
            .hasMessageContaining("did you mean 'age'?")
    }

    @Test
    fun fallbackStandsForAMissingColumnAndForNull() {
        val row = row("age" to null, "name" to "Anna", "mail" to "a@b")
        assertThat(row.get("age", 18)).isEqualTo(18)
        assertThat(row.get("name", "?")).isEqualTo("Anna")
        assertThat(row.getOrElse("age") { 18 }).isEqualTo(18)
        assertThat(row.getOrElse("size") { 18L }).isEqualTo(18L)
        assertThat(row.getOrElse<String>("name") { throw AssertionError("not asked") })
            .isEqualTo("Anna")
        assertThat(row.getOrElse("mail") { Email("?@?") }).isEqualTo(Email("a@b"))
        assertThat(row.getOrElse<Int?>("age") { null }).isNull()
    }

    data class Team(
        val lead: Email,
        val members: List<Email>,
        val scores: Map<String, Score?>,
        val byMail: Set<Score> = setOf(),
        val backup: Array<Email> = arrayOf(),
        val sizes: List<UInt>? = null,
    )

    @Test
    fun typesOfKotlinsOwnAreReadInsideListsAndMapsToo() {
        val team =
            row(
                    "lead" to "a@b",
                    "members" to listOf("c@d", "e@f"),
                    "scores" to """{"x": 1, "y": null}""",
                    "by_mail" to listOf(3L, 3L),
                    "backup" to listOf("g@h"),
                    "sizes" to listOf(4294967295L),
                )
                .into<Team>()
        assertThat(team.members).containsExactly(Email("c@d"), Email("e@f"))
        assertThat(team.scores).isEqualTo(mapOf("x" to Score(1), "y" to null))
        assertThat(team.byMail).containsExactly(Score(3))
        assertThat(team.backup).containsExactly(Email("g@h"))
        assertThat(team.sizes).containsExactly(UInt.MAX_VALUE)
        assertThat(row("m" to listOf("a@b")).into<List<Email>>()).containsExactly(Email("a@b"))
        assertThat(row("m" to listOf("a@b")).get<Array<Email>>("m")).containsExactly(Email("a@b"))
    }

    @Test
    fun aValueThatIsRefusedInsideAListIsNotShown() {
        assertThatThrownBy {
                row("lead" to "a@b", "members" to listOf("secret"), "scores" to "{}").into<Team>()
            }
            .isInstanceOf(MappingFailure::class.java)
            .hasMessage(
                "property 'members' of data class Team: its value was refused, see the cause"
            )
            .hasRootCauseMessage("no @")
        assertThatThrownBy { row("m" to listOf("secret")).get<List<Email>>("m") }
            .isInstanceOf(MappingFailure::class.java)
            .hasMessage("column 'm': its value was refused, see the cause")
    }

    data class Tagged(val tags: List<Int>, val maybe: List<Int?> = listOf())

    @Test
    fun nullInAListOfNonNullElementsIsRefused() {
        assertThat(row("tags" to listOf(1L), "maybe" to listOf(1L, null)).into<Tagged>())
            .isEqualTo(Tagged(listOf(1), listOf(1, null)))
        assertThatThrownBy { row("tags" to listOf(1L, null)).into<Tagged>() }
            .isInstanceOf(MappingFailure::class.java)
            .hasMessage("property 'tags' of data class Tagged: element 1 is null, which Int is not")
        assertThatThrownBy { row("tags" to listOf(1L, null)).get<List<Int>>("tags") }
            .isInstanceOf(MappingFailure::class.java)
            .hasMessage("column 'tags': element 1 is null, which Int is not")
        assertThatThrownBy { row("m" to """{"a": null}""").get<Map<String, Int>>("m") }
            .isInstanceOf(MappingFailure::class.java)
            .hasMessage("column 'm': a value of the map is null, which Int is not")
    }

    data class Box<T>(val value: T, val more: List<T>)

    @Test
    fun typeArgumentsReachTheProperties() {
        assertThat(row("first" to 1L, "second" to 2).into<Pair<Int, String>>()).isEqualTo(1 to "2")
        assertThat(row("value" to "a@b", "more" to listOf("c@d")).into<Box<Email>>())
            .isEqualTo(Box(Email("a@b"), listOf(Email("c@d"))))
        assertThat(row("value" to null, "more" to listOf(1L)).into<Box<Int?>>())
            .isEqualTo(Box(null, listOf(1)))
        assertThatThrownBy { row("first" to 1, "second" to null).into<Pair<Int, String>>() }
            .isInstanceOf(MappingFailure::class.java)
            .hasMessageContaining("column 'second' for property 'second' of data class Pair")
        assertThatThrownBy { row("value" to 1, "more" to listOf(null)).into<Box<Int>>() }
            .isInstanceOf(MappingFailure::class.java)
            .hasMessageContaining("element 0 is null, which Int is not")
        assertThat(row("b" to 1, "a" to null).into<Map<String, Any?>>().toString())
            .isEqualTo("{b=1, a=null}")
        assertThat(row("b" to 1).into<Map<String, String>>()).isEqualTo(mapOf("b" to "1"))
    }

    @KindColumn("kind")
    sealed interface Shape {
        data class Circle(val radius: Double, val colour: String = "red") : Shape

        @KindValue("sq") data class Square(val side: Double) : Shape

        data object Point : Shape

        sealed interface Curved : Shape

        private data object Blob : Curved
    }

    data class Drawing(val name: String, val shape: Shape?, val hole: Shape = Shape.Point)

    @Test
    fun sealedTypesBecomeTheClassTheirColumnTells() {
        val names = listOf("kind", "radius", "side")
        fun shape(vararg values: Any?) = Row.of(Columns.of(names), arrayOf(*values)).into<Shape>()
        assertThat(shape("circle", 2, null)).isEqualTo(Shape.Circle(2.0))
        assertThat(shape("sq", null, 3)).isEqualTo(Shape.Square(3.0))
        assertThat(shape("point", null, null)).isSameAs(Shape.Point)
        assertThat(shape("BLOB", null, null).toString()).isEqualTo("Blob")
        assertThatThrownBy { shape("cube", null, null) }
            .isInstanceOf(MappingFailure::class.java)
            .hasMessageContaining("none of its kinds; they are: ")
            .hasMessageContaining("Circle")
            .hasMessageContaining("sq")
        assertThatThrownBy { shape("sq", 1, null) }
            .isInstanceOf(MappingFailure::class.java)
            .hasMessageContaining("property 'side' of data class Square")
    }

    @Test
    fun sealedTypesMayBeNestedAndAbsent() {
        assertThat(
                row("name" to "a", "shape.kind" to "circle", "shape.radius" to 1).into<Drawing>()
            )
            .isEqualTo(Drawing("a", Shape.Circle(1.0)))
        assertThat(row("name" to "a", "shape_kind" to null, "hole_kind" to "point").into<Drawing>())
            .isEqualTo(Drawing("a", null))
    }

    sealed class Bare {
        data class One(val id: Int) : Bare()
    }

    @Test
    fun aSealedTypeWithoutItsColumnIsRefusedInWords() {
        assertThatThrownBy { row("id" to 1).into<Bare>() }
            .isInstanceOf(MappingFailure::class.java)
            .hasMessageContaining("Bare is sealed")
            .hasMessageContaining("@KindColumn")
    }

    data class User(val id: Long, val name: String?, val age: Int = 18, val nick: String? = "none")

    @Test
    fun strictAndLenientAreChosenForEachQuery() {
        val row = row("id" to 1, "note" to "x")
        assertThat(lenient<User>()(row)).isEqualTo(User(1, null, 18))
        assertThatThrownBy { row.into<User>() }.hasMessageContaining("property 'name'")
        assertThatThrownBy { strict<User>()(row("id" to 1, "name" to "a", "note" to "x")) }
            .isInstanceOf(MappingFailure::class.java)
            .hasMessageContaining("data class User has no property for column 'note'")
        assertThat(strict<User>()(row("id" to 1, "name" to "a"))).isEqualTo(User(1, "a"))
        assertThatThrownBy { lenient<User>()(row("name" to "a")) }
            .hasMessageContaining("no value for property 'id'")
        assertThatThrownBy { strict<Box<Int>>() }
            .isInstanceOf(MappingFailure::class.java)
            .hasMessageContaining("type arguments")
    }

    data class Address(val street: String, val zip: String? = "?")

    data class Guest(val id: Int, val address: Address = Address("nowhere"))

    @Test
    fun aNestedClassHasItsDefaultOnlyWhereItHasNoColumns() {
        assertThat(row("id" to 1).into<Guest>()).isEqualTo(Guest(1))
        assertThat(row("id" to 1, "address.street" to "Main").into<Guest>())
            .isEqualTo(Guest(1, Address("Main")))
        assertThatThrownBy { row("id" to 1, "address.street" to null).into<Guest>() }
            .isInstanceOf(MappingFailure::class.java)
            .hasMessageContaining("all columns for property 'address' of data class Guest are null")
    }

    class Several(val id: Int) {
        constructor(id: Int, name: String) : this(id + name.length)

        private constructor() : this(0)
    }

    @Test
    fun thePrimaryConstructorIsCalledWhateverOthersThereAre() {
        assertThat(row("id" to 1, "name" to "abc").into<Several>().id).isEqualTo(1)
    }
}
