package dev.howdah.internal.engine;

import dev.howdah.config.ExplainOptions;
import dev.howdah.config.TransactionOptions;
import dev.howdah.error.ClientException.WrongArguments;
import dev.howdah.error.ServerReport;
import dev.howdah.internal.listen.Channels;
import dev.howdah.observe.ServerVersion;
import dev.howdah.query.Query;
import dev.howdah.row.Row;
import dev.howdah.row.RowSet;
import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** What is asked of the server about itself and its work: the queries behind verbs of our own. */
public final class ServerQueries {
  private static final String VERSION = "SELECT pg_catalog.current_setting('server_version')";

  /** SHOW ALL leaves out two that drivers are told of when they connect. */
  private static final String SETTINGS =
      "SELECT name, pg_catalog.current_setting(name) FROM pg_catalog.pg_settings"
          + " UNION SELECT name, pg_catalog.current_setting(name)"
          + " FROM (VALUES ('is_superuser'), ('session_authorization')) hidden (name)";

  private ServerQueries() {}

  /** Sends a notification, inside a transaction at its COMMIT. */
  public static Query<@Nullable Void> notification(String channel, String payload) {
    return Query.<@Nullable Void>reading(
        "notify",
        "SELECT pg_catalog.pg_notify($1, $2)",
        0,
        nothing -> null,
        Channels.checked("notify", channel),
        Channels.checkedPayload(payload));
  }

  /** The server's version. */
  public static Query<ServerVersion> version() {
    return Query.reading(
        "serverVersion", VERSION, 1, answer -> ServerVersion.parse(text(answer.rows().get(0), 0)));
  }

  /** The session's settings as SHOW prints them, by names whose case does not matter. */
  public static Query<Map<String, String>> settings() {
    return Query.reading("serverSettings", SETTINGS, Integer.MAX_VALUE, ServerQueries::settings);
  }

  private static Map<String, String> settings(RowSet answer) {
    Map<String, String> settings = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    answer.rows().forEach(row -> settings.put(text(row, 0), text(row, 1)));
    return Collections.unmodifiableMap(settings);
  }

  /**
   * The plan of a query. The query itself runs with ANALYZE only, and then in a transaction, or a
   * savepoint, that is rolled back: see {@link #run}.
   */
  public static Query<String> plan(ExplainOptions options, Query<?> explained) {
    if (options == null || explained == null) {
      throw new WrongArguments("explain needs options and a query, it was given null");
    }
    Query<String> plan =
        Query.reading(
            "explain",
            options.sql() + " " + explained.sql(),
            Integer.MAX_VALUE,
            ServerQueries::lines,
            explained.arguments().toArray());
    Duration timeout = explained.timeout();
    Consumer<? super ServerReport> listener = explained.noticeListener();
    Query<String> bounded = timeout == null ? plan : plan.timeout(timeout);
    return listener == null ? bounded : bounded.onNotice(listener);
  }

  private static String lines(RowSet answer) {
    return answer.rows().stream().map(row -> text(row, 0)).collect(Collectors.joining("\n"));
  }

  private static String text(Row row, int column) {
    String text = row.get(column, String.class);
    return text == null ? "" : text;
  }

  /** Runs {@link #plan}. */
  public static Mono<RowSet> run(Engine engine, ExplainOptions options, Query<String> plan) {
    return options.analyze()
        ? engine.inTransaction(TransactionOptions.rollingBack(), scope -> scope.run(plan))
        : engine.run(plan);
  }
}
