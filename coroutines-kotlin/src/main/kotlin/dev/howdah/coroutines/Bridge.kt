package dev.howdah.coroutines

import dev.howdah.error.ClientException.WrongArguments
import dev.howdah.internal.engine.Engine
import dev.howdah.query.Query
import kotlin.coroutines.resumeWithException
import kotlin.time.Duration
import kotlin.time.toJavaDuration
import kotlinx.coroutines.NonCancellable
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.flow
import kotlinx.coroutines.reactor.awaitSingleOrNull
import kotlinx.coroutines.suspendCancellableCoroutine
import kotlinx.coroutines.withContext
import org.reactivestreams.Subscription
import reactor.core.CoreSubscriber
import reactor.core.publisher.Mono

// The only place where the engine's answers become suspension. A coroutine goes on with its own
// dispatcher, so nothing of a caller's runs on the network's event loop (Unconfined alone does).

/** Waits for an answer; cancelling the coroutine stops the work. */
internal suspend fun <T : Any> Mono<T>.await(): T = checkNotNull(awaitSingleOrNull())

/** Waits for the end of work that has no answer; cancelling the coroutine stops the work. */
internal suspend fun Mono<Void>.awaitEnd() {
    awaitSingleOrNull()
}

/** Waits for the end of work that must be done even when the coroutine is cancelled. */
internal suspend fun Mono<Void>.awaitEndWhateverHappens() {
    withContext(NonCancellable) { awaitEnd() }
}

/**
 * Waits for something that must be given back.
 *
 * A coroutine may be cancelled when the answer is here and has not reached it yet; [lost] then
 * gives it back, for nobody else can.
 */
internal suspend fun <T : Any> Mono<T>.awaitOwned(lost: (T) -> Mono<Void>): T =
    suspendCancellableCoroutine { waiter ->
        subscribe(
            object : CoreSubscriber<T> {
                override fun onSubscribe(subscription: Subscription) {
                    waiter.invokeOnCancellation { subscription.cancel() }
                    subscription.request(Long.MAX_VALUE)
                }

                override fun onNext(answer: T) {
                    waiter.resume(answer) { _, unwanted, _ -> lost(unwanted).subscribe() }
                }

                override fun onError(failure: Throwable) {
                    waiter.resumeWithException(failure)
                }

                override fun onComplete() {}
            }
        )
    }

/** The rows of an answer, a page at a time below; closed however the collection ends. */
internal fun <T> rowsOf(engine: Engine, query: Query<List<T>>): Flow<T> = flow {
    val pages = engine.stream(query).awaitOwned { it.close() }
    closing({ pages.close().awaitEndWhateverHappens() }) {
        do {
            val page = pages.fetch(query.fetchSize()).await()
            query.read(page).forEach { emit(it) }
        } while (page.rows().size == query.fetchSize())
    }
}

/** A time limit as the engine takes it; what is none is refused. */
internal fun positive(verb: String, timeout: Duration): java.time.Duration {
    if (!timeout.isPositive()) {
        throw WrongArguments("$verb's timeout must be longer than zero, it was $timeout")
    }
    return timeout.toJavaDuration()
}

/** Runs the block, then closes, however the block ends; its failure keeps the first place. */
@PublishedApi
internal suspend inline fun <R> closing(close: suspend () -> Unit, block: () -> R): R {
    var failure: Throwable? = null
    try {
        return block()
    } catch (thrown: Throwable) {
        failure = thrown
        throw thrown
    } finally {
        closeAfter(failure, close)
    }
}

@PublishedApi
internal suspend inline fun closeAfter(failure: Throwable?, close: suspend () -> Unit) {
    try {
        close()
    } catch (second: Throwable) {
        if (failure == null) throw second
        failure.addSuppressed(second)
    }
}
