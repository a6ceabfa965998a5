package dev.howdah.benchmarks;

import static java.util.Objects.requireNonNull;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.r2dbc.pool.ConnectionPool;
import io.r2dbc.pool.ConnectionPoolConfiguration;
import io.r2dbc.postgresql.PostgresqlConnectionConfiguration;
import io.r2dbc.postgresql.PostgresqlConnectionFactory;
import io.r2dbc.postgresql.api.PostgresqlConnection;
import io.r2dbc.spi.Connection;
import io.r2dbc.spi.Readable;
import io.r2dbc.spi.Result;
import io.r2dbc.spi.Statement;
import io.r2dbc.spi.Wrapped;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntFunction;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** r2dbc-pool and r2dbc-postgresql, as their documentation shows them. */
final class R2dbcPoolClient implements Client {
  private static final int PAGE = 1_000;

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
    return gather(keys.length, index -> find(Accounts.LOOK_UP, keys[index]));
  }

  @Override
  public List<Account> gatherMixed(int[] keys) {
    return gather(keys.length, index -> find(Accounts.mixed(index), keys[index]));
  }

  @Override
  public long callers(int[][] keys) {
    return sum(Flux.fromArray(keys).flatMap(this::caller, keys.length));
  }

  @Override
  public Account lookUp(int key) {
    return requireNonNull(find(Accounts.LOOK_UP, key).block());
  }

  @Override
  public long transact(int[] keys) {
    return sum(
        Flux.fromStream(Arrays.stream(keys).boxed())
            .flatMap(
                key -> inTransaction(connection -> transaction(connection, key)), keys.length));
  }

  @Override
  public long fetchRows() {
    // A row is valid only while it is mapped: each of its values is read there.
    return sum(
        rows(connection -> connection.createStatement(Accounts.FETCH))
            .flatMap(result -> result.map(R2dbcPoolClient::checksum)));
  }

  @Override
  public List<Account> fetchRecords() {
    return requireNonNull(
        rows(connection -> connection.createStatement(Accounts.FETCH))
            .flatMap(result -> result.map(R2dbcPoolClient::account))
            .collectList()
            .block());
  }

  @Override
  public long stream(int times) {
    return sum(
        rows(connection ->
                connection.createStatement(Accounts.STREAM).fetchSize(PAGE).bind(0, times))
            .flatMap(result -> result.map(R2dbcPoolClient::account))
            .map(Account::checksum));
  }

  @Override
  public long executeMany(String sql, List<Item> items) {
    return requireNonNull(
        inTransaction(
                connection -> {
                  Statement statement = connection.createStatement(sql);
                  for (int i = 0; i < items.size(); i++) {
                    if (i > 0) {
                      statement.add();
                    }
                    Item item = items.get(i);
                    statement
                        .bind(0, item.bid())
                        .bind(1, item.amount())
                        .bind(2, item.note())
                        .bind(3, item.id());
                  }
                  return Flux.from(statement.execute())
                      .concatMap(Result::getRowsUpdated)
                      .reduce(0L, Long::sum);
                })
            .block());
  }

  @Override
  public long insert(List<Item> items) {
    Flux<ByteBuf> text = Flux.fromStream(() -> Items.copyText(items)).map(Unpooled::wrappedBuffer);
    return requireNonNull(
        Mono.usingWhen(
                pool.create(),
                connection -> driver(connection).copyIn(Items.COPY, text),
                Connection::close)
            .block());
  }

  @Override
  public void close() {
    pool.disposeLater().block();
  }

  private static List<Account> gather(int count, IntFunction<Mono<Account>> find) {
    // All at once, as the others do; the pool queues what it has no connection for.
    return requireNonNull(
        Flux.range(0, count).flatMapSequential(find::apply, count).collectList().block());
  }

  private Mono<Account> find(String sql, int key) {
    return Mono.usingWhen(
        pool.create(),
        connection ->
            Flux.from(connection.createStatement(sql).bind(0, key).execute())
                .flatMap(result -> result.map(R2dbcPoolClient::account))
                .single(),
        Connection::close);
  }

  private Flux<Long> caller(int[] keys) {
    return Flux.range(0, keys.length)
        .concatMap(index -> find(Accounts.LOOK_UP, keys[index]))
        .map(account -> (long) account.abalance());
  }

  private static Mono<Long> transaction(Connection connection, int key) {
    return execute(connection.createStatement(Ledger.UPDATE).bind(0, Ledger.DELTA).bind(1, key))
        .then(
            Flux.from(connection.createStatement(Ledger.SELECT).bind(0, key).execute())
                .flatMap(result -> result.map(row -> requireNonNull(row.get(0, Long.class))))
                .single())
        .flatMap(
            balance ->
                execute(
                        connection
                            .createStatement(Ledger.INSERT)
                            .bind(0, key)
                            .bind(1, Ledger.DELTA))
                    .thenReturn(balance));
  }

  private static Mono<Long> execute(Statement statement) {
    return Flux.from(statement.execute()).flatMap(Result::getRowsUpdated).reduce(0L, Long::sum);
  }

  private <T> Mono<T> inTransaction(Function<Connection, Mono<T>> work) {
    return Mono.usingWhen(
        pool.create(),
        connection ->
            Mono.from(connection.beginTransaction())
                .then(work.apply(connection))
                .flatMap(result -> Mono.from(connection.commitTransaction()).thenReturn(result))
                .onErrorResume(
                    failure ->
                        Mono.from(connection.rollbackTransaction()).then(Mono.error(failure))),
        Connection::close);
  }

  private Flux<? extends Result> rows(Function<Connection, Statement> statement) {
    return Flux.usingWhen(
        pool.create(),
        connection -> Flux.from(statement.apply(connection).execute()),
        Connection::close);
  }

  private static long sum(Flux<Long> numbers) {
    return requireNonNull(numbers.reduce(0L, Long::sum).block());
  }

  private static PostgresqlConnection driver(Connection pooled) {
    if (pooled instanceof Wrapped<?> wrapped
        && wrapped.unwrap() instanceof PostgresqlConnection connection) {
      return connection;
    }
    throw new IllegalStateException("the pool hands out " + pooled.getClass());
  }

  private static Account account(Readable row) {
    return new Account(
        requireNonNull(row.get(0, Integer.class)),
        requireNonNull(row.get(1, Integer.class)),
        requireNonNull(row.get(2, Integer.class)),
        requireNonNull(row.get(3, String.class)));
  }

  private static long checksum(Readable row) {
    return (long) requireNonNull(row.get(0, Integer.class))
        + requireNonNull(row.get(1, Integer.class))
        + requireNonNull(row.get(2, Integer.class))
        + requireNonNull(row.get(3, String.class)).length();
  }
}
