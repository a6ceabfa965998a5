package dev.howdah.coroutines

import dev.howdah.query.Clauses
import java.time.Duration as JavaDuration
import kotlin.time.Duration.Companion.minutes
import org.assertj.core.api.Assertions.assertThat
import org.junit.jupiter.api.Test

internal class ConditionsTest {
    @Test
    fun wordsMeanWhatTheyMeanInJava() {
        assertThat("a" eq 1).isEqualTo(Clauses.where("a", Clauses.eq(1)))
        assertThat("a" notEq null).isEqualTo(Clauses.where("a", Clauses.notEq(null)))
        assertThat("a" differsFrom 1).isEqualTo(Clauses.where("a", Clauses.differsFrom(1)))
        assertThat("a" lessThan 1).isEqualTo(Clauses.where("a", Clauses.lessThan(1)))
        assertThat("a" atMost 1).isEqualTo(Clauses.where("a", Clauses.atMost(1)))
        assertThat("a" greaterThan 1).isEqualTo(Clauses.where("a", Clauses.greaterThan(1)))
        assertThat("a" atLeast 1).isEqualTo(Clauses.where("a", Clauses.atLeast(1)))
        assertThat("a" within 1..2).isEqualTo(Clauses.where("a", Clauses.between(1, 2)))
        assertThat("a" isIn listOf(1, null)).isEqualTo(Clauses.where("a", Clauses.`in`(1, null)))
        assertThat("a" notIn listOf(1)).isEqualTo(Clauses.where("a", Clauses.notIn(1)))
        assertThat("a" like "x%").isEqualTo(Clauses.where("a", Clauses.like("x%")))
        assertThat("a" notLike "x%").isEqualTo(Clauses.where("a", Clauses.notLike("x%")))
        assertThat("a" ilike "x%").isEqualTo(Clauses.where("a", Clauses.ilike("x%")))
        assertThat("a" notIlike "x%").isEqualTo(Clauses.where("a", Clauses.notIlike("x%")))
        assertThat("a".isNull()).isEqualTo(Clauses.where("a", Clauses.isNull()))
        assertThat("a".isNotNull()).isEqualTo(Clauses.where("a", Clauses.isNotNull()))
        assertThat("a" matches Clauses.hasKey("k"))
            .isEqualTo(Clauses.where("a", Clauses.hasKey("k")))
    }

    @Test
    fun conditionsAreJoinedByWords() {
        val a = "a" eq 1
        val b = "b" eq 2
        assertThat(a and b).isEqualTo(Clauses.allOf(a, b))
        assertThat(a or b).isEqualTo(Clauses.anyOf(a, b))
        assertThat(!a).isEqualTo(Clauses.not(a))
        assertThat((a and b).showingValues()).isEqualTo("a = 1 AND b = 2")
    }

    @Test
    fun kotlinsOwnTypesBecomeJavas() {
        assertThat("a" eq 5.minutes)
            .isEqualTo(Clauses.where("a", Clauses.eq(JavaDuration.ofMinutes(5))))
        assertThat("a" within 5.minutes..6.minutes)
            .isEqualTo(
                Clauses.where(
                    "a",
                    Clauses.between(JavaDuration.ofMinutes(5), JavaDuration.ofMinutes(6)),
                )
            )
        assertThat("a" isIn listOf(7u)).isEqualTo(Clauses.where("a", Clauses.`in`(7L)))
    }
}
