package dev.howdah.coroutines

import dev.howdah.config.DatabaseOptions
import dev.howdah.error.ClientException.RolledBack
import dev.howdah.testing.BlockingDatabase
import dev.howdah.testing.BlockingHooks
import dev.howdah.testing.BlockingQueries
import dev.howdah.testing.Crowd
import dev.howdah.testing.CursorContract
import dev.howdah.testing.DatabaseContract
import dev.howdah.testing.ExplicitTransactionContract
import dev.howdah.testing.HooksContract
import dev.howdah.testing.ListenerContract
import dev.howdah.testing.OccupancyContract
import dev.howdah.testing.PoolContract
import dev.howdah.testing.PostgresTest
import dev.howdah.testing.QueriesContract
import dev.howdah.testing.RetryContract
import dev.howdah.testing.SavepointContract
import dev.howdah.testing.StreamContract
import dev.howdah.testing.TestDatabase
import dev.howdah.testing.TransactionContract
import dev.howdah.testing.WithoutMessages
import java.util.function.Consumer
import org.junit.jupiter.api.Nested

/** What the Java handles promise, the Kotlin handles keep. */
internal class ContractsDatabaseTest {
    @Nested
    @PostgresTest
    inner class ADatabase :
        QueriesContract,
        StreamContract,
        DatabaseContract,
        TransactionContract,
        RetryContract,
        ExplicitTransactionContract,
        SavepointContract,
        CursorContract,
        OccupancyContract,
        PoolContract,
        HooksContract,
        ListenerContract {
        override fun connect(options: DatabaseOptions, hooks: BlockingHooks): BlockingDatabase =
            KotlinHandles.connect(options, hooks)

        override fun with(server: TestDatabase, test: Consumer<BlockingQueries>) {
            onDatabase(optionsOf(server)) { test.accept(it) }
        }
    }

    @Nested
    @PostgresTest
    inner class AConnection : QueriesContract, StreamContract {
        override fun with(server: TestDatabase, test: Consumer<BlockingQueries>) {
            KotlinHandles.connect(optionsOf(server)).use { db -> db.connection { test.accept(it) } }
        }
    }

    @Nested
    @PostgresTest
    inner class ATransaction : QueriesContract, StreamContract {
        override fun with(server: TestDatabase, test: Consumer<BlockingQueries>) {
            try {
                KotlinHandles.connect(optionsOf(server)).use { db ->
                    db.transaction { test.accept(it) }
                }
            } catch (afterAnExpectedError: RolledBack) {
                // The test provoked an error of the server's, which no transaction survives.
            }
        }
    }

    /** Where the driver does not let us at its messages. */
    @Nested
    @PostgresTest
    inner class ADatabaseByStatements :
        WithoutMessages, StreamContract, DatabaseContract, TransactionContract, CursorContract {
        override fun connect(options: DatabaseOptions, hooks: BlockingHooks): BlockingDatabase =
            WithoutMessages.connect { KotlinHandles.connect(options, hooks) }

        override fun with(server: TestDatabase, test: Consumer<BlockingQueries>) {
            onDatabase(optionsOf(server)) { test.accept(it) }
        }
    }

    /** Calls that wait together. */
    @Nested
    @PostgresTest
    inner class ACrowd : QueriesContract {
        private val crowd = Crowd()

        override fun with(server: TestDatabase, test: Consumer<BlockingQueries>) {
            crowd.with(server, { KotlinHandles.connect(it) }, test)
        }
    }
}
