package dev.howdah.coroutines

import dev.howdah.config.ManagerOptions
import dev.howdah.error.ClientException.UnknownColumn
import dev.howdah.error.ClientException.WrongArguments
import dev.howdah.query.CopyRecords
import dev.howdah.row.ColumnName
import dev.howdah.testing.PostgresTest
import dev.howdah.testing.TestDatabase
import kotlin.time.Duration
import kotlin.time.Duration.Companion.hours
import kotlin.time.ExperimentalTime
import kotlin.time.Instant
import kotlin.uuid.ExperimentalUuidApi
import kotlin.uuid.Uuid
import kotlinx.coroutines.flow.asFlow
import org.assertj.core.api.Assertions.assertThat
import org.junit.jupiter.api.BeforeEach
import org.junit.jupiter.api.Test

/** Data classes with what only Kotlin knows, as records of `copyIn`, `insert` and `upsert`. */
@OptIn(ExperimentalTime::class, ExperimentalUuidApi::class)
@PostgresTest
internal class KotlinRecordsDatabaseTest {
    @JvmInline value class Email(val address: String)

    @JvmInline value class Rank(val place: Int)

    data class Event(
        val id: Uuid,
        val took: Duration,
        val happenedAt: Instant?,
        val size: UInt,
        val total: ULong,
        val tiny: UByte?,
        val email: Email,
        val rank: Rank?,
        val friends: List<Uuid>,
        @param:ColumnName("Full Name") val name: String,
        val plain: Int?,
    ) {
        /** Computed, so not stored. */
        val shown: Email
            get() = email
    }

    private val events =
        listOf(
            Event(
                Uuid.fromLongs(1, 2),
                2.hours,
                Instant.fromEpochSeconds(5),
                UInt.MAX_VALUE,
                ULong.MAX_VALUE,
                UByte.MAX_VALUE,
                Email("a@b"),
                Rank(7),
                listOf(Uuid.fromLongs(3, 4)),
                "A",
                1,
            ),
            Event(
                Uuid.fromLongs(5, 6),
                -Duration.ZERO,
                null,
                0u,
                0u,
                null,
                Email(""),
                null,
                emptyList(),
                "B",
                null,
            ),
        )

    @BeforeEach
    fun table(server: TestDatabase) {
        server.sql(
            "CREATE TABLE events (id uuid PRIMARY KEY, took interval, happened_at timestamptz," +
                " size bigint NOT NULL DEFAULT 7, total numeric, tiny smallint, email text," +
                " rank int, friends uuid[], \"Full Name\" text, plain int)"
        )
    }

    private suspend fun read(db: Database): List<Event> =
        db.fetch<Event>("SELECT * FROM events ORDER BY id")

    @Test
    fun theyAreCopiedAndReadBack(server: TestDatabase) =
        with(server) { db ->
            assertThat(db.copyIn("events", events)).isEqualTo(2)
            assertThat(read(db)).isEqualTo(events)
            db.execute("DELETE FROM events")
            assertThat(db.copyIn(CopyRecords.into("events").asText(), events.asFlow())).isEqualTo(2)
            assertThat(read(db)).isEqualTo(events)
        }

    @Test
    fun theyAreInsertedUpsertedAndReadBack(server: TestDatabase) =
        with(server) { db ->
            val manager = DatabaseManager.of(db, ManagerOptions.of("please"))
            assertThat(manager.insert("events", events)).isEqualTo(2)
            assertThat(read(db)).isEqualTo(events)
            val larger = events.map { it.copy(size = it.size / 2u, email = Email("new")) }
            assertThat(manager.upsert("events", larger)).isEqualTo(2)
            assertThat(read(db)).isEqualTo(larger)
        }

    @Test
    fun listsArraysAndMapsMayHoldThemToo(server: TestDatabase) =
        with(server) { db ->
            val some = CopyRecords.into("events").columns("id", "size", "email")
            db.copyIn(
                some,
                listOf(
                    arrayOf(Uuid.fromLongs(1, 1), 1u, Email("a")),
                    listOf(Uuid.fromLongs(1, 2), 2u, Email("b")),
                    mapOf("id" to Uuid.fromLongs(1, 3), "size" to 3u, "email" to Email("c")),
                ),
            )
            db.executeMany(
                "INSERT INTO events (id, size, email) VALUES ($1, $2, $3)",
                listOf(arrayOf(Uuid.fromLongs(1, 4), 4u, Email("d"))),
            )
            assertThat(db.fetch<String>("SELECT size || email FROM events ORDER BY id"))
                .containsExactly("1a", "2b", "3c", "4d")
        }

    data class Wrong(val id: Uuid, val sizes: UInt)

    data class TooLarge(val id: Uuid, val rank: UInt)

    @Test
    fun whatDoesNotFitIsRefusedByName(server: TestDatabase) =
        with(server) { db ->
            val manager = DatabaseManager.of(db, ManagerOptions.of("please"))
            val wrong = Wrong(Uuid.fromLongs(1, 1), 1u)
            assertThat(failureOf<UnknownColumn> { db.copyIn("events", listOf(wrong)) })
                .hasMessageContaining("sizes")
            assertThat(failureOf<UnknownColumn> { manager.insert("events", wrong) })
                .hasMessageContaining("sizes")
            val large = TooLarge(Uuid.fromLongs(1, 1), UInt.MAX_VALUE)
            assertThat(
                    failureOf<WrongArguments> {
                        db.copyIn(CopyRecords.into("events").columns("id", "rank"), listOf(large))
                    }
                )
                .hasMessageContaining("column 'rank' of table 'events' (int4)")
            assertThat(failureOf<WrongArguments> { manager.insert("events", large) })
                .hasMessageContaining("rank")
        }
}
