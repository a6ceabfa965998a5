package dev.howdah;

import static dev.howdah.testing.JavaHandles.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.howdah.config.DatabaseOptions;
import dev.howdah.config.DatabaseUrl;
import dev.howdah.config.Password;
import dev.howdah.config.PoolOptions;
import dev.howdah.config.TimeoutOptions;
import dev.howdah.embedded.EmbeddedPostgres;
import dev.howdah.error.AuthenticationFailure;
import dev.howdah.error.ClientException.ConnectFailure;
import dev.howdah.error.ClientException.InvalidUrl;
import dev.howdah.error.DatabaseException;
import dev.howdah.query.Query;
import dev.howdah.testing.Eventually;
import dev.howdah.testing.PostgresTest;
import dev.howdah.testing.TcpProxy;
import dev.howdah.testing.TestDatabase;
import java.io.IOException;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

@PostgresTest
class ConnectingDatabaseTest {
  @Test
  void connectReallyConnects(TestDatabase server) {
    try (Database db = await(Database.connect(server.url()))) {
      assertThat(db.status().size()).isEqualTo(1);
      assertThat(server.connections()).isEqualTo(1);
    }
  }

  @Test
  void itsTextSaysWhereItIsAndNoSecret(TestDatabase server) {
    try (Database db = await(Database.connect(server.url()))) {
      assertThat(db.toString())
          .startsWith("Database[127.0.0.1:")
          .contains(" as ")
          .endsWith("size 1 of 10, in use 0, idle 1, waiting 0]")
          .doesNotContain("password");
    }
  }

  @Test
  void openConnectsAtTheFirstQuery(TestDatabase server) {
    try (Database db = Database.open(server.url())) {
      assertThat(server.connections()).isZero();
      assertThat(await(db.fetchValue(Integer.class, "SELECT 1"))).contains(1);
    }
  }

  @Test
  void partsAndTheSeedsMapConnectToo(TestDatabase server) {
    Map<String, Object> authParams =
        Map.of(
            "host", server.host(),
            "port", server.port(),
            "user", server.user(),
            "password", server.password(),
            "database", server.name());
    try (Database db = await(Database.connect(DatabaseOptions.fromMap(authParams)))) {
      assertThat(await(db.fetchValue(String.class, "SELECT current_database()")))
          .contains(server.name());
    }
  }

  @Test
  void everyPrintablePasswordLogsIn(TestDatabase server) {
    StringBuilder all = new StringBuilder();
    for (char c = ' '; c <= '~'; c++) {
      all.append(c);
    }
    List<String> passwords =
        List.of(all.toString(), "p@ss#1", "a/b?c=d&e:f", "100%", "%41", "+ +", "'\"\\");
    for (String password : passwords) {
      server.sql(
          "DROP ROLE IF EXISTS howdah_visitor; CREATE ROLE howdah_visitor LOGIN PASSWORD '"
              + password.replace("'", "''")
              + "'");
      DatabaseUrl url =
          DatabaseUrl.parse(server.url()).withUser("howdah_visitor").withPassword(password);
      try (Database db = await(Database.connect(url.toUriWithPassword()))) {
        assertThat(await(db.fetchValue(String.class, "SELECT current_user")))
            .contains("howdah_visitor");
      }
    }
    server.sql("DROP ROLE howdah_visitor");
  }

  @Test
  void wrongPasswordSaysWhereAndWhoAndNeverThePassword(TestDatabase server) {
    DatabaseOptions wrong =
        DatabaseOptions.of(server.url()).withPassword(Password.of("hunter2-wrong"));
    assertThatThrownBy(() -> await(Database.connect(wrong)))
        .isInstanceOf(AuthenticationFailure.InvalidPassword.class)
        .satisfies(
            failure ->
                assertThat(failure.toString())
                    .contains("28P01", server.address(), server.user())
                    .doesNotContain("hunter2"));
  }

  @Test
  void nobodyListeningSaysWhereAndWho() throws IOException {
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    assertThatThrownBy(
            () -> await(Database.connect("postgresql://app:secret@127.0.0.1:" + port + "/shop")))
        .isInstanceOf(ConnectFailure.class)
        .hasMessageContaining("127.0.0.1:" + port + "/shop")
        .hasMessageContaining("app")
        .satisfies(failure -> assertThat(failure.toString()).doesNotContain("secret"));
  }

  @Test
  void anUnknownHostSaysItsName() {
    assertThatThrownBy(
            () -> await(Database.connect("postgresql://app:secret@no-such-host.invalid/shop")))
        .isInstanceOf(ConnectFailure.class)
        .hasMessageContaining("no-such-host.invalid");
  }

  @Test
  void aServerThatNeverAnswersIsGivenUp(TestDatabase server) {
    try (TcpProxy proxy = TcpProxy.to(server)) {
      proxy.pause();
      DatabaseOptions options =
          DatabaseOptions.of(server.url(proxy))
              .withTimeouts(TimeoutOptions.defaults().withConnect(Duration.ofMillis(300)));
      assertThatThrownBy(() -> await(Database.connect(options)))
          .isInstanceOf(ConnectFailure.class)
          .hasMessageContaining("300 ms");
    }
  }

