package dev.howdah.coroutines

import dev.howdah.config.TransactionOptions
import dev.howdah.internal.engine.Engine
import dev.howdah.internal.engine.Engine.EndedBy
import dev.howdah.internal.engine.Retries
import java.util.concurrent.CancellationException
import kotlin.time.toKotlinDuration
import kotlinx.coroutines.currentCoroutineContext
import kotlinx.coroutines.delay
import kotlinx.coroutines.ensureActive

/** Begin, the caller's block, end; again when the options ask for it and the failure allows it. */
internal suspend fun <T> inTransaction(
    engine: Engine,
    options: TransactionOptions,
    block: suspend (Engine.Scope) -> T,
): T {
    var tries = 0
    while (true) {
        try {
            return once(engine, options, block)
        } catch (failure: Throwable) {
            tries++
            val pause = Retries.pause(options, tries, failure) ?: throw failure
            delay(pause.toKotlinDuration())
        }
    }
}

private suspend fun <T> once(
    engine: Engine,
    options: TransactionOptions,
    block: suspend (Engine.Scope) -> T,
): T {
    val scope = engine.begin(options, EndedBy.BLOCK).awaitOwned { it.fail(CancellationException()) }
    val result =
        try {
            val result = block(scope)
            // A block may have swallowed its cancellation, and left its work half done.
            currentCoroutineContext().ensureActive()
            result
        } catch (failure: Throwable) {
            scope.fail(failure).awaitEndWhateverHappens()
            throw failure
        }
    scope.complete().awaitEndWhateverHappens()
    return result
}
