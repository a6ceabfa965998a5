package dev.howdah.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.howdah.error.ClientException.InvalidOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who wins where several places say something. */
class ResolutionTest {
  @TempDir Path home;

  private Surroundings around() {
    return new Surroundings(home);
  }

  @Test
  void defaultsFillWhatNobodySaid() {
    DatabaseOptions options = around().resolve("postgresql://");

    assertThat(options.hosts()).containsExactly(new HostPort("localhost", 5432));
    assertThat(options.user()).isEqualTo("osuser");
    assertThat(options.database()).isEqualTo("osuser");
    assertThat(options.password()).isNull();
    assertThat(options.settings()).isEqualTo(Map.of("application_name", "howdah"));
    assertThat(options.tls().mode()).isEqualTo(SslMode.PREFER);
    assertThat(options.timeouts().connect()).isEqualTo(Duration.ofSeconds(10));
    assertThat(options.targetSessionAttributes()).isEqualTo(TargetSessionAttributes.ANY);
  }

  @Test
  void databaseDefaultsToTheUser() {
    assertThat(around().resolve("postgresql://app@h").database()).isEqualTo("app");
  }

  @Test
  void everyVariableIsRead() throws Exception {
    Surroundings around =
        around()
            .file("root.pem", "x")
            .file("cert.pem", "x")
            .file("key.pem", "x")
            .with("PGHOST", "h1,h2")
            .with("PGPORT", "1,2")
            .with("PGUSER", "u")
            .with("PGPASSWORD", "p w#%41")
            .with("PGDATABASE", "d")
            .with("PGSSLMODE", "verify-full")
            .with("PGSSLROOTCERT", home.resolve("root.pem").toString())
            .with("PGSSLCERT", home.resolve("cert.pem").toString())
            .with("PGSSLKEY", home.resolve("key.pem").toString())
            .with("PGSSLNEGOTIATION", "direct")
            .with("PGCHANNELBINDING", "require")
            .with("PGAPPNAME", "app")
            .with("PGTARGETSESSIONATTRS", "prefer-standby")
            .with("PGCONNECT_TIMEOUT", "3")
            .with("PGOPTIONS", "-c search_path=a,b --work-mem=8MB")
            .with("PGTZ", "Europe/Vienna")
            .with("PGGEQO", "off");

    DatabaseOptions options = around.resolve("postgresql://");

    assertThat(options.hosts()).containsExactly(new HostPort("h1", 1), new HostPort("h2", 2));
    assertThat(options.user()).isEqualTo("u");
    assertThat(options.password()).isEqualTo(Password.of("p w#%41"));
    assertThat(options.database()).isEqualTo("d");
    assertThat(options.tls().effectiveMode()).isEqualTo(SslMode.VERIFY_FULL);
    assertThat(options.tls().rootCertificate()).isEqualTo(home.resolve("root.pem"));
    assertThat(options.tls().certificate()).isEqualTo(home.resolve("cert.pem"));
    assertThat(options.tls().key()).isEqualTo(home.resolve("key.pem"));
    assertThat(options.tls().negotiation()).isEqualTo(SslNegotiation.DIRECT);
    assertThat(options.tls().channelBinding()).isEqualTo(ChannelBinding.REQUIRE);
    assertThat(options.targetSessionAttributes()).isEqualTo(TargetSessionAttributes.PREFER_STANDBY);
    assertThat(options.timeouts().connect()).isEqualTo(Duration.ofSeconds(3));
    assertThat(options.settings())
        .isEqualTo(
            Map.of(
                "application_name", "app",
                "search_path", "a,b",
                "work_mem", "8MB",
                "TimeZone", "Europe/Vienna",
                "geqo", "off"));
  }

  @Test
  void explicitBeatsUrlBeatsServiceFileBeatsEnvironment() {
    Surroundings around =
        around()
            .file(".pg_service.conf", "[s]", "user=service", "dbname=service", "port=3", "host=s")
            .with("PGSERVICE", "s")
            .with("PGUSER", "environment")
            .with("PGDATABASE", "environment")
            .with("PGPORT", "4")
            .with("PGHOST", "environment")
            .with("PGAPPNAME", "environment");

    DatabaseOptions options =
        DatabaseOptions.builder()
            .user("explicit")
            .url("postgresql://url@h/url")
            .build()
            .resolve(around.environment());

    assertThat(options.user()).isEqualTo("explicit");
    assertThat(options.database()).isEqualTo("url");
    assertThat(options.hosts()).containsExactly(new HostPort("h", 3));
    assertThat(options.applicationName()).isEqualTo("environment");
  }

