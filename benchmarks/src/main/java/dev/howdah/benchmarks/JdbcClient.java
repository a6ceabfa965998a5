package dev.howdah.benchmarks;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * pgjdbc and HikariCP: a virtual thread for each look-up where the JVM has them, else as many
 * platform threads as the pool has connections.
 */
final class JdbcClient implements Client {
  private final HikariDataSource pool;
  private final ExecutorService threads;

  JdbcClient(Server server, int poolSize) {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(server.jdbcUrl());
    config.setUsername(server.user());
    config.setPassword(server.password());
    config.setMaximumPoolSize(poolSize);
    config.addDataSourceProperty("prepareThreshold", "1");
    config.addDataSourceProperty("reWriteBatchedInserts", "true");
    pool = new HikariDataSource(config);
    threads = hasVirtualThreads() ? virtualThreadPerTask() : Executors.newFixedThreadPool(poolSize);
  }

  static boolean hasVirtualThreads() {
    return Runtime.version().feature() >= 21;
  }

  @Override
  public List<Account> gather(int[] keys) {
    List<Callable<Account>> tasks = new ArrayList<>(keys.length);
    for (int key : keys) {
      tasks.add(() -> lookUp(key));
    }
    try {
      List<Account> accounts = new ArrayList<>(keys.length);
      for (Future<Account> account : threads.invokeAll(tasks)) {
        accounts.add(account.get());
      }
      return accounts;
    } catch (InterruptedException | ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public Account lookUp(int key) {
    try (Connection connection = pool.getConnection();
        PreparedStatement statement = connection.prepareStatement(Accounts.LOOK_UP_JDBC)) {
      statement.setInt(1, key);
      try (ResultSet row = statement.executeQuery()) {
        if (!row.next()) {
          throw new IllegalStateException("no account " + key);
        }
        return new Account(row.getInt(1), row.getInt(2), row.getInt(3), row.getString(4));
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    threads.shutdown();
    pool.close();
  }

  /** By reflection: compiled for 17, virtual threads came with 21. */
  private static ExecutorService virtualThreadPerTask() {
    try {
      return (ExecutorService)
          Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }
}
