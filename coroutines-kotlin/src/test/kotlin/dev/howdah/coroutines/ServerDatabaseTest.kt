package dev.howdah.coroutines

import dev.howdah.config.ExplainOptions
import dev.howdah.error.ClientException.RolledBack
import dev.howdah.observe.ServerVersion
import dev.howdah.query.Query as QueryValue
import dev.howdah.row.Row
import dev.howdah.testing.PostgresTest
import dev.howdah.testing.ServerContract
import dev.howdah.testing.TestDatabase
import java.util.function.Consumer
import kotlinx.coroutines.runBlocking
import org.assertj.core.api.Assertions.assertThat
import org.junit.jupiter.api.Nested
import org.junit.jupiter.api.Test

/** What the server tells of itself, by each handle; and its notices. */
@PostgresTest
internal class ServerDatabaseTest {
    private class Blocking(private val queries: Queries) : ServerContract.Handle {
        override fun serverVersion(): ServerVersion = runBlocking { queries.serverVersion() }

        override fun serverSettings(): Map<String, String> = runBlocking {
            queries.serverSettings()
        }

        override fun explain(sql: String, vararg arguments: Any?): String = runBlocking {
            queries.explain(sql, *arguments)
        }

        override fun explain(options: ExplainOptions, sql: String, vararg arguments: Any?): String =
            runBlocking {
                queries.explain(sql, *arguments, options = options)
            }

        override fun explain(options: ExplainOptions, query: QueryValue<*>): String = runBlocking {
            queries.explain(query, options)
        }

        override fun fetch(sql: String): List<Row> = runBlocking { queries.fetch(sql) }
    }

    @Nested
    @PostgresTest
    inner class ADatabase : ServerContract {
        override fun withServer(server: TestDatabase, test: Consumer<ServerContract.Handle>) =
            with(server) { db -> test.accept(Blocking(db)) }
    }

    @Nested
    @PostgresTest
    inner class AConnection : ServerContract {
        override fun withServer(server: TestDatabase, test: Consumer<ServerContract.Handle>) =
            with(server) { db -> db.connection { test.accept(Blocking(this)) } }
    }

    @Nested
    @PostgresTest
    inner class ATransaction : ServerContract {
        override fun withServer(server: TestDatabase, test: Consumer<ServerContract.Handle>) =
            try {
                with(server) { db -> db.transaction { test.accept(Blocking(this)) } }
            } catch (afterAnExpectedError: RolledBack) {
                // The test provoked an error of the server's, which no transaction survives.
            }
    }

    @Test
    fun noticesReachTheQueryAndTheConnection(server: TestDatabase) {
        with(server) { db ->
            val heard = mutableListOf<String>()
            val greeting = "DO \$\$ BEGIN RAISE NOTICE 'hello'; RAISE WARNING 'take care'; END \$\$"
            db.run(Query.execute(greeting).onNotice { heard += it.message() })
            assertThat(heard).containsExactly("hello", "take care")
            db.connection {
                onNotice { heard += it.severity() }
                execute(greeting)
            }
            assertThat(heard).containsExactly("hello", "take care", "NOTICE", "WARNING")
        }
    }
}
