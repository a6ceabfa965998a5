package dev.howdah.examples;

import dev.howdah.examples.kotlin.KotlinExamples;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** All examples, in the order of the list. */
final class Examples {
  private static final List<Example> JAVA =
      List.of(
          java(
              "first",
              "README's first program, on a server of its own",
              false,
              database -> First.main(new String[0])),
          java(
              "connection",
              "ping with a password that holds a #, by URL and by parts",
              true,
              Connecting::run),
          java("version", "connect and ask for the server's version", true, ServerVersion::run),
          java("users", "a table, two inserts, the rows", true, Users::run),
          java("one-connection", "two queries at once on one connection", true, OneConnection::run),
          java("pool", "a pool of ten and a gather of two look-ups", true, PoolOfTen::run),
          java("transaction", "two changes that are committed together", true, Commit::run),
          java("rollback", "a duplicate key undoes the whole transaction", true, Rollback::run),
          java(
              "transactions",
              "blocks, savepoints, options, a transaction of one's own",
              false,
              Transactions::run),
          java(
              "queries",
              "values, rows, records, named parameters, a transaction",
              true,
              QueryVerbs::run),
          java("rows", "values of a row, and rows as types of one's own", false, Rows::run),
          java("errors", "catching by class, by code, and what a failure says", false, Errors::run),
          java("streaming", "100,000 rows one by one, and a cursor", false, Streaming::run),
          java("listen", "notifications, notices, the server's words", false, Listen::run),
          java("hooks", "hooks, figures and reports of a pool", false, Hooks::run),
          java("echo", "see the SQL that is sent", true, Echo::run),
          java("article", "tables by name, from creating to dropping", true, Article::run),
          java(
              "tables",
              "tables by name: operators, order, pages, expressions, keys",
              false,
              Tables::run),
          java("gather", "1,000 look-ups in one call, timed", true, Gathering::run));

  static final List<Example> ALL =
      Stream.concat(JAVA.stream(), KotlinExamples.all().stream()).toList();

  private Examples() {}

  static @Nullable Example named(String name) {
    return ALL.stream().filter(example -> example.name().equals(name)).findFirst().orElse(null);
  }

  static List<Example> tour() {
    return ALL.stream().filter(Example::inTour).toList();
  }

  private static Example java(
      String name, String purpose, boolean inTour, Example.Program program) {
    return new Example(name, "Java", purpose, inTour, program);
  }
}
