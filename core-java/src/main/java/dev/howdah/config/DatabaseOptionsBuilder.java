package dev.howdah.config;

import dev.howdah.error.ClientException.InvalidOption;
import dev.howdah.error.ClientException.InvalidUrl;
import dev.howdah.observe.DatabaseListener;
import dev.howdah.observe.ParameterDisplay;
import dev.howdah.row.Codec;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Collects {@link DatabaseOptions} one by one; what is set here beats the URL whatever the order of
 * the calls.
 *
 * <p>For one thread; wrong values are refused at the call with {@link InvalidOption}. Texts are
 * taken as they are: only a URL is percent-decoded.
 */
public final class DatabaseOptionsBuilder {
  private @Nullable DatabaseUrl url;
  private DatabaseOptions options;

  DatabaseOptionsBuilder(DatabaseOptions options) {
    this.options = options;
  }

  /**
   * Takes from a URL whatever is not set one by one; of two URLs the last counts.
   *
   * @throws InvalidUrl if it is none
   */
  public DatabaseOptionsBuilder url(String url) {
    return url(DatabaseUrl.parse(url));
  }

  /** Takes from a URL whatever is not set one by one; of two URLs the last counts. */
  public DatabaseOptionsBuilder url(DatabaseUrl url) {
    this.url = Objects.requireNonNull(url, "url");
    return this;
  }

  /** Sets the one host, a name, an address or a socket's directory; replaces all others. */
  public DatabaseOptionsBuilder host(String host) {
    String plain = new HostPort(host, HostPort.DEFAULT_PORT).host();
    return target(target().withServers(target().servers().withHost(plain)));
  }

  /** Sets the port of all hosts. */
  public DatabaseOptionsBuilder port(int port) {
    if (!HostPort.isPort(port)) {
      throw new InvalidOption("The port " + port + " is not between 1 and 65535");
    }
    return target(target().withServers(target().servers().withPort(port)));
  }

  /** Adds a server to try after those added before; the URL's are not added to, but replaced. */
  public DatabaseOptionsBuilder addHost(String host, int port) {
    return target(target().withServers(target().servers().plus(new HostPort(host, port))));
  }

  /** Sets the user. */
  public DatabaseOptionsBuilder user(String user) {
    return target(target().withUser(text("user", user)));
  }

  /** Sets a password that never changes; an empty one is none. */
  public DatabaseOptionsBuilder password(String password) {
    Password fixed = Password.of(password);
    return target(target().withPassword(password.isEmpty() ? null : fixed));
  }

  /** Sets the password, fixed or supplied. */
  public DatabaseOptionsBuilder password(Password password) {
    return target(target().withPassword(Objects.requireNonNull(password, "password")));
  }

  /** Sets where to ask for the password at each new connection; see {@link Password#supplied}. */
  public DatabaseOptionsBuilder passwordSupplier(Supplier<String> supplier) {
    return password(Password.supplied(supplier));
  }

  /** Sets where to ask without blocking; see {@link Password#suppliedAsync}. */
  public DatabaseOptionsBuilder asyncPasswordSupplier(
      Supplier<? extends CompletionStage<String>> supplier) {
    return password(Password.suppliedAsync(supplier));
  }

  /** Sets the password file to use in place of {@code ~/.pgpass}. */
  public DatabaseOptionsBuilder passwordFile(Path file) {
    return target(target().withPasswordFile(Objects.requireNonNull(file, "file")));
  }

  /** Sets the database. */
  public DatabaseOptionsBuilder database(String database) {
    return target(target().withDatabase(text("database", database)));
  }

  /** Sets the section of the service file to take what is missing from. */
  public DatabaseOptionsBuilder service(String service) {
    return target(target().withService(text("service", service), target().serviceFile()));
  }

  /** Sets the service file to use in place of {@code ~/.pg_service.conf}. */
  public DatabaseOptionsBuilder serviceFile(Path file) {
    return target(target().withService(target().service(), Objects.requireNonNull(file, "file")));
  }

  /** Sets which of several servers is acceptable. */
  public DatabaseOptionsBuilder targetSessionAttributes(TargetSessionAttributes attributes) {
    return target(target().withAttributes(Objects.requireNonNull(attributes, "attributes")));
  }

  /** Sets a server setting, sent when a connection starts. */
  public DatabaseOptionsBuilder setting(String name, String value) {
    Objects.requireNonNull(name, "name");
    Keywords.checkSetting(name, Objects.requireNonNull(value, "value"));
    return with(options.settingsGroup().with(name, value));
  }

  /** Sets the name by which the server's views show us. */
  public DatabaseOptionsBuilder applicationName(String name) {
    return setting(Settings.APPLICATION_NAME, name);
  }

  /** Sets how much TLS is asked for; short for {@code tls(tls -> tls.withMode(mode))}. */
  public DatabaseOptionsBuilder sslMode(SslMode mode) {
    return tls(options.tls().withMode(Objects.requireNonNull(mode, "mode")));
  }

  /** Sets all TLS options; what they leave open may still come from the URL. */
  public DatabaseOptionsBuilder tls(TlsOptions tls) {
    options =
        new DatabaseOptions(
            target(),
            options.settingsGroup(),
            tls,
            options.pool(),
            options.timeouts(),
            options.behaviour());
    return this;
  }

