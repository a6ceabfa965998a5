package dev.howdah.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.howdah.error.ClientException.InvalidOption;
import dev.howdah.error.ClientException.InvalidUrl;
import dev.howdah.observe.DatabaseListener;
import dev.howdah.observe.ParameterDisplay;
import dev.howdah.testing.LogRecords;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseOptionsTest {

  @Test
  void defaultsAreTheDocumentedOnes() {
    DatabaseOptions options = DatabaseOptions.builder().build();

    assertThat(options.hosts()).containsExactly(HostPort.of("localhost"));
    assertThat(options.user()).isNull();
    assertThat(options.database()).isNull();
    assertThat(options.password()).isNull();
    assertThat(options.settings()).isEmpty();
    assertThat(options.applicationName()).isNull();
    assertThat(options.targetSessionAttributes()).isEqualTo(TargetSessionAttributes.ANY);
    assertThat(options.tls()).isEqualTo(TlsOptions.defaults());
    assertThat(options.pool()).isEqualTo(PoolOptions.defaults());
    assertThat(options.timeouts()).isEqualTo(TimeoutOptions.defaults());
    assertThat(options.statementCacheSize()).isEqualTo(256);
    assertThat(options.poolerMode()).isFalse();
    assertThat(options.echo()).isFalse();
    assertThat(options.parameterDisplay()).isEqualTo(ParameterDisplay.HIDDEN);
    assertThat(options.startRetry()).isZero();
    assertThat(options.completionExecutor()).isNull();
    assertThat(options.listeners()).isEmpty();
    assertThat(options.eventLoopThreads()).isEqualTo(Runtime.getRuntime().availableProcessors());
  }

  @Test
  void everythingCanBeSet() {
    Executor executor = Runnable::run;
    DatabaseOptions options =
        DatabaseOptions.builder()
            .addHost("h1", 1)
            .addHost("h2", 2)
            .user("u")
            .password("p")
            .database("d")
            .setting("search_path", "x")
            .applicationName("a")
            .targetSessionAttributes(TargetSessionAttributes.READ_WRITE)
            .sslMode(SslMode.ALLOW)
            .pool(pool -> pool.withMaxSize(3))
            .timeouts(timeouts -> timeouts.withClose(Duration.ofSeconds(1)))
            .statementCacheSize(7)
            .echo(true)
            .parameterDisplay(ParameterDisplay.SHORT)
            .startRetry(Duration.ofSeconds(9))
            .completionExecutor(executor)
            .listener(new DatabaseListener() {})
            .eventLoopThreads(1)
            .build();

    assertThat(options.hosts()).containsExactly(new HostPort("h1", 1), new HostPort("h2", 2));
    assertThat(options.user()).isEqualTo("u");
    assertThat(options.password()).isEqualTo(Password.of("p"));
    assertThat(options.database()).isEqualTo("d");
    assertThat(options.settings()).isEqualTo(Map.of("search_path", "x", "application_name", "a"));
    assertThat(options.applicationName()).isEqualTo("a");
    assertThat(options.targetSessionAttributes()).isEqualTo(TargetSessionAttributes.READ_WRITE);
    assertThat(options.tls().mode()).isEqualTo(SslMode.ALLOW);
    assertThat(options.pool().maxSize()).isEqualTo(3);
    assertThat(options.timeouts().close()).hasSeconds(1);
    assertThat(options.statementCacheSize()).isEqualTo(7);
    assertThat(options.echo()).isTrue();
    assertThat(options.parameterDisplay()).isEqualTo(ParameterDisplay.SHORT);
    assertThat(options.startRetry()).hasSeconds(9);
    assertThat(options.completionExecutor()).isSameAs(executor);
    assertThat(options.listeners()).hasSize(1);
    assertThat(options.eventLoopThreads()).isEqualTo(1);
    assertThat(options.toBuilder().build()).isEqualTo(options).hasSameHashCodeAs(options);
  }

  @Test
  void unknownParameterBecomesAServerSetting() {
    DatabaseOptions options =
        DatabaseOptions.of("postgresql://h?statement_timeout=5s&my.own=1+1&search_path=");
    assertThat(options.settings())
        .isEqualTo(Map.of("statement_timeout", "5s", "my.own", "1+1", "search_path", ""));
  }

  @ParameterizedTest
  @CsvSource({
    "sslmode=on, 'The parameter sslmode of the database URL is ''on'', but must be one of'",
    "sslnegotiation=x, 'one of: postgres, direct'",
    "channel_binding=x, 'one of: disable, prefer, require'",
    "target_session_attrs=x, 'any, read-write, read-only, primary, standby, prefer-standby'",
    "connect_timeout=0, waiting for ever is not offered",
    "connect_timeout=-1, connect_timeout of the database URL is '-1'",
    "connect_timeout=1.5, connect_timeout of the database URL is '1.5'",
    "hostaddr=1.2.3.4, give the address as the host",
    "require_auth=scram-sha-256, require_auth of the database URL is not supported",
    "sslcrl=x, sslcrl of the database URL is not supported",
    "gssencmode=require, 'remove it (harmless: '",
    "client_encoding=LATIN1, client_encoding of the database URL is not supported",
    "load_balance_hosts=random, load_balance_hosts of the database URL is not supported",
    "replication=database, replication of the database URL is not supported"
  })
  void impossibleParameterIsRefusedByName(String parameter, String message) {
    assertThatThrownBy(() -> DatabaseOptions.of("postgresql://u:secret@h/d?" + parameter))
        .isInstanceOf(InvalidUrl.class)
        .hasMessageContaining(message)
        .hasMessageNotContaining("secret");
  }

  @Test
  void wrongUrlIsRefusedEvenWhereAnOptionBeatsIt() {
    DatabaseOptionsBuilder builder =
        DatabaseOptions.builder().url("postgresql://h?sslmode=x").sslMode(SslMode.REQUIRE);
    assertThatThrownBy(builder::build).isInstanceOf(InvalidUrl.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "gssencmode=disable",
        "client_encoding=UTF8",
        "sslcompression=0",
        "sslsni=1",
        "ssl_min_protocol_version=TLSv1.2",
        "load_balance_hosts=disable",
        "hostaddr="
      })
  void parameterThatAsksForWhatWeDoAnywayIsAccepted(String parameter) {
    try (LogRecords logged = new LogRecords()) {
      assertThat(DatabaseOptions.of("postgresql://h?" + parameter))
          .isEqualTo(DatabaseOptions.of("postgresql://h"));
      assertThat(logged.warnings()).isEmpty();
    }
  }

  @Test
  void parameterThatOnlyTunesIsLeftOutWithAWarning() {
    try (LogRecords logged = new LogRecords()) {
      assertThat(DatabaseOptions.of("postgresql://h?keepalives_idle=5").settings()).isEmpty();
      assertThat(logged.warnings())
          .containsExactly(
              "The parameter keepalives_idle of the database URL is not supported and left out");
    }
  }

  @Test
  void poolerModeTurnsTheStatementCacheOff() {
    DatabaseOptions options = DatabaseOptions.builder().statementCacheSize(9).build();
    assertThat(options.withPoolerMode(true).statementCacheSize()).isZero();
    assertThat(options.withPoolerMode(true).poolerMode()).isTrue();
    assertThat(options.withPoolerMode(true).withPoolerMode(false)).isEqualTo(options);
  }

  @Test
  void hostAndPortOfTheBuilder() {
    DatabaseOptionsBuilder one = DatabaseOptions.builder().port(7).host("h");
    assertThat(one.build().hosts()).containsExactly(new HostPort("h", 7));
    assertThat(DatabaseOptions.builder().host("a").addHost("b", 2).build().hosts())
        .containsExactly(new HostPort("a", 5432), new HostPort("b", 2));
    assertThat(DatabaseOptions.builder().host("a").port(1).addHost("b", 2).build().hosts())
        .containsExactly(new HostPort("a", 1), new HostPort("b", 2));
    assertThat(one.addHost("i", 8).host("j").build().hosts())
        .containsExactly(new HostPort("j", 5432));
    assertThat(DatabaseOptions.builder().host("a").addHost("b", 2).url("postgres://:3").build())
        .satisfies(
            o -> assertThat(o.hosts()).containsExactly(new HostPort("a", 3), new HostPort("b", 2)));
  }

  @Test
  void partsAreTakenAsTheyAre() {
    DatabaseOptions options =
        DatabaseOptions.builder().user("a%40+b").password("p%40+@:/?#").database("x%2Fy").build();
    assertThat(options.user()).isEqualTo("a%40+b");
    assertThat(options.password()).isEqualTo(Password.of("p%40+@:/?#"));
    assertThat(options.database()).isEqualTo("x%2Fy");
  }

  @Test
  void withMethodsChangeOneThing() {
    DatabaseOptions options = DatabaseOptions.of("postgresql://u:p@h:1/d?a.b=1");
    assertThat(options.withHost("i", 2).withUser("v").withDatabase("e").withSetting("a.b", "2"))
        .isEqualTo(DatabaseOptions.of("postgresql://v:p@i:2/e?a.b=2"));
    assertThat(options.withPassword(Password.of("q")).password()).isEqualTo(Password.of("q"));
    assertThat(options.withEcho(true).echo()).isTrue();
    PoolOptions pool = PoolOptions.defaults().withSize(2);
    assertThat(options.withPool(pool).pool()).isEqualTo(pool);
    TimeoutOptions timeouts = TimeoutOptions.defaults().withCancel(Duration.ofSeconds(1));
    assertThat(options.withTimeouts(timeouts).timeouts()).isEqualTo(timeouts);
    TlsOptions tls = TlsOptions.defaults().withMode(SslMode.ALLOW);
    assertThat(options.withTls(tls).tls()).isEqualTo(tls);
    assertThat(options).isEqualTo(DatabaseOptions.of("postgresql://u:p@h:1/d?a.b=1"));
  }

  @Test
  void impossibleValuesAreRefusedAtTheCall() {
    DatabaseOptionsBuilder builder = DatabaseOptions.builder();
    assertRefused(() -> builder.port(0), "The port 0 is not between 1 and 65535");
    assertRefused(() -> builder.port(65_536), "The port 65536");
    assertRefused(() -> builder.host(" "), "is blank");
    assertRefused(() -> builder.host("a,b"), "The host 'a,b' contains");
    assertRefused(() -> builder.addHost("h", -1), "The port -1 of host 'h'");
    assertRefused(() -> builder.user(""), "The user is empty");
    assertRefused(() -> builder.database(""), "The database is empty");
    assertRefused(() -> builder.user("a\0b"), "NUL");
    assertRefused(() -> builder.statementCacheSize(-1), "statementCacheSize must be 0");
    assertRefused(() -> builder.eventLoopThreads(0), "eventLoopThreads must be 1 or more");
    assertRefused(() -> builder.startRetry(Duration.ofMillis(-1)), "startRetry must not be");
    assertRefused(() -> builder.setting("a b", "x"), "'a b' is no name");
    assertRefused(() -> builder.setting("sslmode", "x"), "sslmode is an option of the connection");
    assertRefused(() -> builder.setting("User", "x"), "User is an option of the connection");
    assertRefused(() -> builder.setting("client_encoding", "LATIN1"), "client_encoding is not");
    assertRefused(() -> builder.setting("a.b", "sec\0ret"), "setting a.b contains a NUL");
    assertThat(builder.build()).isEqualTo(DatabaseOptions.builder().build());
  }

  private static void assertRefused(Runnable call, String message) {
    assertThatThrownBy(call::run).isInstanceOf(InvalidOption.class).hasMessageContaining(message);
  }

  @Test
  void urlGivenAsAHostIsNotShown() {
    assertThatThrownBy(() -> DatabaseOptions.builder().host("postgresql://u:secret@h"))
        .isInstanceOf(InvalidOption.class)
        .hasMessageNotContaining("secret");
  }

  @Test
  void nothingSecretIsPrinted() {
    DatabaseOptions options =
        DatabaseOptions.of("postgresql://u:s3cret@h/d?sslpassword=s3cret&app.key=s3cret")
            .withSetting("x.y", "s3cret");
    assertThat(options.toString())
        .contains("hosts=[h:5432]", "user=u", "password=***", "database=d", "app.key", "x.y")
        .doesNotContain("s3cret");
  }

  @Test
  void optionsArePrintedUnderTheirOwnNames() {
    assertThat(DatabaseOptions.of("postgresql://u@h/d").withPoolerMode(true).toString())
        .contains("tls=TlsOptions[", "pool=PoolOptions[")
        .contains("timeouts=TimeoutOptions[connect=PT10S, close=PT10S, query=unlimited,")
        .contains(", statementCacheSize=0, poolerMode=true, merging=true, echo=false,")
        .contains("completionExecutor=default")
        .doesNotContain("given", "Behaviour");
  }

  @Test
  void emptyPasswordIsNone() {
    assertThat(DatabaseOptions.builder().password("").build().password()).isNull();
    assertThat(DatabaseOptions.of("postgresql://u:@h").password()).isNull();
  }

  @Test
  void settingsCannotBeChangedFromOutside() {
    Map<String, String> settings = DatabaseOptions.of("postgresql://h?a.b=1").settings();
    assertThatThrownBy(() -> settings.put("a", "b"))
        .isInstanceOf(UnsupportedOperationException.class);
  }
}
