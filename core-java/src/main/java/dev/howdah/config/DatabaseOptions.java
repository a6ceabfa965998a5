package dev.howdah.config;

import dev.howdah.error.ClientException.InvalidOption;
import dev.howdah.error.ClientException.InvalidUrl;
import dev.howdah.observe.DatabaseListener;
import dev.howdah.observe.ParameterDisplay;
import dev.howdah.row.Codec;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Everything a program can say about a database before it connects: where it is, who we are, how
 * the pool and the queries behave.
 *
 * <p>An immutable value, safe for any thread; it never prints a password nor the value of a
 * setting. What nobody said is a hole; {@link #resolve()}, which connecting calls, fills the holes.
 *
 * <p>Who wins, from first to last: an option set one by one, the URL (or map of parts), the service
 * file, the environment, the default; for the password, the password file in place of a default.
 */
public final class DatabaseOptions {
  private final Target target;
  private final Settings settings;
  private final TlsOptions tls;
  private final PoolOptions pool;
  private final TimeoutOptions timeouts;
  private final Behaviour behaviour;

  DatabaseOptions(
      Target target,
      Settings settings,
      TlsOptions tls,
      PoolOptions pool,
      TimeoutOptions timeouts,
      Behaviour behaviour) {
    this.target = target;
    this.settings = settings;
    this.tls = Objects.requireNonNull(tls, "tls");
    this.pool = Objects.requireNonNull(pool, "pool");
    this.timeouts = Objects.requireNonNull(timeouts, "timeouts");
    this.behaviour = behaviour;
  }

  /**
   * Returns the options a URL gives.
   *
   * @throws InvalidUrl if it is none, or one of its parameters has an impossible value
   */
  public static DatabaseOptions of(String url) {
    return builder().url(url).build();
  }

  /**
   * Returns the options a URL gives.
   *
   * @throws InvalidUrl if one of its parameters has an impossible value
   */
  public static DatabaseOptions of(DatabaseUrl url) {
    return builder().url(url).build();
  }

  /**
   * Returns the options of asyncpg-lite's {@code auth_params}, nothing of which is unescaped.
   *
   * @param authParams any of {@code host}, {@code port} (a number or a text), {@code user}, {@code
   *     password} (a text or a {@link Password}) and {@code database}; null stands for absent
   * @throws InvalidOption for another key, listing the five, or a value of a wrong kind
   */
  public static DatabaseOptions fromMap(Map<String, ?> authParams) {
    return AuthParams.read(authParams);
  }

  /**
   * Returns the options the environment gives now: libpq's variables, service file, password file
   * and defaults.
   *
   * @throws InvalidOption if one of them is impossible
   */
  public static DatabaseOptions fromEnvironment() {
    return builder().build().resolve();
  }

  /** Returns a builder in which nothing is said yet. */
  public static DatabaseOptionsBuilder builder() {
    return new DatabaseOptionsBuilder(
        new DatabaseOptions(
            Target.UNKNOWN,
            Settings.NONE,
            TlsOptions.defaults(),
            PoolOptions.defaults(),
            TimeoutOptions.defaults(),
            Behaviour.defaults()));
  }

  /** Returns a builder that begins with these options, all of them as if set one by one. */
  public DatabaseOptionsBuilder toBuilder() {
    return new DatabaseOptionsBuilder(this);
  }

  /**
   * Returns these options with every hole filled; the one place where the environment and files are
   * read.
   *
   * <p>The service file (URL's {@code service} or {@code PGSERVICE}) comes before the environment,
   * as in libpq: {@code PGHOST PGPORT PGUSER PGPASSWORD PGDATABASE PGPASSFILE PGSSLMODE
   * PGSSLROOTCERT PGSSLCERT PGSSLKEY PGSSLNEGOTIATION PGCHANNELBINDING PGAPPNAME PGOPTIONS
   * PGTARGETSESSIONATTRS PGCONNECT_TIMEOUT PGTZ PGGEQO}, and {@code PGSERVICEFILE PGSYSCONFDIR}.
   * Then the defaults: localhost, 5432, the operating system's user, the database of the user's
   * name. At last the password file, if nobody gave a password. Afterwards {@link #user()} and
   * {@link #database()} are never null, {@link #password()} is null if there is none.
   *
   * <p>Reads small files, so it may block for a moment.
   *
   * @throws InvalidOption if a value is impossible, or a file that was named is missing
   */
  public DatabaseOptions resolve() {
    return resolve(Environment.system());
  }

  DatabaseOptions resolve(Environment environment) {
    return Resolution.resolve(this, environment);
  }

  /** Returns the servers in the order to try them; localhost and 5432 where nothing is said. */
  public List<HostPort> hosts() {
    return target.servers().list();
  }

  /** Returns the user, null while nobody said one; never null once resolved. */
  public @Nullable String user() {
    return target.user();
  }

  /** Returns the password or its supplier, null if there is none. */
  public @Nullable Password password() {
    return target.password();
  }

  /** Returns the database, null while nobody said one; never null once resolved. */
  public @Nullable String database() {
    return target.database();
  }

  /**
   * Returns the settings to send when a connection starts, {@code application_name} among them;
   * unmodifiable, names ignore case. A setting named {@code options} is libpq's start-up parameter.
   */
  public Map<String, String> settings() {
    return settings.values();
  }

  /** Returns the name by which the server's views show us; null while nobody said one. */
  public @Nullable String applicationName() {
    return settings.values().get(Settings.APPLICATION_NAME);
  }

  /** Returns which of several servers is acceptable. */
  public TargetSessionAttributes targetSessionAttributes() {
    TargetSessionAttributes said = target.attributes();
    return said == null ? TargetSessionAttributes.ANY : said;
  }

  /** Returns how connections are encrypted. */
  public TlsOptions tls() {
    return tls;
  }

  /** Returns how many connections are kept. */
  public PoolOptions pool() {
    return pool;
  }

  /** Returns how long things may take. */
  public TimeoutOptions timeouts() {
    return timeouts;
  }

  /** Returns how many prepared statements a connection keeps; 0 in pooler mode. */
  public int statementCacheSize() {
    return behaviour.poolerMode() ? 0 : behaviour.statementCacheSize();
  }

  /**
   * Returns whether a pooler in transaction mode (PgBouncer, Supavisor) stands in between: no named
   * statements, no session state, no reset of sessions.
   */
  public boolean poolerMode() {
    return behaviour.poolerMode();
  }

  /** Returns whether reads of one shape that wait together may travel as one statement. */
  public boolean merging() {
    return behaviour.merging();
  }

  /** Returns whether SQL is logged. */
  public boolean echo() {
    return behaviour.echo();
  }

  /** Returns from which duration on a statement is logged as slow; null for never. */
  public @Nullable Duration slowQueryThreshold() {
    return behaviour.slowQueryThreshold();
  }

  /** Returns how much of parameter values is shown in logs and errors. */
  public ParameterDisplay parameterDisplay() {
    return behaviour.parameterDisplay();
  }

  /**
   * Returns for how long connecting goes on trying a server that refuses or is still starting; zero
   * means that the first failure counts.
   */
  public Duration startRetry() {
    return behaviour.startRetry();
  }

  /** Returns what completes futures; null for the library's own choice. */
  public @Nullable Executor completionExecutor() {
    return behaviour.completionExecutor();
  }

  /** Returns who is told of every statement, in the order in which they were added. */
  public List<DatabaseListener> listeners() {
    return behaviour.listeners();
  }

  /** Returns the codecs for types and classes of the user's own, in the order they were added. */
  public List<Codec<?>> codecs() {
    return behaviour.codecs();
  }

  /** Returns how many threads serve the network. */
  public int eventLoopThreads() {
    return behaviour.eventLoopThreads();
  }

  /** Returns these options for one other server. */
  public DatabaseOptions withHost(String host, int port) {
    return toBuilder().host(host).port(port).build();
  }

  /** Returns these options for another user. */
  public DatabaseOptions withUser(String user) {
    return toBuilder().user(user).build();
  }

  /** Returns these options with another password. */
  public DatabaseOptions withPassword(Password password) {
    return toBuilder().password(password).build();
  }

  /** Returns these options for another database. */
  public DatabaseOptions withDatabase(String database) {
    return toBuilder().database(database).build();
  }

  /** Returns these options with a server setting added or changed. */
  public DatabaseOptions withSetting(String name, String value) {
    return toBuilder().setting(name, value).build();
  }

  /** Returns these options with other TLS options. */
  public DatabaseOptions withTls(TlsOptions tls) {
    return toBuilder().tls(tls).build();
  }

  /** Returns these options with another pool. */
  public DatabaseOptions withPool(PoolOptions pool) {
    return toBuilder().pool(pool).build();
  }

  /** Returns these options with other timeouts. */
  public DatabaseOptions withTimeouts(TimeoutOptions timeouts) {
    return toBuilder().timeouts(timeouts).build();
  }

  /** Returns these options with pooler mode on or off. */
  public DatabaseOptions withPoolerMode(boolean on) {
    return toBuilder().poolerMode(on).build();
  }

  /** Returns these options with or without merging of reads that wait together. */
  public DatabaseOptions withMerging(boolean on) {
    return toBuilder().merging(on).build();
  }

  /** Returns these options with one more listener. */
  public DatabaseOptions withListener(DatabaseListener listener) {
    return toBuilder().listener(listener).build();
  }

  /**
   * Returns these options with one more codec.
   *
   * @throws InvalidOption if there is one for that type or class already
   */
  public DatabaseOptions withCodec(Codec<?> codec) {
    return toBuilder().codec(codec).build();
  }

  /** Returns these options with or without logging of SQL. */
  public DatabaseOptions withEcho(boolean on) {
    return toBuilder().echo(on).build();
  }

  Target target() {
    return target;
  }

  Settings settingsGroup() {
    return settings;
  }

  Behaviour behaviour() {
    return behaviour;
  }

  private List<Object> parts() {
    return List.of(target, settings, tls, pool, timeouts, behaviour);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof DatabaseOptions that && parts().equals(that.parts());
  }

  @Override
  public int hashCode() {
    return parts().hashCode();
  }

  /** Returns the options without the password, and the settings by name only. */
  @Override
  public String toString() {
    return "DatabaseOptions[hosts="
        + hosts()
        + ", user="
        + user()
        + ", password="
        + password()
        + ", database="
        + database()
        + ", settings="
        + settings().keySet()
        + ", targetSessionAttributes="
        + targetSessionAttributes().label()
        + ", tls="
        + tls
        + ", pool="
        + pool
        + ", timeouts="
        + timeouts
        + ", "
        + behaviour
        + "]";
  }
}
