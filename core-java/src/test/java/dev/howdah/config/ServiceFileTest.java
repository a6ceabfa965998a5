package dev.howdah.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.howdah.error.ClientException.InvalidOption;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServiceFileTest {
  @TempDir Path home;
  private Surroundings around;

  @BeforeEach
  void surroundings() {
    around = new Surroundings(home);
  }

  @Test
  void sectionIsReadAndNothingElse() {
    around.file(
        ".pg_service.conf",
        "stray line before any section",
        "[other]",
        "host=other",
        "[shop]",
        "# comment",
        "",
        "host=h1,h2",
        "  port = 7  ",
        "user=u",
        "password=p=w #1",
        "dbname=d",
        "sslmode=require",
        "connect_timeout=3",
        "application_name=svc",
        "search_path=a,b",
        "user=second",
        "[later]",
        "user=later");

    DatabaseOptions options = around.resolve("postgresql://?service=shop");

    assertThat(options.hosts()).containsExactly(new HostPort("h1", 7), new HostPort("h2", 7));
    assertThat(options.user()).isEqualTo("u");
    assertThat(options.password()).isEqualTo(Password.of("p=w #1"));
    assertThat(options.database()).isEqualTo("d");
    assertThat(options.tls().mode()).isEqualTo(SslMode.REQUIRE);
    assertThat(options.timeouts().connect()).hasSeconds(3);
    assertThat(options.settings())
        .isEqualTo(Map.of("application_name", "svc", "search_path", "a,b"));
  }

  @Test
  void urlAndBuilderNameTheServiceBeforeTheEnvironment() {
    around
        .file(".pg_service.conf", "[a]", "user=ua", "[b]", "user=ub", "[c]", "user=uc")
        .with("PGSERVICE", "a");
    assertThat(around.resolve("postgresql://").user()).isEqualTo("ua");
    assertThat(around.resolve("postgresql://?service=b").user()).isEqualTo("ub");
    DatabaseOptions own =
        DatabaseOptions.builder().url("postgresql://?service=b").service("c").build();
    assertThat(own.resolve(around.environment()).user()).isEqualTo("uc");
  }

  @Test
  void anotherFileCanBeNamed() {
    around
        .file(".pg_service.conf", "[s]", "user=home")
        .file("env.conf", "[s]", "user=env")
        .file("url.conf", "[s]", "user=url")
        .with("PGSERVICE", "s");
    assertThat(around.resolve("postgresql://").user()).isEqualTo("home");
    around.with("PGSERVICEFILE", around.path("env.conf").toString());
    assertThat(around.resolve("postgresql://").user()).isEqualTo("env");
    String file = PercentCode.encode(around.path("url.conf").toString());
    assertThat(around.resolve("postgresql://?servicefile=" + file).user()).isEqualTo("url");
  }

  @Test
  void systemFileComesAfterTheUsersOwn() {
    around
        .file("etc/pg_service.conf", "[s]", "user=system", "[t]", "user=system")
        .file(".pg_service.conf", "[s]", "user=own")
        .with("PGSYSCONFDIR", around.path("etc").toString());
    assertThat(around.resolve("postgresql://?service=s").user()).isEqualTo("own");
    assertThat(around.resolve("postgresql://?service=t").user()).isEqualTo("system");
  }

  @Test
  void serviceThatIsNowhereIsRefused() {
    around.file(".pg_service.conf", "[s]", "user=own");
    assertThatThrownBy(() -> around.resolve("postgresql://?service=t"))
        .isInstanceOf(InvalidOption.class)
        .hasMessageContaining("The service 't' is not defined")
        .hasMessageContaining(around.path(".pg_service.conf").toString());
  }

  @Test
  void namedFileThatIsMissingIsRefused() {
    around.with("PGSERVICE", "s").with("PGSERVICEFILE", "/nowhere/x");
    assertThatThrownBy(() -> around.resolve("postgresql://"))
        .isInstanceOf(InvalidOption.class)
        .hasMessage("The service file /nowhere/x does not exist");
  }

  @Test
  void brokenLineIsCountedAndNotShown() {
    around.file(".pg_service.conf", "[s]", "user=u", "secret");
    assertThatThrownBy(() -> around.resolve("postgresql://?service=s"))
        .isInstanceOf(InvalidOption.class)
        .hasMessageContaining("Line 3 of the service file")
        .hasMessageNotContaining("secret");
  }

  @Test
  void serviceInAServiceIsRefused() {
    around.file(".pg_service.conf", "[s]", "service=t");
    assertThatThrownBy(() -> around.resolve("postgresql://?service=s"))
        .isInstanceOf(InvalidOption.class)
        .hasMessageContaining("names another service");
  }

  @Test
  void wrongValueNamesTheServiceAndItsFile() {
    around.file(".pg_service.conf", "[s]", "sslmode=on");
    assertThatThrownBy(() -> around.resolve("postgresql://?service=s"))
        .isInstanceOf(InvalidOption.class)
        .hasMessageContaining("The parameter sslmode of service 's' in " + home)
        .hasMessageContaining("is 'on', but must be one of");
  }
}
