package dev.howdah.examples.kotlin

import dev.howdah.coroutines.Database
import dev.howdah.examples.ExampleDatabase
import dev.howdah.row.Json
import kotlinx.serialization.SerialName
import kotlinx.serialization.Serializable

// region class
@Serializable data class Settings(val theme: String, @SerialName("font-size") val size: Int = 12)

// endregion

/** What docs/types.md shows of kotlinx.serialization. */
internal suspend fun documents(database: ExampleDatabase) {
    Database.connect(database.url).use { db ->
        db.executeScript("CREATE TABLE profiles (settings jsonb)")
        // region documents
        db.execute("INSERT INTO profiles (settings) VALUES ($1)", Json.of(Settings("dark")))
        val settings: Settings? = db.fetchValue("SELECT settings FROM profiles")
        // endregion
        println("stored as ${db.fetchValue<String>("SELECT settings FROM profiles")}: $settings")
    }
}
