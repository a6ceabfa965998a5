package dev.howdah.benchmarks;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/**
 * pgjdbc and HikariCP: a virtual thread for each task where the JVM has them, else as many platform
 * threads as the pool has connections.
 */
final class JdbcClient implements Client {
  private static final String LOOK_UP = Accounts.jdbc(Accounts.LOOK_UP);
  private static final List<String> MIXED = Accounts.MIXED.stream().map(Accounts::jdbc).toList();
  private static final String UPDATE = Accounts.jdbc(Ledger.UPDATE);
  private static final String SELECT = Accounts.jdbc(Ledger.SELECT);
  private static final String INSERT = Accounts.jdbc(Ledger.INSERT);
  private static final String STREAM = Accounts.jdbc(Accounts.STREAM);
  private static final int PAGE = 1_000;
  private static final int BATCH = 1_000;

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
      tasks.add(() -> find(LOOK_UP, key));
    }
    return all(tasks);
  }

  @Override
  public List<Account> gatherMixed(int[] keys) {
    List<Callable<Account>> tasks = new ArrayList<>(keys.length);
    for (int i = 0; i < keys.length; i++) {
      String sql = MIXED.get(i % MIXED.size());
      int key = keys[i];
      tasks.add(() -> find(sql, key));
    }
    return all(tasks);
  }

  @Override
  public long callers(int[][] keys) {
    List<Callable<Long>> tasks = new ArrayList<>(keys.length);
    for (int[] own : keys) {
      tasks.add(
          () -> {
            long sum = 0;
            for (int key : own) {
              sum += find(LOOK_UP, key).abalance();
            }
            return sum;
          });
    }
    return sum(all(tasks));
  }

  @Override
  public Account lookUp(int key) {
    return blocking(() -> find(LOOK_UP, key));
  }

  @Override
  public long transact(int[] keys) {
    List<Callable<Long>> tasks = new ArrayList<>(keys.length);
    for (int key : keys) {
      tasks.add(() -> inTransaction(connection -> transaction(connection, key)));
    }
    return sum(all(tasks));
  }

  @Override
  public long fetchRows() {
    return blocking(
        () -> {
          try (Connection connection = pool.getConnection();
              PreparedStatement statement = connection.prepareStatement(Accounts.FETCH);
              ResultSet row = statement.executeQuery()) {
            long sum = 0;
            while (row.next()) {
              sum += row.getInt(1) + row.getInt(2) + row.getInt(3) + row.getString(4).length();
            }
            return sum;
          }
        });
  }

  @Override
  public List<Account> fetchRecords() {
    return blocking(
        () -> {
          try (Connection connection = pool.getConnection();
              PreparedStatement statement = connection.prepareStatement(Accounts.FETCH);
              ResultSet row = statement.executeQuery()) {
            List<Account> accounts = new ArrayList<>();
            while (row.next()) {
              accounts.add(account(row));
            }
            return accounts;
          }
        });
  }

  @Override
  public long stream(int times) {
    return blocking(
        () ->
            inTransaction(
                connection -> {
                  try (PreparedStatement statement = connection.prepareStatement(STREAM)) {
                    statement.setFetchSize(PAGE);
                    statement.setInt(1, times);
                    long sum = 0;
                    try (ResultSet row = statement.executeQuery()) {
                      while (row.next()) {
                        sum += account(row).checksum();
                      }
                    }
                    return sum;
                  }
                }));
  }

  @Override
  public long executeMany(String sql, List<Item> items) {
    return blocking(
        () ->
            inTransaction(
                connection -> {
                  try (PreparedStatement statement =
                      connection.prepareStatement(Accounts.jdbc(sql))) {
                    for (int i = 1; i <= items.size(); i++) {
                      Item item = items.get(i - 1);
                      statement.setInt(1, item.bid());
                      statement.setInt(2, item.amount());
                      statement.setString(3, item.note());
                      statement.setInt(4, item.id());
                      statement.addBatch();
                      if (i % BATCH == 0 || i == items.size()) {
                        statement.executeBatch();
                      }
                    }
                    // A rewritten batch does not say how many rows it changed.
                    return (long) items.size();
                  }
                }));
  }

  @Override
  public long insert(List<Item> items) {
    return blocking(
        () -> {
          try (Connection connection = pool.getConnection()) {
            CopyIn copy = connection.unwrap(PGConnection.class).getCopyAPI().copyIn(Items.COPY);
            for (Iterator<byte[]> i = Items.copyText(items).iterator(); i.hasNext(); ) {
              byte[] text = i.next();
              copy.writeToCopy(text, 0, text.length);
            }
            return copy.endCopy();
          }
        });
  }

  @Override
  public void close() {
    threads.shutdown();
    pool.close();
  }

  private Account find(String sql, int key) throws SQLException {
    try (Connection connection = pool.getConnection();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setInt(1, key);
      try (ResultSet row = statement.executeQuery()) {
        if (!row.next()) {
          throw new IllegalStateException("no account " + key);
        }
        return account(row);
      }
    }
  }

  private static Account account(ResultSet row) throws SQLException {
    return new Account(row.getInt(1), row.getInt(2), row.getInt(3), row.getString(4));
  }

  private static long transaction(Connection connection, int key) throws SQLException {
    change(connection, UPDATE, Ledger.DELTA, key);
    long balance;
    try (PreparedStatement select = connection.prepareStatement(SELECT)) {
      select.setInt(1, key);
      try (ResultSet row = select.executeQuery()) {
        if (!row.next()) {
          throw new IllegalStateException("no balance " + key);
        }
        balance = row.getLong(1);
      }
    }
    change(connection, INSERT, key, Ledger.DELTA);
    return balance;
  }

  private static void change(Connection connection, String sql, int first, int second)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setInt(1, first);
      statement.setInt(2, second);
      statement.executeUpdate();
    }
  }

  private <T> T inTransaction(Work<T> work) throws SQLException {
    try (Connection connection = pool.getConnection()) {
      connection.setAutoCommit(false);
      // What was not committed is rolled back by the pool.
      T result = work.on(connection);
      connection.commit();
      return result;
    }
  }

  private <T> List<T> all(List<Callable<T>> tasks) {
    return blocking(
        () -> {
          List<T> results = new ArrayList<>(tasks.size());
          for (Future<T> result : threads.invokeAll(tasks)) {
            results.add(result.get());
          }
          return results;
        });
  }

  private static long sum(List<Long> numbers) {
    return numbers.stream().mapToLong(Long::longValue).sum();
  }

  private static <T> T blocking(Callable<T> work) {
    try {
      return work.call();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
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

  private interface Work<T> {
    T on(Connection connection) throws SQLException;
  }
}
