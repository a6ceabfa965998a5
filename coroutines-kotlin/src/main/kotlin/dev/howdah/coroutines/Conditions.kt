package dev.howdah.coroutines

import dev.howdah.query.Clauses
import dev.howdah.query.Comparison
import dev.howdah.query.Condition

// `("user_age" atLeast 18) and ("user_name" like "A%")`; what has no word here is written
// `"tags" matches Clauses.contains("a")`.

/** Like `Condition.and` in Java. */
public infix fun Condition.and(other: Condition): Condition = Clauses.allOf(this, other)

/** Like `Condition.or` in Java. */
public infix fun Condition.or(other: Condition): Condition = Clauses.anyOf(this, other)

/** Like `Clauses.not` in Java. */
public operator fun Condition.not(): Condition = Clauses.not(this)

/** Like `Clauses.where` in Java. */
public infix fun String.matches(comparison: Comparison): Condition = Clauses.where(this, comparison)

/** Like `Clauses.eq` in Java. */
public infix fun String.eq(value: Any?): Condition = this matches Clauses.eq(toJava(value))

/** Like `Clauses.notEq` in Java. */
public infix fun String.notEq(value: Any?): Condition = this matches Clauses.notEq(toJava(value))

/** Like `Clauses.differsFrom` in Java. */
public infix fun String.differsFrom(value: Any?): Condition =
    this matches Clauses.differsFrom(toJava(value))

/** Like `Clauses.lessThan` in Java. */
public infix fun String.lessThan(value: Any): Condition =
    this matches Clauses.lessThan(bound(value))

/** Like `Clauses.atMost` in Java. */
public infix fun String.atMost(value: Any): Condition = this matches Clauses.atMost(bound(value))

/** Like `Clauses.greaterThan` in Java. */
public infix fun String.greaterThan(value: Any): Condition =
    this matches Clauses.greaterThan(bound(value))

/** Like `Clauses.atLeast` in Java. */
public infix fun String.atLeast(value: Any): Condition = this matches Clauses.atLeast(bound(value))

/** Like `Clauses.between` in Java: `"age" within 18..30`, both ends included. */
public infix fun <T : Comparable<T>> String.within(range: ClosedRange<T>): Condition =
    this matches Clauses.between(bound(range.start), bound(range.endInclusive))

/** Like `Clauses.in` in Java. */
public infix fun String.isIn(values: Collection<Any?>): Condition =
    this matches Clauses.`in`(values.map { toJava(it) })

/** Like `Clauses.notIn` in Java. */
public infix fun String.notIn(values: Collection<Any?>): Condition =
    this matches Clauses.notIn(values.map { toJava(it) })

/** Like `Clauses.like` in Java. */
public infix fun String.like(pattern: String): Condition = this matches Clauses.like(pattern)

/** Like `Clauses.notLike` in Java. */
public infix fun String.notLike(pattern: String): Condition = this matches Clauses.notLike(pattern)

/** Like `Clauses.ilike` in Java. */
public infix fun String.ilike(pattern: String): Condition = this matches Clauses.ilike(pattern)

/** Like `Clauses.notIlike` in Java. */
public infix fun String.notIlike(pattern: String): Condition =
    this matches Clauses.notIlike(pattern)

/** Like `Clauses.isNull` in Java. */
public fun String.isNull(): Condition = this matches Clauses.isNull()

/** Like `Clauses.isNotNull` in Java. */
public fun String.isNotNull(): Condition = this matches Clauses.isNotNull()

/** The value as Java knows it; null only where a value class stands for null. */
private fun bound(value: Any): Any = toJava(value) ?: value
