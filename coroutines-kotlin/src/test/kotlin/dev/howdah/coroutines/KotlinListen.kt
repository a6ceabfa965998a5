package dev.howdah.coroutines

import dev.howdah.config.DatabaseOptions
import dev.howdah.observe.Notification
import dev.howdah.observe.NotificationGap
import dev.howdah.testing.BlockingListen
import java.util.function.Consumer
import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.Job
import kotlinx.coroutines.SupervisorJob
import kotlinx.coroutines.cancelAndJoin
import kotlinx.coroutines.launch
import kotlinx.coroutines.runBlocking

/** Collecting notifications, waiting: what the contract runs on. */
internal class KotlinListen(private val db: Database) : BlockingListen {
    private val scope = CoroutineScope(SupervisorJob() + Dispatchers.Default)

    override fun listen(
        channel: String,
        bufferSize: Int,
        listener: Consumer<Notification>,
        gapListener: Consumer<NotificationGap>,
    ): BlockingListen.Ear {
        val listening = CompletableDeferred<Unit>()
        val notifications =
            db.listen(
                channel,
                bufferSize,
                onListening = { listening.complete(Unit) },
                onGap = { gapListener.accept(it) },
            )
        val job =
            scope.launch {
                try {
                    notifications.collect { listener.accept(it) }
                } catch (failure: Exception) {
                    listening.completeExceptionally(failure)
                }
            }
        runBlocking { listening.await() }
        return Collecting(job)
    }

    private class Collecting(private val job: Job) : BlockingListen.Ear {
        override fun hasEnded(): Boolean = job.isCompleted

        override fun close() = runBlocking { job.cancelAndJoin() }
    }

    override fun notify(channel: String, payload: String) = runBlocking {
        db.notify(channel, payload)
    }

    override fun notifyInTransaction(
        channel: String,
        payload: String,
        meanwhile: Runnable,
        commit: Boolean,
    ) = runBlocking {
        try {
            db.transaction {
                notify(channel, payload)
                meanwhile.run()
                check(commit)
            }
        } catch (rolledBack: IllegalStateException) {
            // As it was meant.
        }
    }

    override fun execute(sql: String): Long = runBlocking { db.execute(sql) }

    override fun expireConnections() = db.expireConnections()

    override fun close() = runBlocking { db.close() }

    companion object {
        fun connect(options: DatabaseOptions): BlockingListen =
            KotlinListen(runBlocking { Database.connect(options) })
    }
}
