package dev.howdah.testing;

import static dev.howdah.testing.JavaHandles.await;

import dev.howdah.Queries;
import dev.howdah.config.ExplainOptions;
import dev.howdah.observe.ServerVersion;
import dev.howdah.query.Query;
import dev.howdah.row.Row;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The Java handles' verbs about their server, waiting.
 *
 * @param queries any handle with verbs
 */
public record JavaServer(Queries queries) implements ServerContract.Handle {
  @Override
  public ServerVersion serverVersion() {
    return await(queries.serverVersion());
  }

  @Override
  public Map<String, String> serverSettings() {
    return await(queries.serverSettings());
  }

  @Override
  public String explain(String sql, @Nullable Object... arguments) {
    return await(queries.explain(sql, arguments));
  }

  @Override
  public String explain(ExplainOptions options, String sql, @Nullable Object... arguments) {
    return await(queries.explain(options, sql, arguments));
  }

  @Override
  public String explain(ExplainOptions options, Query<?> query) {
    return await(queries.explain(options, query));
  }

  @Override
  public List<Row> fetch(String sql) {
    return await(queries.fetch(sql));
  }
}
