package dev.howdah.examples.kotlin

import dev.howdah.coroutines.DatabaseManager
import dev.howdah.error.ClientException.WrongDeletionPassword
import dev.howdah.examples.ExampleDatabase
import dev.howdah.query.Clauses.columns
import dev.howdah.query.Clauses.onConflict
import dev.howdah.schema.Column

private const val DELETION_PASSWORD = "repeat me before you delete"

/** Tables by name from their creation to their end: connect, create, insert, select, delete. */
internal suspend fun article(database: ExampleDatabase) {
    heading("Connect by URL")
    DatabaseManager.connect(database.url, DELETION_PASSWORD).use { manager ->
        println(if (manager.tableExists("new_users")) "table is there" else "no table yet")
    }

    heading("Connect by parts")
    DatabaseManager.connect(database.authParams(), DELETION_PASSWORD).use { manager ->
        createTables(manager)
        addRecords(manager)
        readThem(manager)
        changeThem(manager)
        deleteThem(manager)
    }
}

private suspend fun createTables(manager: DatabaseManager) {
    heading("Create a table from columns")
    manager.createTable(
        "new_users",
        Column.bigint("user_id").primaryKey(),
        Column.text("user_name").defaultValue("Vasya").unique(),
        Column.text("user_surname"),
        Column.integer("user_age"),
    )

    heading("Create a table from maps")
    manager.createTable(
        "map_users",
        listOf(
            mapOf(
                "name" to "user_id",
                "type" to "BigInteger",
                "options" to mapOf("primary_key" to true, "autoincrement" to false),
            ),
            mapOf(
                "name" to "user_name",
                "type" to "String",
                "options" to mapOf("default" to "Vasya", "unique" to true),
            ),
            mapOf("name" to "user_surname", "type" to "String"),
            mapOf("name" to "user_age", "type" to "Integer"),
        ),
    )
}

private suspend fun addRecords(manager: DatabaseManager) {
    heading("Insert one, and ignore it when it is there")
    val one = user(1, "Вася", "Сидоров", 40)
    manager.insert("new_users", one, onConflict("user_id").ignore())

    heading("Insert several: the first is there and stays as it is")
    val several =
        listOf(
            user(1, "Василий", "Сидоренко", 40),
            user(2, "Дмитрий", "Иванов", 30),
            user(3, "Олег", "Смирнов", 46),
            user(4, "Петр", "Петров", 23),
        )
    manager.insert("new_users", several, onConflict("user_id").ignore())

    heading("Upsert: two are there and updated, one is new")
    val newer =
        listOf(
            user(1, "Василий", "Сидоренко", 40),
            user(4, "Петя", "Петров", 24),
            user(5, "Антон", "Антонов", 54),
        )
    manager.upsert("new_users", newer, onConflict("user_id"))
}

private fun user(id: Int, name: String, surname: String, age: Int) =
    mapOf("user_id" to id, "user_name" to name, "user_surname" to surname, "user_age" to age)

private suspend fun readThem(manager: DatabaseManager) {
    heading("Select: a list, one, some columns, all")
    val third = mapOf("user_id" to 3)
    println(manager.select("new_users", third))
    println(manager.selectOne("new_users", third))
    println(manager.selectOne("new_users", third, columns("user_name", "user_surname")))
    manager.select("new_users").forEach(::println)

    heading("Select: number 1, 3 or 4")
    val anyOfThese = listOf(mapOf("user_id" to 1), mapOf("user_id" to 3), mapOf("user_id" to 4))
    manager.select("new_users", anyOfThese, columns("user_surname", "user_name")).forEach(::println)
}

private suspend fun changeThem(manager: DatabaseManager) {
    heading("Update one, then two")
    manager.update(
        "new_users",
        mapOf("user_id" to 2),
        mapOf("user_surname" to "Иванов", "user_age" to 42),
    )
    manager.update(
        "new_users",
        listOf(mapOf("user_id" to 2), mapOf("user_id" to 3)),
        mapOf("user_surname" to "Руссо", "user_age" to 40),
    )
}

private suspend fun deleteThem(manager: DatabaseManager) {
    heading("Delete one, then two, then all, then the tables")
    manager.delete("new_users", mapOf("user_id" to 1))
    manager.delete("new_users", listOf(mapOf("user_id" to 2), mapOf("user_id" to 3)))
    println("left: ${manager.count("new_users")}")
    try {
        manager.deleteAll("new_users", "not the password")
    } catch (refused: WrongDeletionPassword) {
        println("refused: ${refused.message}")
    }
    manager.deleteAll("new_users", DELETION_PASSWORD)
    manager.dropTable("new_users", DELETION_PASSWORD)
    manager.dropTable("map_users", DELETION_PASSWORD)
}

private fun heading(text: String) {
    println("-- $text")
}
