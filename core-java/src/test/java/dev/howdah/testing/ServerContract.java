package dev.howdah.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.howdah.config.ExplainOptions;
import dev.howdah.config.ExplainOptions.Format;
import dev.howdah.error.ClientException.WrongArguments;
import dev.howdah.error.SyntaxOrAccess;
import dev.howdah.observe.ServerVersion;
import dev.howdah.query.Query;
import dev.howdah.row.Row;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What every handle with verbs tells of its server: version, settings, plans; in any language. */
public interface ServerContract {
  /** Runs a test with the handle under test, on a database of its own. */
  void withServer(TestDatabase server, Consumer<Handle> test);

  /** The verbs, waiting. */
  interface Handle {
    /** As the handle's verb. */
    ServerVersion serverVersion();

    /** As the handle's verb. */
    Map<String, String> serverSettings();

    /** As the handle's verb. */
    String explain(String sql, @Nullable Object... arguments);

    /** As the handle's verb. */
    String explain(ExplainOptions options, String sql, @Nullable Object... arguments);

    /** As the handle's verb. */
    String explain(ExplainOptions options, Query<?> query);

    /** As the handle's verb. */
    List<Row> fetch(String sql);
  }

  @Test
  default void theVersionIsTheServersOwn(TestDatabase server) {
    String text = String.valueOf(server.query("SHOW server_version").get(0).get(0));
    int number =
        (Integer) server.query("SELECT current_setting('server_version_num')::int").get(0).get(0);
    withServer(
        server,
        db -> {
          ServerVersion version = db.serverVersion();
          assertThat(version.text()).isEqualTo(text);
          assertThat(version.major()).isEqualTo(number / 10_000);
          assertThat(version.minor()).isEqualTo(number % 10_000);
          assertThat(version.isAtLeast(14)).isTrue();
        });
  }

  @Test
  default void theSettingsAreThoseOfTheSession(TestDatabase server) {
    withServer(
        server,
        db -> {
          Map<String, String> settings = db.serverSettings();
          assertThat(settings)
              .containsEntry("client_encoding", "UTF8")
              .containsEntry("is_superuser", "on")
              .containsEntry("session_authorization", server.user())
              .containsEntry("application_name", "howdah")
              .containsEntry("integer_datetimes", "on")
              .containsKeys(
                  "server_version",
                  "server_encoding",
                  "DateStyle",
                  "IntervalStyle",
                  "TimeZone",
                  "standard_conforming_strings",
                  "default_transaction_read_only",
                  "in_hot_standby",
                  "search_path");
          String sharedBuffers = String.valueOf(server.query("SHOW shared_buffers").get(0).get(0));
          assertThat(settings.get("Shared_Buffers")).isEqualTo(sharedBuffers);
          assertThatThrownBy(() -> settings.put("a", "b"))
              .isInstanceOf(UnsupportedOperationException.class);
        });
  }

  private void withNumbers(TestDatabase server, Consumer<Handle> test) {
    server.sql(
        "CREATE TABLE numbers (n int PRIMARY KEY); INSERT INTO numbers SELECT generate_series(1, 9);"
            + "ANALYZE numbers");
    withServer(server, test);
  }

  private static long count(Handle db) {
    return (Long) db.fetch("SELECT count(*) FROM numbers").get(0).get(0);
  }

  @Test
  default void thePlanIsShownAndNothingIsRun(TestDatabase server) {
    withNumbers(
        server,
        db -> {
          assertThat(db.explain("SELECT * FROM numbers"))
              .startsWith("Seq Scan on numbers")
              .contains("rows=9")
              .doesNotContain("actual");
          assertThat(db.explain("DELETE FROM numbers WHERE n = $1", 3))
              .contains("Delete on numbers")
              .contains("n = 3")
              .hasLineCount(3);
          assertThat(db.explain("DELETE FROM numbers WHERE n > :n", Map.of("n", 3)))
              .contains("n > 3");
          assertThat(count(db)).isEqualTo(9);
        });
  }

  @Test
  default void analyzingRunsTheStatementAndUndoesIt(TestDatabase server) {
    withNumbers(
        server,
        db -> {
          ExplainOptions analyzing = ExplainOptions.analyzing().withBuffers(true).withVerbose(true);
          assertThat(db.explain(analyzing, "DELETE FROM numbers WHERE n <= $1", 4))
              .contains("actual")
              .contains("Buffers: ")
              .contains("Output: ")
              .contains("Execution Time: ");
          assertThat(db.explain(analyzing, Query.execute("DELETE FROM numbers")))
              .contains("actual");
          assertThat(count(db)).isEqualTo(9);
        });
  }

  @Test
  default void plansComeInOtherFormats(TestDatabase server) {
    withNumbers(
        server,
        db -> {
          ExplainOptions plain = ExplainOptions.defaults();
          assertThat(db.explain(plain.withFormat(Format.JSON), "SELECT * FROM numbers"))
              .startsWith("[")
              .contains("\"Node Type\": \"Seq Scan\"")
              .endsWith("]");
          assertThat(db.explain(plain.withFormat(Format.XML), "SELECT * FROM numbers"))
              .startsWith("<explain")
              .contains("<Node-Type>Seq Scan</Node-Type>");
          assertThat(db.explain(plain.withFormat(Format.YAML), "SELECT * FROM numbers"))
              .startsWith("- Plan:")
              .contains("Node Type: \"Seq Scan\"");
        });
  }

  @Test
  default void whatHasNoPlanIsRefused(TestDatabase server) {
    withServer(
        server,
        db -> {
          assertThatThrownBy(() -> db.explain("SELECT 1; SELECT 2"))
              .isInstanceOf(WrongArguments.class);
          assertThatThrownBy(() -> db.explain("SELECT $1"))
              .isInstanceOf(WrongArguments.class)
              .hasMessageContaining("1 argument");
          assertThatThrownBy(() -> db.explain("SHOW server_version"))
              .isInstanceOf(SyntaxOrAccess.SyntaxError.class);
        });
  }
}