  /** Changes the TLS options. */
  public DatabaseOptionsBuilder tls(UnaryOperator<TlsOptions> change) {
    return tls(change.apply(options.tls()));
  }

  /** Sets all pool options. */
  public DatabaseOptionsBuilder pool(PoolOptions pool) {
    options =
        new DatabaseOptions(
            target(),
            options.settingsGroup(),
            options.tls(),
            pool,
            options.timeouts(),
            options.behaviour());
    return this;
  }

  /** Changes the pool options. */
  public DatabaseOptionsBuilder pool(UnaryOperator<PoolOptions> change) {
    return pool(change.apply(options.pool()));
  }

  /** Sets all timeouts; a connect timeout they leave open may still come from the URL. */
  public DatabaseOptionsBuilder timeouts(TimeoutOptions timeouts) {
    options =
        new DatabaseOptions(
            target(),
            options.settingsGroup(),
            options.tls(),
            options.pool(),
            timeouts,
            options.behaviour());
    return this;
  }

  /** Changes the timeouts. */
  public DatabaseOptionsBuilder timeouts(UnaryOperator<TimeoutOptions> change) {
    return timeouts(change.apply(options.timeouts()));
  }

  /** Sets how many prepared statements a connection keeps; 0 for none; 256 by default. */
  public DatabaseOptionsBuilder statementCacheSize(int size) {
    return with(options.behaviour().withStatementCacheSize(size));
  }

  /** Sets whether a pooler in transaction mode stands in between; it turns the cache off. */
  public DatabaseOptionsBuilder poolerMode(boolean on) {
    return with(options.behaviour().withPoolerMode(on));
  }

  /**
   * Whether reads of one shape that wait for a connection together may travel as one statement; on
   * unless it is said. It changes no answer: this is for measuring, and for doubt.
   */
  public DatabaseOptionsBuilder merging(boolean on) {
    return with(options.behaviour().withMerging(on));
  }

  /** Sets whether SQL is logged. */
  public DatabaseOptionsBuilder echo(boolean on) {
    return with(options.behaviour().withEcho(on));
  }

  /**
   * Sets from which duration on, waiting included, a statement is reported by the logger {@code
   * dev.howdah.slow}; null, the default, for never.
   */
  public DatabaseOptionsBuilder slowQueryThreshold(@Nullable Duration threshold) {
    return with(options.behaviour().withSlowQueryThreshold(threshold));
  }

  /** Sets how much of parameter values is shown in logs and errors; nothing by default. */
  public DatabaseOptionsBuilder parameterDisplay(ParameterDisplay display) {
    return with(options.behaviour().withParameterDisplay(display));
  }

  /** Sets for how long connecting goes on trying a server that refuses or is starting. */
  public DatabaseOptionsBuilder startRetry(Duration bound) {
    return with(options.behaviour().withStartRetry(bound));
  }

  /** Sets what completes futures; null for the library's own choice. */
  public DatabaseOptionsBuilder completionExecutor(@Nullable Executor executor) {
    return with(options.behaviour().withCompletionExecutor(executor));
  }

  /** Adds somebody who is told of every statement. */
  public DatabaseOptionsBuilder listener(DatabaseListener listener) {
    return with(options.behaviour().withListener(listener));
  }

  /**
   * Adds a codec for a PostgreSQL type, a class of yours, or both.
   *
   * @throws InvalidOption if there is one for that type or class already
   */
  public DatabaseOptionsBuilder codec(Codec<?> codec) {
    return with(options.behaviour().withCodec(Objects.requireNonNull(codec, "codec")));
  }

  /** Sets how many threads serve the network; as many as processors by default. */
  public DatabaseOptionsBuilder eventLoopThreads(int threads) {
    return with(options.behaviour().withEventLoopThreads(threads));
  }

  /**
   * Returns the options, holes filled from the URL.
   *
   * @throws InvalidUrl if a parameter of the URL has an impossible value
   * @throws InvalidOption if the parts do not fit together
   */
  public DatabaseOptions build() {
    return url == null ? options : ParameterReader.fill(options, ParameterSource.of(url));
  }

  private Target target() {
    return options.target();
  }

  private DatabaseOptionsBuilder target(Target target) {
    options =
        new DatabaseOptions(
            target,
            options.settingsGroup(),
            options.tls(),
            options.pool(),
            options.timeouts(),
            options.behaviour());
    return this;
  }

  private DatabaseOptionsBuilder with(Settings settings) {
    options =
        new DatabaseOptions(
            target(),
            settings,
            options.tls(),
            options.pool(),
            options.timeouts(),
            options.behaviour());
    return this;
  }

  private DatabaseOptionsBuilder with(Behaviour behaviour) {
    options =
        new DatabaseOptions(
            target(),
            options.settingsGroup(),
            options.tls(),
            options.pool(),
            options.timeouts(),
            behaviour);
    return this;
  }

  private static String text(String name, String text) {
    if (Objects.requireNonNull(text, name).isEmpty()) {
      throw new InvalidOption("The " + name + " is empty: leave it out instead");
    }
    if (text.indexOf('\0') >= 0) {
      throw new InvalidOption(
          "The " + name + " contains a NUL character, which PostgreSQL refuses");
    }
    return text;
  }
}
