package dev.howdah.coroutines

import dev.howdah.internal.engine.Elements
import dev.howdah.internal.engine.Engine
import dev.howdah.query.ManyQuery
import dev.howdah.row.RowSet
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.asExecutor
import kotlinx.coroutines.channels.ReceiveChannel
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.produceIn
import kotlinx.coroutines.reactor.mono
import reactor.core.publisher.Mono
import reactor.core.scheduler.Scheduler
import reactor.core.scheduler.Schedulers

/** Runs one statement for each element, which is pulled with `Dispatchers.Default`. */
internal suspend fun Engine.many(query: ManyQuery, elements: Iterator<*>): RowSet =
    many(query, Pulled(elements)).await()

/** As above, from a flow, which is collected in the caller's context. */
internal suspend fun Engine.many(query: ManyQuery, elements: Flow<*>): RowSet =
    receiving(elements) { many(query, it).await() }

/** Runs [block] with what a flow gives; it is collected in the caller's context meanwhile. */
internal suspend fun <R> receiving(elements: Flow<*>, block: suspend (Elements) -> R): R =
    coroutineScope {
        val channel = elements.produceIn(this)
        try {
            block(Received(channel))
        } finally {
            channel.cancel()
        }
    }

internal class Pulled(private val source: Iterator<*>) : Elements {
    override fun next(most: Int): Mono<List<*>> =
        Mono.fromCallable { pull(most) }.subscribeOn(PULLING)

    private fun pull(most: Int): List<*> {
        val pulled = ArrayList<Any?>()
        while (pulled.size < most && source.hasNext()) pulled.add(element(source.next()))
        return pulled
    }

    companion object {
        val PULLING: Scheduler = Schedulers.fromExecutor(Dispatchers.Default.asExecutor())
    }
}

private class Received(private val channel: ReceiveChannel<*>) : Elements {
    override fun next(most: Int): Mono<List<*>> =
        mono(Dispatchers.Default) {
            val received = ArrayList<Any?>()
            while (received.size < most) {
                val next = channel.receiveCatching()
                next.exceptionOrNull()?.let { throw it }
                if (next.isClosed) break
                received.add(element(next.getOrNull()))
            }
            received
        }
}

/** As Java knows it: what binds a statement's parameters, or is a record. */
private fun element(value: Any?): Any? =
    if (value is Array<*> && value.any { toJava(it) !== it }) value.map { toJava(it) }
    else toJava(value)
