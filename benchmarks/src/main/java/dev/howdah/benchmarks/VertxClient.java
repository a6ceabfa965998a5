package dev.howdah.benchmarks;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import io.vertx.sqlclient.PreparedStatement;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.RowStream;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/** Vert.x' client for PostgreSQL: its pool, and its pipelined client. */
final class VertxClient implements Client {
  private static final int PAGE = 1_000;

  private final Vertx vertx;
  private final SqlClient client;

  private VertxClient(Vertx vertx, SqlClient client) {
    this.vertx = vertx;
    this.client = client;
  }

  static VertxClient pool(Server server, int poolSize) {
    Vertx vertx = vertx();
    return new VertxClient(
        vertx,
        PgBuilder.pool()
            .with(new PoolOptions().setMaxSize(poolSize))
            .connectingTo(options(server))
            .using(vertx)
            .build());
  }

  /** Many statements in flight on each connection. */
  static VertxClient pipelined(Server server, int connections) {
    Vertx vertx = vertx();
    return new VertxClient(
        vertx,
        PgBuilder.client()
            .with(new PoolOptions().setMaxSize(connections))
            .connectingTo(options(server).setPipeliningLimit(256))
            .using(vertx)
            .build());
  }

  SqlClient client() {
    return client;
  }

  @Override
  public List<Account> gather(int[] keys) {
    return all(keys.length, index -> find(Accounts.LOOK_UP, keys[index]));
  }

  @Override
  public List<Account> gatherMixed(int[] keys) {
    return all(keys.length, index -> find(Accounts.mixed(index), keys[index]));
  }

  @Override
  public long callers(int[][] keys) {
    return sum(all(keys.length, caller -> call(keys[caller], 0, 0)));
  }

  @Override
  public Account lookUp(int key) {
    return await(find(Accounts.LOOK_UP, key));
  }

  @Override
  public long transact(int[] keys) {
    return sum(
        all(
            keys.length,
            index -> pool().withTransaction(connection -> transaction(connection, keys[index]))));
  }

  @Override
  public long fetchRows() {
    long sum = 0;
    for (Row row : await(client.preparedQuery(Accounts.FETCH).execute())) {
      sum += row.getInteger(0) + row.getInteger(1) + row.getInteger(2) + row.getString(3).length();
    }
    return sum;
  }

  @Override
  public List<Account> fetchRecords() {
    RowSet<Account> rows =
        await(client.preparedQuery(Accounts.FETCH).mapping(VertxClient::account).execute());
    List<Account> accounts = new ArrayList<>(rows.size());
    rows.forEach(accounts::add);
    return accounts;
  }

  @Override
  public long stream(int times) {
    return await(
        pool()
            .withTransaction(
                connection ->
                    connection
                        .prepare(Accounts.STREAM)
                        .compose(prepared -> checksums(prepared, times))));
  }

  @Override
  public long executeMany(String sql, List<Item> items) {
    List<Tuple> tuples = new ArrayList<>(items.size());
    for (Item item : items) {
      tuples.add(Tuple.of(item.bid(), item.amount(), item.note(), item.id()));
    }
    long changed = 0;
    for (RowSet<Row> each = await(client.preparedQuery(sql).executeBatch(tuples));
        each != null;
        each = each.next()) {
      changed += each.rowCount();
    }
    return changed;
  }

  @Override
  public void close() {
    await(client.close());
    await(vertx.close());
  }

  static <T> T await(Future<T> future) {
    return future.toCompletionStage().toCompletableFuture().join();
  }

  /** All at once; the results in order. */
  static <T> List<T> all(int count, IntFunction<Future<T>> start) {
    List<Future<T>> futures = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      futures.add(start.apply(i));
    }
    return await(Future.all(futures).map(all -> all.<T>list()));
  }

  static Account account(Row row) {
    return new Account(row.getInteger(0), row.getInteger(1), row.getInteger(2), row.getString(3));
  }

  private Pool pool() {
    return (Pool) client;
  }

  private Future<Account> find(String sql, int key) {
    return client
        .preparedQuery(sql)
        .mapping(VertxClient::account)
        .execute(Tuple.of(key))
        .map(rows -> rows.iterator().next());
  }

  private Future<Long> call(int[] keys, int index, long before) {
    return find(Accounts.LOOK_UP, keys[index])
        .compose(
            account -> {
              long sum = before + account.abalance();
              return index + 1 < keys.length
                  ? call(keys, index + 1, sum)
                  : Future.succeededFuture(sum);
            });
  }

  private static Future<Long> transaction(SqlConnection connection, int key) {
    return connection
        .preparedQuery(Ledger.UPDATE)
        .execute(Tuple.of(Ledger.DELTA, key))
        .compose(updated -> connection.preparedQuery(Ledger.SELECT).execute(Tuple.of(key)))
        .compose(
            rows -> {
              long balance = rows.iterator().next().getLong(0);
              return connection
                  .preparedQuery(Ledger.INSERT)
                  .execute(Tuple.of(key, Ledger.DELTA))
                  .map(inserted -> balance);
            });
  }

  private static Future<Long> checksums(PreparedStatement prepared, int times) {
    Promise<Long> end = Promise.promise();
    long[] sum = new long[1];
    RowStream<Row> rows = prepared.createStream(PAGE, Tuple.of(times));
    rows.exceptionHandler(end::tryFail);
    rows.endHandler(ended -> end.tryComplete(sum[0]));
    rows.handler(row -> sum[0] += account(row).checksum());
    return end.future();
  }

  private static long sum(List<Long> numbers) {
    return numbers.stream().mapToLong(Long::longValue).sum();
  }

  private static Vertx vertx() {
    // The others find Netty's epoll by themselves.
    return Vertx.vertx(new VertxOptions().setPreferNativeTransport(true));
  }

  private static PgConnectOptions options(Server server) {
    return new PgConnectOptions()
        .setHost(server.host())
        .setPort(server.port())
        .setUser(server.user())
        .setPassword(server.password())
        .setDatabase(server.database())
        .setCachePreparedStatements(true);
  }
}
