package dev.howdah.coroutines

import dev.howdah.config.DatabaseOptions
import dev.howdah.error.ClientException.RolledBack
import dev.howdah.testing.BlockingDatabase
import dev.howdah.testing.BlockingQueries
import dev.howdah.testing.DatabaseContract
import dev.howdah.testing.PostgresTest
import dev.howdah.testing.QueriesContract
import dev.howdah.testing.TestDatabase
import java.util.function.Consumer
import org.junit.jupiter.api.Nested

/** What the Java handles promise, the Kotlin handles keep. */
internal class ContractsDatabaseTest {
    @Nested
    @PostgresTest
    inner class ADatabase : DatabaseContract, QueriesContract {
        override fun connect(options: DatabaseOptions): BlockingDatabase =
            KotlinHandles.connect(options)

        override fun with(server: TestDatabase, test: Consumer<BlockingQueries>) {
            KotlinHandles.connect(DatabaseOptions.of(server.url())).use { test.accept(it) }
        }
    }

    @Nested
    @PostgresTest
    inner class AConnection : QueriesContract {
        override fun with(server: TestDatabase, test: Consumer<BlockingQueries>) {
            KotlinHandles.connect(DatabaseOptions.of(server.url())).use { db ->
                db.connection { test.accept(it) }
            }
        }
    }

    @Nested
    @PostgresTest
    inner class ATransaction : QueriesContract {
        override fun with(server: TestDatabase, test: Consumer<BlockingQueries>) {
            try {
                KotlinHandles.connect(DatabaseOptions.of(server.url())).use { db ->
                    db.transaction { test.accept(it) }
                }
            } catch (afterAnExpectedError: RolledBack) {
                // The test provoked an error of the server's, which no transaction survives.
            }
        }
    }
}
