package dev.howdah.internal.tables;

import dev.howdah.config.DatabaseOptions;
import dev.howdah.config.ManagerOptions;
import dev.howdah.internal.engine.Engine;
import dev.howdah.internal.engine.Engines;
import dev.howdah.query.OnConflict;
import dev.howdah.row.Row;
import dev.howdah.row.RowSet;
import dev.howdah.schema.TableName;
import dev.howdah.testing.TestDatabase;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ForkJoinPool;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** A core on a test's database, waiting. */
final class Cores implements AutoCloseable {
  static final String PASSWORD = "really delete";

  static final Scheduler SCHEDULER = Schedulers.fromExecutor(ForkJoinPool.commonPool());

  private static final Duration LIMIT = Duration.ofMinutes(1);

  final Engine.Pool engine;
  final TablesCore core;

  private Cores(Engine.Pool engine) {
    this.engine = engine;
    this.core = new TablesCore(engine, ManagerOptions.of(PASSWORD), SCHEDULER);
  }

  static Cores on(TestDatabase database) {
    return new Cores(await(Engines.connect(DatabaseOptions.of(database.url()))));
  }

  /** The value; for a Mono that always has one. */
  static <T> T await(Mono<T> mono) {
    return Objects.requireNonNull(mono.block(LIMIT), "an empty Mono");
  }

  static void finish(Mono<Void> mono) {
    mono.block(LIMIT);
  }

  long upsert(String table, List<?> records, @Nullable OnConflict conflict) {
    return await(core.upsert(TableName.of(table), records, conflict));
  }

  long insert(String table, List<?> records) {
    return await(core.insert(TableName.of(table), records, null));
  }

  List<Row> select(String table, @Nullable Object where) {
    return await(core.select(TableName.of(table), where, null)).rows();
  }

  /** One column of an answer. */
  static List<@Nullable Object> column(RowSet answer, String column) {
    return column(answer.rows(), column);
  }

  static List<@Nullable Object> column(List<Row> rows, String column) {
    return rows.stream().map(row -> row.get(column)).toList();
  }

  @Override
  public void close() {
    finish(engine.close());
  }
}