  @Test
  void otherSchemesAreRefusedAtTheCall() {
    assertThatThrownBy(() -> Database.connect("mysql://localhost/shop"))
        .isInstanceOf(InvalidUrl.class)
        .hasMessageContaining("mysql");
    assertThatThrownBy(() -> Database.connect("postgresql://a:1,b:2,c/shop?port=1,2"))
        .isInstanceOf(InvalidUrl.class);
  }

  @Test
  void passwordsAreAskedForEachNewConnection(TestDatabase server) {
    AtomicInteger asked = new AtomicInteger();
    DatabaseOptions options =
        DatabaseOptions.of(server.url())
            .withPassword(
                Password.suppliedAsync(
                    () -> {
                      asked.incrementAndGet();
                      return CompletableFuture.completedFuture(server.password());
                    }))
            .withPool(PoolOptions.defaults().withSize(3, 3));
    try (Database db = await(Database.connect(options))) {
      assertThat(db.status().size()).isEqualTo(3);
      assertThat(asked.get()).isEqualTo(3);
    }
  }

  @Test
  void settingsOfTheUrlReachTheServer(TestDatabase server) {
    try (Database db =
        await(
            Database.connect(
                server.url()
                    + (server.url().contains("?") ? "&" : "?")
                    + "application_name=shop%20app&statement_timeout=4321ms"
                    + "&options=-c%20work_mem%3D5MB"))) {
      assertThat(
              await(
                      db.fetchOne(
                          "SELECT current_setting('application_name') a,"
                              + " current_setting('statement_timeout') s,"
                              + " current_setting('work_mem') w"))
                  .values())
          .containsExactly("shop app", "4321ms", "5MB");
    }
  }

  @Test
  void aServerThatWakesUpIsWaitedFor() {
    try (EmbeddedPostgres sleeper = EmbeddedPostgres.start()) {
      String url = sleeper.url();
      sleeper.stop();
      DatabaseOptions patient =
          DatabaseOptions.of(url).toBuilder().startRetry(Duration.ofSeconds(60)).build();
      CompletableFuture<Database> connecting = Database.connect(patient);
      sleeper.restart();
      try (Database db = await(connecting)) {
        assertThat(await(db.fetchValue(Integer.class, "SELECT 1"))).contains(1);
      }
    }
  }

  @Test
  void queriesAfterTheServerStoppedFailAndRecoverByThemselves() {
    try (EmbeddedPostgres embedded = EmbeddedPostgres.start();
        Database db = await(Database.connect(embedded.url()))) {
      await(db.gather(Collections.nCopies(20, select1())));
      embedded.stop();
      assertThatThrownBy(() -> await(db.fetch("SELECT 1"))).isInstanceOf(DatabaseException.class);
      embedded.restart();
      Eventually.require(
          "the pool works again",
          () -> {
            try {
              return await(db.fetch("SELECT 1")).size() == 1;
            } catch (DatabaseException stillDown) {
              return false;
            }
          });
    }
  }

  private static Query<Long> select1() {
    return Query.execute("SELECT 1");
  }

  @Test
  void closeLeavesNoSocketAndNoThread(TestDatabase server) {
    Database db =
        await(
            Database.connect(
                DatabaseOptions.of(server.url()).withPool(PoolOptions.defaults().withSize(4, 4))));
    assertThat(await(db.fetchValue(Integer.class, "SELECT 1"))).contains(1);
    db.close();
    assertThat(db.status().size()).isZero();
    Eventually.require("no thread of the database is left", () -> ourThreads().isEmpty());
    Eventually.require("no connection is left", () -> server.connections() == 0);
  }

  @Test
  void closeWaitsForConnectionsThatAreJustBeingOpened(TestDatabase server) {
    try (TcpProxy proxy = TcpProxy.to(server)) {
      for (int round = 0; round < 20; round++) {
        try (Database db = await(Database.connect(server.url(proxy)))) {
          // A lane that found its connection too late leaves it half open.
          await(db.gather(Collections.nCopies(3, select1())));
        }
        Eventually.require("no socket is left", () -> proxy.connections() == 0);
      }
    }
  }

  @Test
  void aFailedConnectLeavesNoThread(TestDatabase server) {
    DatabaseOptions wrong = DatabaseOptions.of(server.url()).withPassword(Password.of("wrong"));
    assertThatThrownBy(() -> await(Database.connect(wrong)))
        .isInstanceOf(AuthenticationFailure.class);
    Eventually.require("no thread of the database is left", () -> ourThreads().isEmpty());
  }

  private static List<String> ourThreads() {
    List<String> names = new ArrayList<>();
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      if (thread.getName().startsWith("howdah")) {
        names.add(thread.getName());
      }
    }
    return names;
  }
}
