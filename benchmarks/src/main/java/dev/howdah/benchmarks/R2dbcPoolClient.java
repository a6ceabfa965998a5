package dev.howdah.benchmarks;

import static java.util.Objects.requireNonNull;

import io.r2dbc.pool.ConnectionPool;
import io.r2dbc.pool.ConnectionPoolConfiguration;
import io.r2dbc.postgresql.PostgresqlConnectionConfiguration;
import io.r2dbc.postgresql.PostgresqlConnectionFactory;
import io.r2dbc.spi.Connection;
import io.r2dbc.spi.Readable;
import java.util.List;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** r2dbc-pool and r2dbc-postgresql, as their documentation shows them. */
final class R2dbcPoolClient implements Client {
  private final ConnectionPool pool;

  R2dbcPoolClient(Server server, int poolSize) {
    PostgresqlConnectionFactory factory =
        new PostgresqlConnectionFactory(
            PostgresqlConnectionConfiguration.builder()
                .host(server.host())
                .port(server.port())
                .username(server.user())
                .password(server.password())
                .database(server.database())
                .build());
    pool =
        new ConnectionPool(
            ConnectionPoolConfiguration.builder(factory)
                .initialSize(poolSize)
                .maxSize(poolSize)
                .build());
  }

  @Override
  public List<Account> gather(int[] keys) {
    // All at once, as the others do; the pool queues what it has no connection for.
    return requireNonNull(
        Flux.range(0, keys.length)
            .flatMapSequential(index -> find(keys[index]), keys.length)
            .collectList()
            .block());
  }

  @Override
  public Account lookUp(int key) {
    return requireNonNull(find(key).block());
  }

  @Override
  public void close() {
    pool.disposeLater().block();
  }

  private Mono<Account> find(int key) {
    return Mono.usingWhen(
        pool.create(),
        connection ->
            Flux.from(connection.createStatement(Accounts.LOOK_UP).bind(0, key).execute())
                .flatMap(result -> result.map(R2dbcPoolClient::account))
                .single(),
        Connection::close);
  }

  private static Account account(Readable row) {
    return new Account(
        requireNonNull(row.get(0, Integer.class)),
        requireNonNull(row.get(1, Integer.class)),
        requireNonNull(row.get(2, Integer.class)),
        requireNonNull(row.get(3, String.class)));
  }
}