  @Test
  void everyKindOfExplicitOptionBeatsTheUrlInAnyOrder() {
    String url =
        "postgresql://u:p@h:1/d?sslmode=require&connect_timeout=7&application_name=url"
            + "&target_session_attrs=standby&channel_binding=disable&x.y=1&x.z=2";
    DatabaseOptionsBuilder before = explicit(DatabaseOptions.builder().url(url));
    DatabaseOptionsBuilder after = explicit(DatabaseOptions.builder()).url(url);

    DatabaseOptions options = before.build();
    assertThat(after.build()).isEqualTo(options);
    assertThat(options.hosts()).containsExactly(new HostPort("g", 2));
    assertThat(options.user()).isEqualTo("v");
    assertThat(options.password()).isEqualTo(Password.of("q"));
    assertThat(options.database()).isEqualTo("e");
    assertThat(options.tls().mode()).isEqualTo(SslMode.DISABLE);
    assertThat(options.tls().channelBinding()).isEqualTo(ChannelBinding.DISABLE);
    assertThat(options.timeouts().connect()).isEqualTo(Duration.ofSeconds(10));
    assertThat(options.timeouts().query()).isEqualTo(Duration.ofSeconds(5));
    assertThat(options.targetSessionAttributes()).isEqualTo(TargetSessionAttributes.PRIMARY);
    assertThat(options.settings())
        .isEqualTo(Map.of("application_name", "own", "X.Y", "3", "x.z", "2"));
  }

  private static DatabaseOptionsBuilder explicit(DatabaseOptionsBuilder builder) {
    return builder
        .host("g")
        .port(2)
        .user("v")
        .password("q")
        .database("e")
        .sslMode(SslMode.DISABLE)
        .timeouts(t -> t.withConnect(Duration.ofSeconds(10)).withQuery(Duration.ofSeconds(5)))
        .targetSessionAttributes(TargetSessionAttributes.PRIMARY)
        .applicationName("own")
        .setting("X.Y", "3");
  }

  @Test
  void timeoutsThatSayNothingOfConnectingLeaveItToTheUrlAndTheEnvironment() {
    DatabaseOptionsBuilder builder =
        DatabaseOptions.builder().timeouts(t -> t.withQuery(Duration.ofSeconds(5)));
    Environment environment = around().with("PGCONNECT_TIMEOUT", "4").environment();

    assertThat(builder.build().resolve(environment).timeouts().connect())
        .isEqualTo(Duration.ofSeconds(4));
    assertThat(
            builder.url("postgresql://h?connect_timeout=3").build().resolve(environment).timeouts())
        .isEqualTo(
            TimeoutOptions.defaults()
                .withConnect(Duration.ofSeconds(3))
                .withQuery(Duration.ofSeconds(5)));
  }

  @Test
  void hostAndPortMayComeFromDifferentPlaces() {
    assertThat(around().with("PGPORT", "6").resolve("postgresql://h1,h2/d").hosts())
        .containsExactly(new HostPort("h1", 6), new HostPort("h2", 6));
    assertThat(around().with("PGHOST", "h1,h2").resolve("postgresql://:6/d").hosts())
        .containsExactly(new HostPort("h1", 6), new HostPort("h2", 6));
    assertThat(around().with("PGHOST", "/tmp").resolve("postgresql:///d").hosts())
        .containsExactly(new HostPort("/tmp", 5432));
    assertThat(around().with("PGHOST", "::1").with("PGPORT", "6").resolve("postgresql://").hosts())
        .containsExactly(new HostPort("::1", 6));
  }

  @Test
  void countsThatDoNotFitAreRefusedWhereverTheyComeFrom() {
    Surroundings around = around().with("PGHOST", "h1,h2,h3");
    assertThatThrownBy(() -> around.resolve("postgresql:///d?port=1,2"))
        .isInstanceOf(InvalidOption.class)
        .hasMessageContaining("3 hosts but 2 ports");
    assertThatThrownBy(() -> around().with("PGPORT", "1,2").resolve("postgresql://"))
        .isInstanceOf(InvalidOption.class)
        .hasMessageContaining("1 host but 2 ports");
  }

  @Test
  void emptyVariablesCountAsAbsent() {
    DatabaseOptions options =
        around().with("PGHOST", "").with("PGPORT", "").with("PGSSLMODE", "").resolve("postgres://");
    assertThat(options.hosts()).containsExactly(new HostPort("localhost", 5432));
  }

