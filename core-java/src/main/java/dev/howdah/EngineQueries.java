package dev.howdah;

import dev.howdah.config.ExplainOptions;
import dev.howdah.config.TransactionOptions;
import dev.howdah.internal.engine.Elements;
import dev.howdah.internal.engine.Engine;
import dev.howdah.internal.engine.Engine.EndedBy;
import dev.howdah.internal.engine.ServerQueries;
import dev.howdah.internal.tables.CopyCore;
import dev.howdah.observe.ServerVersion;
import dev.howdah.query.CopyIn;
import dev.howdah.query.CopyOut;
import dev.howdah.query.CopyRecords;
import dev.howdah.query.ManyQuery;
import dev.howdah.query.Query;
import dev.howdah.row.Row;
import dev.howdah.row.RowMapper;
import dev.howdah.row.RowMappers;
import dev.howdah.row.RowSet;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** The verbs, written once: each makes a value and runs it. */
abstract sealed class EngineQueries implements Queries permits Database, Connection, Transaction {
  final Executor executor;
  private final Engine engine;

  EngineQueries(Engine engine, Executor executor) {
    this.engine = engine;
    this.executor = executor;
  }

  @Override
  public final <R extends @Nullable Object> CompletableFuture<R> run(Query<R> query) {
    Arguments.given("run", "a query", query);
    return Handoff.of(engine.run(query), executor, query::read);
  }

  @Override
  public final CompletableFuture<Long> execute(String sql, @Nullable Object... arguments) {
    return run(Query.execute(sql, arguments));
  }

  @Override
  public final CompletableFuture<@Nullable Void> executeScript(String sql) {
    return Handoff.of(engine.script(sql), executor);
  }

  @Override
  public final CompletableFuture<@Nullable Void> executeScript(String sql, Duration timeout) {
    Arguments.positive("executeScript", timeout);
    return Handoff.of(engine.script(sql, timeout), executor);
  }

  @Override
  public final CompletableFuture<List<Row>> fetch(String sql, @Nullable Object... arguments) {
    return run(Query.rows(sql, arguments));
  }

  @Override
  public final <T> CompletableFuture<List<T>> fetch(
      Class<T> type, String sql, @Nullable Object... arguments) {
    return run(Query.rows(type, sql, arguments));
  }

  @Override
  public final <T> CompletableFuture<List<T>> fetch(
      RowMapper<T> mapper, String sql, @Nullable Object... arguments) {
    return run(Query.rows(mapper, sql, arguments));
  }

  @Override
  public final CompletableFuture<Optional<Row>> fetchRow(
      String sql, @Nullable Object... arguments) {
    return run(Query.row(sql, arguments));
  }

  @Override
  public final <T> CompletableFuture<Optional<T>> fetchRow(
      Class<T> type, String sql, @Nullable Object... arguments) {
    return run(Query.row(type, sql, arguments));
  }

  @Override
  public final <T> CompletableFuture<Optional<T>> fetchRow(
      RowMapper<T> mapper, String sql, @Nullable Object... arguments) {
    return run(Query.row(mapper, sql, arguments));
  }

  @Override
  public final CompletableFuture<Row> fetchOne(String sql, @Nullable Object... arguments) {
    return run(Query.one(sql, arguments));
  }

  @Override
  public final <T> CompletableFuture<T> fetchOne(
      Class<T> type, String sql, @Nullable Object... arguments) {
    return run(Query.one(type, sql, arguments));
  }

  @Override
  public final <T> CompletableFuture<T> fetchOne(
      RowMapper<T> mapper, String sql, @Nullable Object... arguments) {
    return run(Query.one(mapper, sql, arguments));
  }

  @Override
  public final <T> CompletableFuture<Optional<T>> fetchValue(
      Class<T> type, String sql, @Nullable Object... arguments) {
    return run(Query.value(type, sql, arguments));
  }

  @Override
  public final CompletableFuture<@Nullable Void> notify(String channel, String payload) {
    return run(ServerQueries.notification(channel, payload));
  }

