package dev.howdah.internal.tables;

import static dev.howdah.query.Clauses.all;
import static dev.howdah.query.Clauses.sql;
import static dev.howdah.query.Clauses.where;
import static org.assertj.core.api.Assertions.assertThat;

import dev.howdah.config.ManagerOptions;
import dev.howdah.schema.TableName;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;

class ManagerLogTest {
  private static final ManagerOptions OPTIONS = ManagerOptions.of("secret word");
  private static final TableName T = TableName.of("t");

  private static List<String> said(ManagerOptions options, Consumer<ManagerLog> work) {
    Logger logger = Logger.getLogger("dev.howdah");
    Level level = logger.getLevel();
    Listening handler = new Listening();
    logger.setLevel(Level.ALL);
    logger.addHandler(handler);
    try {
      work.accept(new ManagerLog(options));
    } finally {
      logger.removeHandler(handler);
      logger.setLevel(level);
    }
    return handler.messages;
  }

  private static final class Listening extends Handler {
    final List<String> messages = new ArrayList<>();

    @Override
    public void publish(LogRecord entry) {
      messages.add(entry.getLevel() + " " + entry.getMessage());
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }

  private static void sayAll(ManagerLog log) {
    log.created(TableName.of("new_users"), List.of("user_id", "user_name"));
    log.existed(T);
    log.inserted(T, 3);
    log.selected(T, 5);
    log.updated(T, 1, where("user_id", 2).and("name", "Anna"));
    log.deleted(T, 1, where("user_id", 2));
    log.deleted(T, 1, where(sql("x = 1")));
    log.updated(T, 9, all());
    log.emptied(T);
    log.dropped(TableName.of("app", "t"));
  }

  @Test
  void whatWasDoneIsSaidWithoutValues() {
    assertThat(said(OPTIONS, ManagerLogTest::sayAll))
        .containsExactly(
            "INFO Table 'new_users' created with columns: user_id, user_name",
            "INFO Table 't' exists already and was left as it is.",
            "INFO Inserted/Updated 3 records into table 't'.",
            "INFO Selected 5 rows from table 't'.",
            "INFO Updated 1 records in table 't' with conditions on user_id, name.",
            "INFO Deleted 1 records from table 't' with conditions on user_id.",
            "INFO Deleted 1 records from table 't' with conditions.",
            "INFO Updated 9 records in table 't'.",
            "INFO Deleted all data from table 't'.",
            "INFO Table 'app.t' dropped.");
  }

  @Test
  void echoShowsTheValuesOfConditions() {
    assertThat(
            said(
                OPTIONS.withEcho(true),
                log -> log.deleted(T, 1, where("user_id", 2).or("name", "O'N"))))
        .containsExactly(
            "INFO Deleted 1 records from table 't' with conditions user_id = 2 OR name = 'O'N'.");
  }

  @Test
  void aHigherLevelIsQuiet() {
    ManagerOptions quiet = OPTIONS.withLogLevel(System.Logger.Level.WARNING);
    assertThat(said(quiet, ManagerLogTest::sayAll)).isEmpty();
    ManagerOptions loud = OPTIONS.withLogLevel(System.Logger.Level.DEBUG);
    assertThat(said(loud, ManagerLogTest::sayAll)).hasSize(10);
  }

  @Test
  void aLineBreakInANameMakesNoNewLine() {
    assertThat(said(OPTIONS, log -> log.dropped(TableName.of("a\nINFO b"))))
        .containsExactly("INFO Table 'a\\nINFO b' dropped.");
  }
}
