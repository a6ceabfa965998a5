package dev.howdah.examples.kotlin

import dev.howdah.coroutines.ConnectionHooks
import dev.howdah.coroutines.Database
import dev.howdah.examples.ExampleDatabase
import java.time.Duration

/** What docs/pool.md shows: hooks, figures, reports, and connections that are replaced. */
internal suspend fun hooks(database: ExampleDatabase) {
    val url = database.url
    // region hooks
    val hooks =
        ConnectionHooks(
            init = { execute("SELECT set_config('app.started', now()::text, false)") },
            setup = { execute("SET app.tenant = 'north'") },
            reset = { execute("RESET app.tenant") },
        )
    val db =
        Database.connect(url, hooks) {
            pool { it.withSize(1, 10).withAcquireTimeout(Duration.ofSeconds(5)) }
            slowQueryThreshold(Duration.ofMillis(500))
        }
    // endregion
    db.use {
        println("tenant: ${db.fetchOne<String>("SHOW app.tenant")}")
        figures(db)
        prepared(db)
        db.expireConnections()
        println("alive: ${db.fetchOne<Int>("SELECT 42")}")
    }
}

private suspend fun figures(db: Database) {
    // region figures
    db.acquire().use { held ->
        held.execute("SELECT 'mine'")
        println(db.status()) // for gauges: size, idle, in use, waiting
        db.borrowedConnections().forEach(::println) // the longest first
    }
    // endregion
}

private suspend fun prepared(db: Database) {
    // region prepared
    val sum =
        db.connection {
            val twice = prepare<Int>("SELECT $1::int * 2")
            twice.fetchOne(1) + twice.fetchOne(20)
        }
    // endregion
    println("prepared: $sum")
}