  @Override
  public final CompletableFuture<@Nullable Void> notify(String channel) {
    return notify(channel, "");
  }

  @Override
  public final CompletableFuture<String> explain(String sql, @Nullable Object... arguments) {
    return explain(ExplainOptions.defaults(), sql, arguments);
  }

  @Override
  public final CompletableFuture<String> explain(
      ExplainOptions options, String sql, @Nullable Object... arguments) {
    return explain(options, Query.rows(sql, arguments));
  }

  @Override
  public final CompletableFuture<String> explain(Query<?> query) {
    return explain(ExplainOptions.defaults(), query);
  }

  @Override
  public final CompletableFuture<String> explain(ExplainOptions options, Query<?> query) {
    Query<String> plan = ServerQueries.plan(options, query);
    return Handoff.of(ServerQueries.run(engine, options, plan), executor, plan::read);
  }

  @Override
  public final CompletableFuture<ServerVersion> serverVersion() {
    return run(ServerQueries.version());
  }

  @Override
  public final CompletableFuture<Map<String, String>> serverSettings() {
    return run(ServerQueries.settings());
  }

  @Override
  public final <E> CompletableFuture<Long> executeMany(String sql, Iterable<E> elements) {
    return many(
        ManyQuery.execute(sql),
        ElementSource.of("executeMany", elements, executor),
        RowSet::affected);
  }

  @Override
  public final CompletableFuture<Long> executeMany(String sql, Flow.Publisher<?> elements) {
    return many(
        ManyQuery.execute(sql), ElementSource.of("executeMany", elements), RowSet::affected);
  }

  @Override
  public final <E> CompletableFuture<List<Row>> fetchMany(String sql, Iterable<E> elements) {
    return many(
        ManyQuery.fetch(sql), ElementSource.of("fetchMany", elements, executor), RowSet::rows);
  }

  @Override
  public final <T, E> CompletableFuture<List<T>> fetchMany(
      Class<T> type, String sql, Iterable<E> elements) {
    return many(type, ManyQuery.fetch(sql), ElementSource.of("fetchMany", elements, executor));
  }

  @Override
  public final CompletableFuture<List<Row>> fetchMany(String sql, Flow.Publisher<?> elements) {
    return many(ManyQuery.fetch(sql), ElementSource.of("fetchMany", elements), RowSet::rows);
  }

  @Override
  public final <T> CompletableFuture<List<T>> fetchMany(
      Class<T> type, String sql, Flow.Publisher<?> elements) {
    return many(type, ManyQuery.fetch(sql), ElementSource.of("fetchMany", elements));
  }

  private <R> CompletableFuture<R> many(
      ManyQuery query, Elements elements, Function<RowSet, R> reader) {
    return Handoff.of(engine.many(query, elements), executor, reader);
  }

  private <T> CompletableFuture<List<T>> many(Class<T> type, ManyQuery query, Elements elements) {
    RowMapper<T> mapper = RowMappers.of(type);
    return many(query, elements, answer -> query.map(answer, mapper::map));
  }

  @Override
  public final <E> CompletableFuture<Long> copyIn(String table, Iterable<E> records) {
    return copyIn(CopyRecords.into(table), records);
  }

  @Override
  public final CompletableFuture<Long> copyIn(String table, Flow.Publisher<?> records) {
    return copyIn(CopyRecords.into(table), records);
  }

  @Override
  public final <E> CompletableFuture<Long> copyIn(CopyRecords copy, Iterable<E> records) {
    Arguments.given("copyIn", "a copy", copy);
    return copied(copies().in(copy, ElementSource.of("copyIn", records, executor)));
  }

  @Override
  public final CompletableFuture<Long> copyIn(CopyRecords copy, Flow.Publisher<?> records) {
    Arguments.given("copyIn", "a copy", copy);
    return copied(copies().in(copy, ElementSource.of("copyIn", records)));
  }

