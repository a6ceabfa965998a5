package dev.howdah.coroutines

import dev.howdah.internal.listen.Inbox
import dev.howdah.observe.Notification
import dev.howdah.observe.NotificationGap
import kotlinx.coroutines.channels.Channel
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.flow
import reactor.core.publisher.Mono

/** Notifications as they come; each collection listens, and stops however it ends. */
internal fun notificationsOf(
    listening: Mono<Inbox>,
    onListening: suspend () -> Unit,
    onGap: suspend (NotificationGap) -> Unit,
): Flow<Notification> = flow {
    val inbox = listening.awaitOwned { it.close() }
    closing({ inbox.close().awaitEndWhateverHappens() }) {
        onListening()
        val news = Channel<Unit>(Channel.CONFLATED)
        inbox.whenReady { news.trySend(Unit) }
        while (!inbox.isOver) {
            val heard = inbox.poll()
            if (heard == null) {
                news.receive()
            } else {
                heard.gap()?.let { onGap(it) }
                heard.notification()?.let { emit(it) }
            }
        }
    }
}
