package dev.howdah.benchmarks

import dev.howdah.coroutines.Database
import dev.howdah.coroutines.Query
import kotlinx.coroutines.runBlocking

/**
 * Howdah through its Kotlin handles.
 *
 * Each call enters coroutines once, on the calling thread, which waits there as `join()` waits in
 * Java. With a dispatcher of its own it would change threads twice more than Java does, and that
 * would be measured instead of the facade.
 */
internal class HowdahKotlinClient(server: Server) : Client {
    private val db = runBlocking { Database.connect(server.options()) }

    override fun gather(keys: IntArray): List<Account> = runBlocking {
        db.gather(keys.map { Query.one<Account>(Accounts.LOOK_UP, it) })
    }

    override fun lookUp(key: Int): Account = runBlocking {
        db.fetchOne<Account>(Accounts.LOOK_UP, key)
    }

    override fun lookUpEach(keys: IntArray): List<Account> = runBlocking {
        keys.map { db.fetchOne<Account>(Accounts.LOOK_UP, it) }
    }

    override fun close() = runBlocking { db.close() }
}