  @ParameterizedTest
  @CsvSource({
    "PGPORT, 70000, PGPORT is '70000'",
    "PGPORT, x, PGPORT is 'x'",
    "PGHOST, a b, PGHOST 'a b' contains a space",
    "PGSSLMODE, on, 'PGSSLMODE is ''on'', but must be one of: disable, allow, prefer'",
    "PGSSLNEGOTIATION, x, 'PGSSLNEGOTIATION is ''x'', but must be one of: postgres, direct'",
    "PGCHANNELBINDING, x, PGCHANNELBINDING is 'x'",
    "PGTARGETSESSIONATTRS, master, PGTARGETSESSIONATTRS is 'master'",
    "PGCONNECT_TIMEOUT, 0, PGCONNECT_TIMEOUT is '0'",
    "PGCONNECT_TIMEOUT, 1s, PGCONNECT_TIMEOUT is '1s'",
    "PGSSLROOTCERT, /nowhere/root.crt, The root certificate file /nowhere/root.crt does not exist"
  })
  void wrongVariableIsNamed(String variable, String value, String message) {
    assertThatThrownBy(() -> around().with(variable, value).resolve("postgresql://"))
        .isInstanceOf(InvalidOption.class)
        .hasMessageContaining(message);
  }

  @Test
  void wrongVariableNobodyNeedsIsNotLookedAt() {
    Surroundings around =
        around()
            .with("PGPORT", "x")
            .with("PGSSLMODE", "x")
            .with("PGCONNECT_TIMEOUT", "0")
            .with("PGTARGETSESSIONATTRS", "x");
    DatabaseOptions options =
        around.resolve(
            "postgresql://h:1?sslmode=disable&connect_timeout=2&target_session_attrs=any");
    assertThat(options.hosts()).containsExactly(new HostPort("h", 1));
  }

  @Test
  void urlThatWasPutIntoPghostIsNotShown() {
    assertThatThrownBy(
            () -> around().with("PGHOST", "postgresql://u:secret@h").resolve("postgresql://"))
        .isInstanceOf(InvalidOption.class)
        .hasMessageContaining("PGHOST")
        .hasMessageNotContaining("secret");
  }

  @Test
  void userWithoutANameIsAsked() {
    assertThatThrownBy(() -> DatabaseOptions.of("postgresql://h").resolve(around().environment("")))
        .isInstanceOf(InvalidOption.class)
        .hasMessageContaining("PGUSER");
    assertThat(DatabaseOptions.of("postgresql://u@h").resolve(around().environment("")).user())
        .isEqualTo("u");
  }

  @Test
  void optionsOfTheEnvironmentCountOnlyWithoutOptionsInTheUrl() {
    Surroundings around = around().with("PGOPTIONS", "-c a.b=1 -c c.d=2");
    assertThat(around.resolve("postgresql://h?a.b=0").settings())
        .containsEntry("a.b", "0")
        .containsEntry("c.d", "2");
    assertThat(around.resolve("postgresql://h?options=-c%20e.f=3").settings())
        .isEqualTo(Map.of("e.f", "3", "application_name", "howdah"));
  }

  @Test
  void fallbackNameCountsOnlyWhenNobodyNamesTheApplication() {
    String url = "postgresql://h?fallback_application_name=tool";
    assertThat(around().resolve(url).applicationName()).isEqualTo("tool");
    assertThat(around().with("PGAPPNAME", "env").resolve(url).applicationName()).isEqualTo("env");
    assertThat(DatabaseOptions.of(url).settings()).isEmpty();
  }

  @Test
  void resolvingTwiceChangesNothing() {
    Surroundings around = around().with("PGHOST", "h1,h2").with("PGPASSWORD", "p");
    DatabaseOptions once = around.resolve("postgresql://:7/d?connect_timeout=3&sslmode=allow");
    Environment other = around().with("PGHOST", "x").with("PGSSLMODE", "disable").environment();
    assertThat(once.resolve(other)).isEqualTo(once).hasSameHashCodeAs(once);
  }

  @Test
  void realEnvironmentCanBeResolved() {
    assertThat(Environment.system().home()).isNotNull();
    assertThat(Environment.system().get("HOWDAH_NO_SUCH_VARIABLE")).isNull();
  }

  @Test
  void windowsLooksBelowApplicationData() {
    Environment windows = new Environment(name -> null, home, "u", home.resolve("AppData"));
    assertThat(windows.file(".pgpass", "pgpass.conf"))
        .isEqualTo(home.resolve("AppData/postgresql/pgpass.conf"));
    assertThat(around().environment().file(".pgpass", "pgpass.conf"))
        .isEqualTo(home.resolve(".pgpass"));
  }
}
