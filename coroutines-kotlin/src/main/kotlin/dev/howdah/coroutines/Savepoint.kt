package dev.howdah.coroutines

import dev.howdah.internal.engine.Engine

/** Like `Savepoint` in Java: a named mark to which its transaction can go back. */
public class Savepoint
internal constructor(
    /** Its name, as it was given. */
    public val name: String,
    private val mark: Engine.Mark,
) {
    /** Like `Savepoint.rollback` in Java. */
    public suspend fun rollback(): Unit = mark.rollback().awaitEnd()

    /** Like `Savepoint.release` in Java. */
    public suspend fun release(): Unit = mark.release().awaitEnd()

    override fun toString(): String = "Savepoint[$name]"
}
