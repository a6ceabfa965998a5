package dev.howdah.internal.engine;

import dev.howdah.config.DatabaseOptions;
import dev.howdah.config.TransactionOptions;
import dev.howdah.internal.driver.Command;
import dev.howdah.internal.driver.Driver;
import dev.howdah.internal.type.Codecs;
import dev.howdah.internal.type.TypeCatalog;
import dev.howdah.observe.PoolStatus;
import dev.howdah.query.Query;
import dev.howdah.row.RowSet;
import java.util.List;
import reactor.core.publisher.Mono;

/** The only borrower of connections. */
final class PooledEngine implements Engine.Pool {
  private final DatabaseOptions options;
  private final Driver driver;
  private final Watch watch;
  private final TypeCatalog types;
  private final Mono<HeldConnection> connections;

  PooledEngine(DatabaseOptions options, Driver driver, Watch watch) {
    this.options = options;
    this.driver = driver;
    this.watch = watch;
    this.types = new TypeCatalog(Codecs.of(options.codecs()));
    boolean poolerMode = options.poolerMode();
    this.connections =
        driver.acquire().map(connection -> new HeldConnection(connection, poolerMode, types));
  }

  @Override
  public Mono<RowSet> run(Query<?> query) {
    Command command = Commands.of(query, types.codecs());
    boolean leavesState = query.parsed().leavesState();
    return watch.over(query, Borrow.during(connections, held -> held.run(command, leavesState)));
  }

  @Override
  public Mono<Void> script(String sql) {
    String text = Commands.script(sql);
    return watch.over(sql, Borrow.during(connections, held -> held.script(text)));
  }

  @Override
  public Mono<Scope> begin(TransactionOptions transaction) {
    return Borrow.keeping(
        connections, held -> new LeasedEngine(held, watch).beginAndKeep(transaction));
  }

  @Override
  public Mono<Lease> lease() {
    return Borrow.keeping(connections, held -> Mono.just(new LeasedEngine(held, watch)));
  }

  @Override
  public Mono<Gathered> gather(List<? extends Query<?>> queries, OnFailure onFailure) {
    return Gather.of(queries, onFailure, options.pool().maxSize(), connections, watch);
  }

  @Override
  public PoolStatus status() {
    return driver.status();
  }

  @Override
  public Mono<Void> warmUp() {
    return StartRetry.of(options.startRetry(), driver.warmUp(), driver.timer());
  }

  @Override
  public Mono<Void> close() {
    return Ending.of(driver.close(options.timeouts().close()));
  }
}
