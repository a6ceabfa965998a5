package dev.howdah;

import static dev.howdah.testing.Copies.poolOfOne;
import static dev.howdah.testing.JavaHandles.await;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.howdah.error.ClientException.WrongArguments;
import dev.howdah.error.DataError.DivisionByZero;
import dev.howdah.error.DataError.InvalidTextRepresentation;
import dev.howdah.error.SyntaxOrAccess.UndefinedTable;
import dev.howdah.query.CopyOut;
import dev.howdah.query.CopyProgress;
import dev.howdah.query.Query;
import dev.howdah.schema.TableName;
import dev.howdah.testing.Copies;
import dev.howdah.testing.Eventually;
import dev.howdah.testing.PostgresTest;
import dev.howdah.testing.TestDatabase;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.PGConnection;

/** Bytes out of a table or a query by COPY: whole, on demand, and a clean connection after. */
@PostgresTest
class CopyOutDatabaseTest {
  private static final CopyOut ENDLESS =
      CopyOut.csv(
          Query.rows(
              "SELECT a, b, repeat('x', 100) FROM generate_series(1, 50000) a, generate_series(1,"
                  + " 50000) b"));

  @BeforeEach
  void table(TestDatabase server) {
    server.sql(
        "CREATE TABLE t (id int, \"a name\" text);"
            + "INSERT INTO t SELECT i, 'n\"' || i FROM generate_series(1, 20000) i;"
            + "INSERT INTO t VALUES (20001, NULL), (20002, E'tab\\t back\\\\ é, ;')");
  }

