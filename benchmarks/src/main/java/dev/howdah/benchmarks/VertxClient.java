package dev.howdah.benchmarks;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.PoolOptions;
import io.vertx.sqlclient.PreparedQuery;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;

/** Vert.x' client for PostgreSQL: its pool, and its pipelined client. */
final class VertxClient implements Client {
  private final Vertx vertx;
  private final SqlClient client;
  private final PreparedQuery<RowSet<Account>> lookUp;

  private VertxClient(Vertx vertx, SqlClient client) {
    this.vertx = vertx;
    this.client = client;
    this.lookUp = client.preparedQuery(Accounts.LOOK_UP).mapping(VertxClient::account);
  }

  static Client pool(Server server, int poolSize) {
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
  static Client pipelined(Server server, int connections) {
    Vertx vertx = vertx();
    return new VertxClient(
        vertx,
        PgBuilder.client()
            .with(new PoolOptions().setMaxSize(connections))
            .connectingTo(options(server).setPipeliningLimit(256))
            .using(vertx)
            .build());
  }

  @Override
  public List<Account> gather(int[] keys) {
    List<Future<Account>> futures = new ArrayList<>(keys.length);
    for (int key : keys) {
      futures.add(find(key));
    }
    return Future.all(futures)
        .map(all -> all.<Account>list())
        .toCompletionStage()
        .toCompletableFuture()
        .join();
  }

  @Override
  public Account lookUp(int key) {
    return find(key).toCompletionStage().toCompletableFuture().join();
  }

  @Override
  public void close() {
    client.close().toCompletionStage().toCompletableFuture().join();
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  private Future<Account> find(int key) {
    return lookUp.execute(Tuple.of(key)).map(rows -> rows.iterator().next());
  }

  private static Account account(Row row) {
    return new Account(row.getInteger(0), row.getInteger(1), row.getInteger(2), row.getString(3));
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
