package dev.howdah.examples;

import dev.howdah.Database;
import dev.howdah.config.DatabaseOptions;
import dev.howdah.row.Codec;
import dev.howdah.row.Inet;
import dev.howdah.row.Json;
import dev.howdah.row.Lsn;
import dev.howdah.row.Range;
import dev.howdah.row.Row;
import java.math.BigDecimal;
import java.net.URI;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** What docs/types.md shows: compiled, not run. */
final class TypesPage {
  private TypesPage() {}

  /** A composite of the database: {@code CREATE TYPE address AS (street text, city text)}. */
  record Address(String street, String city) {}

  /** A document of a json column. */
  record Settings(String theme, List<Integer> sizes) {}

  static CompletableFuture<Row> values(Database db) {
    // region values
    CompletableFuture<Row> guest =
        db.execute(
                "INSERT INTO guests (home, stay, host, settings) VALUES ($1, $2, $3, $4)",
                new Address("Main St 1", "Springfield"), // a composite
                Range.closedOpen(LocalDate.of(2024, 2, 28), LocalDate.of(2024, 3, 2)),
                Inet.parse("10.0.0.1/8"),
                Json.of(new Settings("dark", List.of(1, 2))))
            .thenCompose(inserted -> db.fetchOne("SELECT * FROM guests LIMIT 1"))
            .thenApply(
                row -> {
                  Address home = row.get("home", Address.class);
                  Settings settings = row.get("settings", Settings.class);
                  System.out.println(home + " " + settings + " " + row.get("stay"));
                  return row;
                });
    // endregion
    return guest;
  }

  /** An amount of the currency that the server prints. */
  record Money(BigDecimal amount) {
    static Money parse(String text) {
      return new Money(new BigDecimal(text.replaceAll("[$,]", "")));
    }

    String text() {
      return amount.toPlainString();
    }
  }

  static DatabaseOptions codecs(String url) {
    // region codecs
    DatabaseOptions options =
        DatabaseOptions.of(url)
            .withCodec(Codec.of("money", Money.class, Money::parse, Money::text)) // both ways
            .withCodec(Codec.reading("pg_lsn", Lsn.class, Lsn::parse)) // results only
            .withCodec(Codec.writing(URI.class, URI::toString)); // arguments only
    // endregion
    return options;
  }
}