  @Override
  public final CompletableFuture<Long> copyIn(CopyIn copy, byte[] bytes) {
    Arguments.given("copyIn", "a copy", copy);
    Arguments.given("copyIn", "bytes", bytes);
    return copied(copies().in(copy, ElementSource.of("copyIn", List.of(bytes), executor)));
  }

  @Override
  public final CompletableFuture<Long> copyIn(CopyIn copy, Flow.Publisher<ByteBuffer> bytes) {
    Arguments.given("copyIn", "a copy", copy);
    return copied(copies().in(copy, ElementSource.of("copyIn", bytes)));
  }

  @Override
  public final CompletableFuture<Long> copyIn(CopyIn copy, InputStream stream) {
    Arguments.given("copyIn", "a copy", copy);
    Arguments.given("copyIn", "a stream", stream);
    return copied(copies().in(copy, stream));
  }

  @Override
  public final CompletableFuture<Long> copyIn(CopyIn copy, Path file) {
    Arguments.given("copyIn", "a copy", copy);
    Arguments.given("copyIn", "a file", file);
    return copied(copies().in(copy, file));
  }

  @Override
  public final Flow.Publisher<ByteBuffer> copyOut(CopyOut copy) {
    Arguments.given("copyOut", "a copy", copy);
    return new ByteStream(copies(), copy, executor);
  }

  @Override
  public final CompletableFuture<Long> copyOut(CopyOut copy, OutputStream stream) {
    Arguments.given("copyOut", "a copy", copy);
    Arguments.given("copyOut", "a stream", stream);
    return copied(copies().out(copy, stream));
  }

  @Override
  public final CompletableFuture<Long> copyOut(CopyOut copy, WritableByteChannel channel) {
    Arguments.given("copyOut", "a copy", copy);
    Arguments.given("copyOut", "a channel", channel);
    return copied(copies().out(copy, channel));
  }

  @Override
  public final CompletableFuture<Long> copyOut(CopyOut copy, Path file) {
    Arguments.given("copyOut", "a copy", copy);
    Arguments.given("copyOut", "a file", file);
    return copied(copies().out(copy, file));
  }

  private CopyCore copies() {
    return new CopyCore(engine, Schedulers.fromExecutor(executor));
  }

  private CompletableFuture<Long> copied(Mono<Long> rows) {
    return Handoff.of(rows, executor, count -> count);
  }

  @Override
  public final RowStream<Row> stream(String sql, @Nullable Object... arguments) {
    return stream(Query.rows(sql, arguments));
  }

  @Override
  public final <T> RowStream<T> stream(Class<T> type, String sql, @Nullable Object... arguments) {
    return stream(Query.rows(type, sql, arguments));
  }

  @Override
  public final <T> RowStream<T> stream(
      RowMapper<T> mapper, String sql, @Nullable Object... arguments) {
    return stream(Query.rows(mapper, sql, arguments));
  }

  @Override
  public final <T> RowStream<T> stream(Query<List<T>> query) {
    return new RowStream<>(engine, query.as("stream"), executor);
  }

  @Override
  public final <T extends @Nullable Object> CompletableFuture<T> transaction(
      Function<Transaction, ? extends CompletionStage<T>> work) {
    return transaction(TransactionOptions.defaults(), work);
  }

  @Override
  public final <T extends @Nullable Object> CompletableFuture<T> transaction(
      TransactionOptions options, Function<Transaction, ? extends CompletionStage<T>> work) {
    Arguments.given("transaction", "options", options);
    Arguments.given("transaction", "a block", work);
    return Bracket.transaction(
        engine, options, executor, opened -> work.apply(new Transaction(opened, executor)));
  }

  @Override
  public final CompletableFuture<Transaction> begin() {
    return begin(TransactionOptions.defaults());
  }

  @Override
  public final CompletableFuture<Transaction> begin(TransactionOptions options) {
    Arguments.given("begin", "options", options);
    return Handoff.owned(
        engine.begin(options, EndedBy.CALLER),
        executor,
        opened -> new Transaction(opened, executor),
        unwanted -> unwanted.close().subscribe());
  }
}