  private static byte[] read(Database db, CopyOut copy) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    await(db.copyOut(copy, bytes));
    return bytes.toByteArray();
  }

  private static byte[] byJdbc(TestDatabase server, String sql) throws SQLException, IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    server.jdbc().unwrap(PGConnection.class).getCopyAPI().copyOut(sql, bytes);
    return bytes.toByteArray();
  }

  @Test
  void everyFormatIsWhatTheServerGives(TestDatabase server) throws Exception {
    Map<CopyOut, String> copies = new LinkedHashMap<>();
    copies.put(CopyOut.csv("t"), "COPY t TO STDOUT (FORMAT csv)");
    copies.put(CopyOut.text(TableName.of("public", "t")), "COPY t TO STDOUT");
    copies.put(CopyOut.binary("t"), "COPY t TO STDOUT (FORMAT binary)");
    copies.put(
        CopyOut.csv("t")
            .columns("a name", "id")
            .header()
            .delimiter(';')
            .quote('\'')
            .escape('\\')
            .nullAs("NIL")
            .forceQuote("id")
            .encoding("LATIN1"),
        "COPY t (\"a name\", id) TO STDOUT (FORMAT csv, HEADER, DELIMITER ';', QUOTE '''', ESCAPE"
            + " '\\', NULL 'NIL', FORCE_QUOTE (id), ENCODING 'LATIN1')");
    copies.put(
        CopyOut.csv(Query.rows("SELECT * FROM t WHERE id > 20000 -- the last ones")).forceQuote(),
        "COPY (SELECT * FROM t WHERE id > 20000) TO STDOUT (FORMAT csv, FORCE_QUOTE *)");
    try (Database db = poolOfOne(server)) {
      for (Map.Entry<CopyOut, String> copy : copies.entrySet()) {
        assertThat(read(db, copy.getKey()))
            .as("%s", copy.getKey())
            .isEqualTo(byJdbc(server, copy.getValue()));
      }
      Copies.requireUsable(db, server);
    }
  }

  @Test
  void argumentsOfEveryKindBecomeLiterals(TestDatabase server) {
    List<@Nullable Object> values =
        Arrays.asList(
            1,
            -2L,
            1.5,
            new java.math.BigDecimal("-1.50"),
            "it's \\ \"quoted\" $1 \n é",
            null,
            true,
            LocalDate.of(2024, 2, 29),
            UUID.fromString("00000000-0000-0000-0000-00000000002a"),
            new byte[] {0, -1, 92},
            List.of("a", "b,\"c"),
            new int[] {-1, 2},
            Duration.ofSeconds(5));
    List<String> casts =
        List.of(
            "int",
            "int8",
            "float8",
            "numeric",
            "text",
            "text",
            "bool",
            "date",
            "uuid",
            "bytea",
            "text[]",
            "int[]",
            "interval");
    StringBuilder sql = new StringBuilder("SELECT ");
    for (int i = 0; i < values.size(); i++) {
      sql.append(i == 0 ? "" : ", ").append("$").append(i + 1).append("::").append(casts.get(i));
    }
    sql.append(", -$1 AS negative WHERE $1 = 1;");
    try (Database db = poolOfOne(server)) {
      server.sql("SET bytea_output = 'hex'");
      byte[] copied = read(db, CopyOut.csv(Query.rows(sql.toString(), values.toArray())));
      String expected =
          String.join(
              ",",
              "1",
              "-2",
              "1.5",
              "-1.50",
              "\"it's \\ \"\"quoted\"\" $1 \n é\"",
              "",
              "t",
              "2024-02-29",
              "00000000-0000-0000-0000-00000000002a",
              "\\x00ff5c",
              "\"{a,\"\"b,\\\"\"c\"\"}\"",
              "\"{-1,2}\"",
              "PT5S",
              "-1");
      assertThat(new String(copied, UTF_8)).isEqualTo(expected + "\n");
      assertThatThrownBy(
              () ->
                  db.copyOut(
                      CopyOut.csv(Query.rows("SELECT $1", new Object())),
                      OutputStream.nullOutputStream()))
          .isInstanceOf(WrongArguments.class)
          .hasMessageContaining("$1");
    }
  }

  @Test
  void anErrorShowsTheTextWithoutItsValues(TestDatabase server) {
    try (Database db = poolOfOne(server)) {
      assertThatThrownBy(
              () ->
                  read(
                      db,
                      CopyOut.csv(Query.rows("SELECT name FROM users WHERE name = $1", "secret"))))
          .isInstanceOfSatisfying(
              UndefinedTable.class,
              missing -> {
                assertThat(missing.sql())
                    .isEqualTo(
                        "COPY (SELECT name FROM users WHERE name = $1) TO STDOUT (FORMAT csv)");
                assertThat(missing.position()).isZero();
                assertThat(missing.getMessage()).doesNotContain("secret");
              });
      assertThatThrownBy(() -> read(db, CopyOut.csv(Query.rows("SELECT name FROM users"))))
          .isInstanceOfSatisfying(
              UndefinedTable.class, missing -> assertThat(missing.position()).isEqualTo(24));
      Copies.requireUsable(db, server);
    }
  }

  @Test
  void filesAreReplacedWholeOrNotAtAll(TestDatabase server, @TempDir Path folder) throws Exception {
    Path file = folder.resolve("t.csv");
    try (Database db = poolOfOne(server)) {
      assertThat(await(db.copyOut(CopyOut.csv("t"), file))).isEqualTo(20_002);
      byte[] all = byJdbc(server, "COPY t TO STDOUT (FORMAT csv)");
      assertThat(Files.readAllBytes(file)).isEqualTo(all);
      CopyOut breaking =
          CopyOut.csv(Query.rows("SELECT 1 / (100000 - i) FROM generate_series(1, 200000) i"));
      assertThatThrownBy(() -> await(db.copyOut(breaking, file)))
          .isInstanceOf(DivisionByZero.class);
      assertThat(Files.readAllBytes(file)).isEqualTo(all);
      CompletableFuture<Long> cancelled = db.copyOut(ENDLESS, file);
      Eventually.require("it writes", () -> entries(folder) == 2);
      cancelled.cancel(true);
      Eventually.require("the part is gone", () -> entries(folder) == 1);
      assertThat(Files.readAllBytes(file)).isEqualTo(all);
      Path link = Files.createSymbolicLink(folder.resolve("link"), file);
      assertThat(await(db.copyOut(CopyOut.csv(Query.rows("SELECT 1 WHERE false")), link))).isZero();
      assertThat(file).isEmptyFile();
      assertThat(Files.isSymbolicLink(link)).isTrue();
      assertThatThrownBy(
              () -> await(db.copyOut(CopyOut.csv("t"), folder.resolve("no").resolve("t.csv"))))
          .hasCauseInstanceOf(IOException.class);
      Copies.requireUsable(db, server);
    }
  }

  private static long entries(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.count();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void channelsAreWrittenToAndStayOpen(TestDatabase server) throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (Database db = poolOfOne(server);
        var channel = Channels.newChannel(bytes)) {
      assertThat(await(db.copyOut(CopyOut.text("t"), channel))).isEqualTo(20_002);
      assertThat(channel.isOpen()).isTrue();
      assertThat(bytes.toByteArray()).isEqualTo(byJdbc(server, "COPY t TO STDOUT"));
    }
  }

  @Test
  void hugeRowsArriveWhole(TestDatabase server) {
    try (Database db = poolOfOne(server)) {
      byte[] copied =
          read(
              db,
              CopyOut.text(
                  Query.rows("SELECT repeat('x', 20000000) FROM generate_series(1, $1)", 3)));
      assertThat(copied).hasSize(60_000_003);
    }
  }

  @Test
  void changesWithReturningAreMade(TestDatabase server) {
    try (Database db = poolOfOne(server)) {
      CopyOut deleted = CopyOut.csv(Query.rows("DELETE FROM t WHERE id <= $1 RETURNING id", 3));
      assertThat(new String(read(db, deleted), UTF_8).lines()).containsExactly("1", "2", "3");
      assertThat(server.query("SELECT count(*) FROM t")).containsExactly(List.of(19_999L));
      assertThatThrownBy(() -> read(db, CopyOut.csv(Query.rows("SELECT 'x'::int"))))
          .isInstanceOf(InvalidTextRepresentation.class);
    }
  }

  @Test
  void progressCountsWhatWasTaken(TestDatabase server) {
    List<CopyProgress> told = Collections.synchronizedList(new ArrayList<>());
    try (Database db = poolOfOne(server)) {
      byte[] all = read(db, CopyOut.csv("t").onProgress(told::add));
      assertThat(told.get(told.size() - 1)).isEqualTo(new CopyProgress(all.length, 20_002));
    }
  }
}
