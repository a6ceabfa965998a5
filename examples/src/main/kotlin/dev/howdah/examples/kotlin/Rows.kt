package dev.howdah.examples.kotlin

import dev.howdah.coroutines.Database
import dev.howdah.coroutines.get
import dev.howdah.coroutines.getOrElse
import dev.howdah.coroutines.strict
import dev.howdah.examples.ExampleDatabase
import dev.howdah.row.KindColumn
import dev.howdah.row.KindValue
import dev.howdah.row.Row

// region types
@JvmInline value class Email(val text: String)

data class City(val name: String, val country: String = "LV")

data class Member(
    val id: Long,
    val fullName: String,
    val emails: List<Email>,
    val age: Int?,
    val level: String = "guest", // stands for a missing column, not for null
    val city: City?,
)

@KindColumn("kind")
sealed interface Payment {
    data class Card(val number: String) : Payment

    @KindValue("cash") data object Coins : Payment
}

// endregion

/** What docs/rows.md shows: values of a row, and rows as types of one's own. */
internal suspend fun rows(database: ExampleDatabase) {
    Database.connect(database.url).use { db ->
        db.executeScript(
            """
            CREATE TABLE people (id bigint PRIMARY KEY, full_name text, emails text[], age int,
              city_name text);
            CREATE TABLE payments (id int PRIMARY KEY, kind text, number text);
            INSERT INTO people VALUES (1, 'Anna', '{a@example.org}', 30, 'Riga'),
              (2, 'Boris', '{}', NULL, NULL);
            INSERT INTO payments VALUES (1, 'card', '4111'), (2, 'cash', NULL);
            """
                .trimIndent()
        )
        read(db)
    }
}

private suspend fun read(db: Database) {
    // region reading
    val row = db.fetchOne<Row>("SELECT * FROM people WHERE id = 2")
    val id = row.get<Int>("id")
    val age = row.get<Int?>("age") // without the question mark null is an error
    val orElse = row.getOrElse("age") { 18 }

    val members = db.fetch<Member>("SELECT * FROM people ORDER BY id")
    val exact = db.fetch("SELECT id, full_name AS name FROM people", mapper = strict<Name>())
    val payments = db.fetch<Payment>("SELECT * FROM payments ORDER BY id")
    // endregion
    println("$id $age $orElse")
    members.forEach(::println)
    println("$exact $payments")
}

private data class Name(val id: Long, val name: String)
