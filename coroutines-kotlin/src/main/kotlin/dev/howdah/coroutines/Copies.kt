package dev.howdah.coroutines

import dev.howdah.internal.tables.CopyCore
import dev.howdah.query.CopyIn
import dev.howdah.query.CopyOut
import dev.howdah.query.CopyRecords
import java.nio.ByteBuffer
import kotlin.time.Duration
import kotlin.time.toJavaDuration
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.asExecutor
import kotlinx.coroutines.channels.Channel
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.buffer
import kotlinx.coroutines.flow.channelFlow
import kotlinx.coroutines.reactor.mono
import reactor.core.scheduler.Scheduler
import reactor.core.scheduler.Schedulers

/** Like `CopyRecords.timeout` in Java. */
public fun CopyRecords.timeout(timeout: Duration): CopyRecords = timeout(timeout.toJavaDuration())

/** Like `CopyIn.timeout` in Java. */
public fun CopyIn.timeout(timeout: Duration): CopyIn = timeout(timeout.toJavaDuration())

/** Like `CopyOut.timeout` in Java. */
public fun CopyOut.timeout(timeout: Duration): CopyOut = timeout(timeout.toJavaDuration())

/** Where files and streams are waited for. */
internal val BLOCKING: Scheduler = Schedulers.fromExecutor(Dispatchers.IO.asExecutor())

/** The bytes of a copy, a chunk at a time: the server waits while the collector is busy. */
internal fun bytesOf(copies: CopyCore, copy: CopyOut): Flow<ByteArray> =
    channelFlow {
            copies
                .out(copy) { chunk ->
                    val bytes = bytes(chunk)
                    mono(Dispatchers.Unconfined) { send(bytes) }.then()
                }
                .await()
        }
        .buffer(Channel.RENDEZVOUS)

private fun bytes(chunk: ByteBuffer): ByteArray =
    ByteArray(chunk.remaining()).also { chunk.get(it) }
