package dev.howdah.benchmarks

import dev.howdah.config.ManagerOptions
import dev.howdah.coroutines.Database
import dev.howdah.coroutines.DatabaseManager
import dev.howdah.coroutines.Query
import dev.howdah.query.Clauses.onConflict
import dev.howdah.row.Row
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.async
import kotlinx.coroutines.awaitAll
import kotlinx.coroutines.runBlocking

/**
 * Howdah through its Kotlin handles, with its defaults.
 *
 * Where one call is made, coroutines are entered once, on the calling thread, which waits there as
 * `join()` waits in Java: with a dispatcher of its own it would change threads twice more than Java
 * does, and that would be measured instead of the facade. Where a program would have many
 * coroutines, they run with `Dispatchers.Default`.
 */
internal class HowdahKotlinClient(server: Server, pool: Int) : Client {
    private val db = runBlocking { Database.connect(server.options(pool)) }
    private val tables = DatabaseManager.of(db, ManagerOptions.of("deletion password"))

    override fun gather(keys: IntArray): List<Account> = runBlocking {
        db.gather(keys.map { Query.one<Account>(Accounts.LOOK_UP, it) })
    }

    override fun gatherMixed(keys: IntArray): List<Account> = runBlocking {
        db.gather(keys.mapIndexed { index, key -> Query.one<Account>(Accounts.mixed(index), key) })
    }

    override fun callers(keys: Array<IntArray>): Long =
        runBlocking(Dispatchers.Default) {
            val callers =
                keys.map { own ->
                    async {
                        own.sumOf { db.fetchOne<Account>(Accounts.LOOK_UP, it).abalance.toLong() }
                    }
                }
            callers.awaitAll().sum()
        }

    override fun lookUp(key: Int): Account = runBlocking {
        db.fetchOne<Account>(Accounts.LOOK_UP, key)
    }

    override fun lookUpEach(keys: IntArray): List<Account> = runBlocking {
        keys.map { db.fetchOne<Account>(Accounts.LOOK_UP, it) }
    }

    override fun transact(keys: IntArray): Long =
        runBlocking(Dispatchers.Default) { keys.map { async { transaction(it) } }.awaitAll().sum() }

    override fun fetchRows(): Long = runBlocking {
        db.fetch<Row>(Accounts.FETCH).sumOf {
            number(it, 0) + number(it, 1) + number(it, 2) + it.get(3, String::class.java)!!.length
        }
    }

    override fun fetchRecords(): List<Account> = runBlocking { db.fetch<Account>(Accounts.FETCH) }

    override fun stream(times: Int): Long = runBlocking {
        var sum = 0L
        db.stream<Account>(Accounts.STREAM, times).collect { sum += it.checksum() }
        sum
    }

    override fun executeMany(sql: String, items: List<Item>): Long = runBlocking {
        val elements = items.asSequence().map { listOf(it.bid, it.amount, it.note, it.id) }
        db.executeMany(sql, elements)
    }

    override fun upsert(items: List<Item>): Long = runBlocking {
        tables.upsert(Items.TABLE, items, onConflict("id"))
    }

    override fun insert(items: List<Item>): Long = runBlocking { db.copyIn(Items.TABLE, items) }

    override fun insertBatch(items: List<Item>): Long = runBlocking {
        tables.insert(Items.TABLE, items)
    }

    override fun close() = runBlocking { db.close() }

    private fun number(row: Row, column: Int): Long =
        row.get(column, Int::class.javaObjectType)!!.toLong()

    private suspend fun transaction(key: Int): Long =
        db.transaction {
            execute(Ledger.UPDATE, Ledger.DELTA, key)
            val balance = fetchOne<Long>(Ledger.SELECT, key)
            execute(Ledger.INSERT, key, Ledger.DELTA)
            balance
        }
}
