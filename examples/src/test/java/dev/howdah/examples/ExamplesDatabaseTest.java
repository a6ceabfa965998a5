package dev.howdah.examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.howdah.testing.PostgresServer;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every example by its name, as a user runs it. */
@Tag("database")
class ExamplesDatabaseTest {
  private static final List<String> BOTH_USERS = List.of("1 Tomas Svojanovsky", "2 John Doe");

  /** What must be among the printed lines, by the name without {@code -kotlin}. */
  private static final Map<String, List<String>> EXPECTED =
      Map.ofEntries(
          Map.entry("first", List.of("Anna", "Boris", "2 users")),
          Map.entry("connection", List.of("SELECT 1: 1")),
          Map.entry("version", List.of("Connected! Postgres version is ")),
          Map.entry("users", BOTH_USERS),
          Map.entry("one-connection", BOTH_USERS),
          Map.entry("pool", BOTH_USERS),
          Map.entry(
              "transaction",
              List.of(
                  "Committed: 2 rows changed",
                  "1 Tomas Svojanovsky",
                  "2 John Novak",
                  "3 Jane Roe")),
          Map.entry(
              "rollback",
              List.of(
                  "duplicate key value violates unique constraint \"users_pkey\"",
                  "DETAIL:  Key (user_id)=(1) already exists.",
                  "Rolled back, and nothing has changed:",
                  "1 Tomas Svojanovsky",
                  "2 John Doe")),
          Map.entry("transactions", List.of("left: 90", "would go: 2", "Anna: 9", "Boris: 66")),
          Map.entry("queries", List.of("Anna\nBob\n", "count: 3", "changed: 1")),
          Map.entry("streaming", List.of("sum: 4950000", "first: [", "amount=1", " 1000 ")),
          Map.entry(
              "listen",
              List.of(
                  "heard: one",
                  "heard: two",
                  "states: {2=new}",
                  "said: relation \"orders\" already exists, skipping",
                  "NOTICE",
                  "NOTICE",
                  "version ",
                  "[",
                  "measured: true",
                  "left: 1")),
          Map.entry(
              "hooks",
              List.of(
                  "tenant: north",
                  "in use 1",
                  "statement: SELECT 'mine'",
                  "prepared: 42",
                  "alive: 42")),
          Map.entry("rows", List.of("Anna", "Riga", "Boris", "null", "4111", "Coins")),
          Map.entry("documents", List.of("\"font-size\": 12", "Settings(theme=dark, size=12)")),
          Map.entry(
              "errors",
              List.of(
                  "users_pkey: Key (id)=(1) already exists.",
                  "some other rule of the table: 23502",
                  "added: false",
                  "column \"nmae\" does not exist",
                  "LINE 2: FROM users WHERE nmae = $1",
                  "                         ^",
                  "HINT:  ")),
          Map.entry(
              "echo", List.of("SELECT * FROM users WHERE first_name = $1  [John]", "-- 1 row in ")),
          Map.entry(
              "article",
              List.of(
                  "Database instance created with log level: INFO",
                  "Connect with PostgreSQL success!",
                  "no table yet",
                  "Disconnected from the database.",
                  "Table 'new_users' created with columns: user_id, user_name, user_surname, user_age",
                  "Table 'map_users' created with columns: user_id, user_name, user_surname, user_age",
                  "Inserted/Updated 1 records into table 'new_users'.",
                  "Inserted/Updated 3 records into table 'new_users'.",
                  "Inserted/Updated 3 records into table 'new_users'.",
                  "Selected 1 rows from table 'new_users'.",
                  "{user_id=3, user_name=Олег, user_surname=Смирнов, user_age=46}",
                  "{user_name=Олег, user_surname=Смирнов}",
                  "Selected 5 rows from table 'new_users'.",
                  "{user_id=5, user_name=Антон, user_surname=Антонов, user_age=54}",
                  "Selected 3 rows from table 'new_users'.",
                  "{user_surname=Сидоренко, user_name=Василий}",
                  "Updated 1 records in table 'new_users'",
                  "Updated 2 records in table 'new_users'",
                  "Deleted 1 records from table 'new_users'",
                  "Deleted 2 records from table 'new_users'",
                  "left: 2",
                  "refused: The deletion password is wrong",
                  "Deleted all data from table 'new_users'.",
                  "Table 'new_users' dropped.",
                  "Disconnected from the database.")),
          Map.entry(
              "tables",
              List.of("created: true", "inserted: ", "added: 0", "changed: 1", "deleted: 2")),
          Map.entry("gather", List.of("gather: 1,000 look-ups in ")));

  static List<String> names() {
    return Examples.ALL.stream().map(Example::name).toList();
  }

  @ParameterizedTest
  @MethodSource("names")
  void printsWhatItShould(String name) {
    Run run = run(name);
    assertThat(run.status()).as(run.output()).isZero();
    assertThat(EXPECTED).containsKey(name.replace("-kotlin", ""));
    int from = 0;
    for (String line : EXPECTED.get(name.replace("-kotlin", ""))) {
      int at = run.output().indexOf(line, from);
      assertThat(at)
          .as("'%s' after the lines before it, in:%n%s", line, run.output())
          .isNotNegative();
      from = at + line.length();
    }
  }

  @Test
  void listNamesEveryExampleWithItsLanguage() {
    Run run = run("list");
    assertThat(run.status()).isZero();
    assertThat(run.output().lines().map(line -> line.split(" ", 2)[0]))
        .containsExactlyElementsOf(names());
    assertThat(run.output().lines())
        .allMatch(line -> line.contains("[Java]") || line.contains("[Kotlin]"));
  }

  @Test
  void unknownNameIsAnErrorThatListsTheNames() {
    Run run = run("userz");
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.output()).contains("no example 'userz'", "users-kotlin", "rollback");
  }

  @Test
  void failedRunSaysWhyInTheLibrarysWordsAndHasAStatus() {
    Run run = run("--url", "postgresql://nobody:wrong@127.0.0.1:1/none?connect_timeout=2", "users");
    assertThat(run.status()).isEqualTo(1);
    assertThat(run.output()).contains("cannot connect to 127.0.0.1:1/none").doesNotContain("wrong");
  }

  @Test
  void tourRunsInBothLanguages() {
    List<String> languages =
        Examples.tour().stream().map(Example::language).distinct().sorted().toList();
    assertThat(languages).containsExactly("Java", "Kotlin");
  }

  private record Run(int status, String output) {}

  private static Run run(String... arguments) {
    PrintStream before = System.out;
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    try {
      System.setOut(new PrintStream(printed, true, UTF_8));
      int status = Main.run(Arrays.asList(arguments), PostgresServer.shared().url("postgres"));
      return new Run(status, printed.toString(UTF_8));
    } finally {
      System.setOut(before);
    }
  }
}
