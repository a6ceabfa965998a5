package dev.howdah.coroutines

import dev.howdah.error.ClientException.MappingFailure
import dev.howdah.row.Row
import dev.howdah.testing.PostgresTest
import dev.howdah.testing.TestDatabase
import dev.howdah.testing.TypeTable
import dev.howdah.testing.TypeTable.Type
import java.nio.ByteBuffer
import kotlin.time.Duration
import kotlin.time.Duration.Companion.microseconds
import kotlin.time.ExperimentalTime
import kotlin.time.Instant
import kotlin.time.toKotlinInstant
import kotlin.uuid.ExperimentalUuidApi
import kotlin.uuid.Uuid
import org.assertj.core.api.Assertions.assertThat
import org.assertj.core.api.SoftAssertions
import org.junit.jupiter.api.Test

/** Every type of docs/types.md there and back, and the types that only Kotlin has. */
@OptIn(ExperimentalTime::class, ExperimentalUuidApi::class)
@PostgresTest
internal class TypeTableDatabaseTest {
    private fun forEachType(
        server: TestDatabase,
        test: suspend (Database, Type, SoftAssertions) -> Unit,
    ) {
        TypeTable.PREPARATION.forEach(server::sql)
        val softly = SoftAssertions()
        with(server, { setting("TimeZone", "UTC").setting("lc_monetary", "C") }) { db ->
            var seen = 0
            for (type in TypeTable.types()) {
                if (db.fetchValue<Boolean>("SELECT ${type.condition()}") == true) {
                    seen++
                    test(db, type, softly)
                }
            }
            softly.assertThat(seen).isGreaterThan(50)
        }
        softly.assertAll()
    }

    @Test
    fun valuesComeBackAndArePrintedAsPsqlPrintsThem(server: TestDatabase) =
        forEachType(server) { db, type, softly ->
            for (sample in type.samples()) {
                val row: Row =
                    db.fetchOne(
                        "SELECT \$1::$type AS value, format('%s', \$1::$type) AS text",
                        sample.argument(),
                    )
                softly
                    .assertThat(comparable(row.get<Any>("value")))
                    .isEqualTo(comparable(sample.held()))
                softly.assertThat(row.get<String>("text")).isEqualTo(sample.text())
            }
        }

    @Test
    fun nullIsNull(server: TestDatabase) =
        forEachType(server) { db, type, softly ->
            softly.assertThat(db.fetchValue<Any>("SELECT \$1::$type", null)).isNull()
        }

    @Test
    fun listsAndArraysComeBack(server: TestDatabase) =
        forEachType(server) { db, type, softly ->
            val arguments = type.samples().map { it.argument() } + null
            val held = type.samples().map { comparable(it.held()) } + null
            for (argument in listOf(arguments, arguments.toTypedArray())) {
                val list = db.fetchValue<List<Any?>>("SELECT \$1::$type[]", argument)
                softly.assertThat(list?.map(::comparable)).`as`("%s", type).isEqualTo(held)
            }
            softly.assertThat(db.fetchValue<List<Any?>>("SELECT '{}'::$type[]")).isEmpty()
        }

    private fun comparable(value: Any?): Any? =
        when (value) {
            is ByteArray -> ByteBuffer.wrap(value)
            else -> value
        }

    /** Both ways, alone and in a list with null; the text is the server's. */
    private suspend inline fun <reified T : Any> Database.roundTrip(
        type: String,
        vararg values: Pair<T, String>,
    ) {
        for ((value, text) in values) {
            val row: Row = fetchOne("SELECT $1::$type AS v, ARRAY[$1::$type, NULL] AS l", value)
            assertThat(row.get<T>("v")).isEqualTo(value)
            assertThat(row.get<List<T?>>("l")).containsExactly(value, null)
            assertThat(fetchValue<String>("SELECT ($1::$type)::text", value)).isEqualTo(text)
            assertThat(fetchValue<List<T?>>("SELECT $1::$type[]", listOf(null, value)))
                .containsExactly(null, value)
        }
        assertThat(fetchValue<T>("SELECT NULL::$type")).isNull()
    }

    @Test
    fun unsignedNumbersReachTheirLimits(server: TestDatabase) =
        with(server) { db ->
            db.roundTrip("int2", UByte.MIN_VALUE to "0", UByte.MAX_VALUE to "255")
            db.roundTrip("int4", UShort.MAX_VALUE to "65535")
            db.roundTrip("oid", UInt.MAX_VALUE to "4294967295")
            db.roundTrip("int8", UInt.MAX_VALUE to "4294967295")
            db.roundTrip("numeric", ULong.MAX_VALUE to "18446744073709551615")
            val failure = failureOf<MappingFailure> { db.fetchValue<UByte>("SELECT 256 AS size") }
            assertThat(failure).hasMessageStartingWith("column 'size': ")
            assertThat(failure.cause).hasMessage("UByte holds 0 to 255")
        }

    @Test
    fun timesAndIdsOfKotlinReachTheirLimits(server: TestDatabase) =
        with(server, { setting("TimeZone", "UTC") }) { db ->
            db.roundTrip(
                "timestamptz",
                Instant.parse("2024-02-29T12:00:00.000001Z") to "2024-02-29 12:00:00.000001+00",
                Instant.parse("-4713-11-24T00:00:00Z") to "4714-11-24 00:00:00+00 BC",
                java.time.Instant.MAX.toKotlinInstant() to "infinity",
                java.time.Instant.MIN.toKotlinInstant() to "-infinity",
            )
            db.roundTrip("interval", Duration.ZERO to "PT0S", (-1).microseconds to "PT-0.000001S")
            db.roundTrip("uuid", Uuid.NIL to "00000000-0000-0000-0000-000000000000")
        }
}
