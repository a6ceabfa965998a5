package dev.howdah;

import static dev.howdah.query.Clauses.atLeast;
import static dev.howdah.query.Clauses.in;
import static dev.howdah.query.Clauses.where;
import static dev.howdah.testing.JavaHandles.await;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.howdah.error.ClientException.WrongArguments;
import dev.howdah.error.DataError.BadCopyFileFormat;
import dev.howdah.error.DataError.InvalidTextRepresentation;
import dev.howdah.error.IntegrityViolation.NotNullViolation;
import dev.howdah.error.SyntaxOrAccess.SyntaxError;
import dev.howdah.error.SyntaxOrAccess.UndefinedColumn;
import dev.howdah.query.CopyIn;
import dev.howdah.query.CopyOut;
import dev.howdah.query.CopyProgress;
import dev.howdah.schema.TableName;
import dev.howdah.testing.PostgresTest;
import dev.howdah.testing.TestDatabase;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Flow;
import java.util.concurrent.SubmissionPublisher;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bytes into a table by COPY, from wherever they come. */
@PostgresTest
class CopyInDatabaseTest {
  @BeforeEach
  void table(TestDatabase server) {
    server.sql("CREATE TABLE t (id int, name text, note text DEFAULT 'none')");
  }

  private static Database database(TestDatabase server) {
    return await(Database.connect(server.url()));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }

  private static List<List<@Nullable Object>> rows(TestDatabase server) {
    return server.query("SELECT id, name, note FROM t ORDER BY id");
  }

  private static byte[] lines(int count) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < count; i++) {
      text.append(i).append(",name ").append(i).append(",x\n");
    }
    return bytes(text.toString());
  }

  private static boolean is(TestDatabase server, int version) {
    return Integer.parseInt((String) server.query("SHOW server_version_num").get(0).get(0))
        >= version * 10_000;
  }

  @Test
  void csvIsReadWithItsOptions(TestDatabase server) {
    try (Database db = database(server)) {
      assertThat(await(db.copyIn(CopyIn.csv("t"), bytes("1,a,\n2,\"b,\"\"c\",x\n")))).isEqualTo(2);
      CopyIn special =
          CopyIn.csv(TableName.of("public", "t"))
              .columns("name", "id")
              .delimiter(';')
              .nullAs("-")
              .header()
              .quote('\'')
              .escape('\\');
      assertThat(await(db.copyIn(special, bytes("name;id\n'c\\'d;';3\n-;4\n")))).isEqualTo(2);
      assertThat(
              await(
                  db.copyIn(
                      CopyIn.csv("t").encoding("LATIN1").forceNotNull("name"),
                      "5,,é\n".getBytes(StandardCharsets.ISO_8859_1))))
          .isEqualTo(1);
      assertThat(await(db.copyIn(CopyIn.csv("t").forceNull("name"), bytes("6,\"\",\"\"\n"))))
          .isEqualTo(1);
      assertThat(rows(server))
          .containsExactly(
              Arrays.asList(1, "a", null),
              Arrays.asList(2, "b,\"c", "x"),
              Arrays.asList(3, "c'd;", "none"),
              Arrays.asList(4, null, "none"),
              Arrays.asList(5, "", "é"),
              Arrays.asList(6, null, ""));
    }
  }

  @Test
  void optionsOfNewerServersAreTheServersToKnow(TestDatabase server) {
    try (Database db = database(server)) {
      assertThat(
              await(
                  db.copyIn(
                      CopyIn.csv("t").headerMatches().columns("id", "name"),
                      bytes("id,name\n1,a\n"))))
          .isEqualTo(1);
      assertThatThrownBy(
              () -> await(db.copyIn(CopyIn.csv("t").headerMatches(), bytes("id,nmae,note\n"))))
          .isInstanceOf(BadCopyFileFormat.class);
      CopyIn defaults = CopyIn.csv("t").defaultAs("\\D");
      CopyIn ignoring = CopyIn.csv("t").columns("id").ignoreErrors();
      if (is(server, 17)) {
        await(db.copyIn(defaults, bytes("2,b,\\D\n")));
        assertThat(await(db.copyIn(ignoring, bytes("3\nx\n4\n")))).isEqualTo(2);
        assertThat(rows(server)).extracting(row -> row.get(2)).containsOnly("none");
      } else {
        assertThatThrownBy(() -> await(db.copyIn(defaults, bytes("2,b,\\D\n"))))
            .isInstanceOf(SyntaxError.class)
            .hasMessageContaining("\"default\"");
        assertThatThrownBy(() -> await(db.copyIn(ignoring, bytes("3\nx\n4\n"))))
            .isInstanceOf(SyntaxError.class)
            .hasMessageContaining("\"on_error\"");
      }
    }
  }

  @Test
  void conditionsLetSomeRowsThrough(TestDatabase server) {
    try (Database db = database(server)) {
      CopyIn some = CopyIn.csv("t").where(where("id", atLeast(8)).or("name", "it's \\ $1"));
      assertThat(await(db.copyIn(some, bytes("1,a,\n2,it's \\ $1,\n8,b,\n9,c,\n")))).isEqualTo(3);
      assertThat(rows(server)).extracting(row -> row.get(0)).containsExactly(2, 8, 9);
      assertThatThrownBy(() -> await(db.copyIn(some, bytes("secret\n"))))
          .isInstanceOfSatisfying(
              InvalidTextRepresentation.class,
              wrong ->
                  assertThat(wrong.sql())
                      .isEqualTo(
                          "COPY \"t\" FROM STDIN (FORMAT csv) WHERE \"id\" >= $1 OR \"name\" ="
                              + " $2"));
    }
  }

  @Test
  void conditionsMayListManyValues(TestDatabase server) {
    try (Database db = database(server)) {
      List<Integer> even = IntStream.range(0, 500).mapToObj(i -> 2 * i).toList();
      CopyIn some = CopyIn.csv("t").where(where("id", in(even)));
      assertThat(await(db.copyIn(some, bytes("1,a,\n2,b,\n998,c,\n")))).isEqualTo(2);
    }
  }

  @Test
  void filesStreamsArraysAndPublishersAreSources(TestDatabase server, @TempDir Path folder)
      throws IOException {
    byte[] lines = lines(50_000);
    Path file = Files.write(folder.resolve("lines.csv"), lines);
    AtomicBoolean closed = new AtomicBoolean();
    InputStream stream =
        new ByteArrayInputStream(lines) {
          @Override
          public void close() {
            closed.set(true);
          }
        };
    try (Database db = database(server)) {
      CopyIn csv = CopyIn.csv("t");
      assertThat(await(db.copyIn(csv, file))).isEqualTo(50_000);
      assertThat(await(db.copyIn(csv, stream))).isEqualTo(50_000);
      assertThat(closed).isFalse();
      assertThat(await(db.copyIn(csv, lines))).isEqualTo(50_000);
      for (int size : new int[] {1_000, 7, 300_000}) {
        assertThat(await(db.copyIn(csv, pieces(lines, size)))).isEqualTo(50_000);
      }
      assertThat(
              server.query(
                  "SELECT count(*), count(DISTINCT id), min(n) FROM (SELECT id, count(*) n FROM t"
                      + " WHERE name = 'name ' || id AND note = 'x' GROUP BY id) g"))
          .containsExactly(List.of(50_000L, 50_000L, 6L));
    }
  }

  /** Publishes an array in pieces, on the thread that asks. */
  private static Flow.Publisher<ByteBuffer> pieces(byte[] bytes, int size) {
    return subscriber ->
        subscriber.onSubscribe(
            new Flow.Subscription() {
              private int at;
              private boolean over;

              @Override
              public void request(long n) {
                for (long i = 0; i < n && at < bytes.length; i++) {
                  int length = Math.min(size, bytes.length - at);
                  at += length;
                  subscriber.onNext(ByteBuffer.wrap(bytes, at - length, length));
                }
                if (at == bytes.length && !over) {
                  over = true;
                  subscriber.onComplete();
                }
              }

              @Override
              public void cancel() {
                at = bytes.length;
                over = true;
              }
            });
  }

  @Test
  void nothingIsNothing(TestDatabase server, @TempDir Path folder) throws IOException {
    Path empty = Files.createFile(folder.resolve("empty"));
    try (Database db = database(server)) {
      assertThat(await(db.copyIn(CopyIn.csv("t"), empty))).isZero();
      assertThat(await(db.copyIn(CopyIn.text("t"), new byte[0]))).isZero();
      assertThat(await(db.copyIn(CopyIn.csv("t"), pieces(new byte[0], 1)))).isZero();
      List<ByteBuffer> hollow = new ArrayList<>(Collections.nCopies(500, ByteBuffer.allocate(0)));
      hollow.add(ByteBuffer.wrap(bytes("1,a,\n")));
      hollow.addAll(Collections.nCopies(500, ByteBuffer.allocate(0)));
      SubmissionPublisher<ByteBuffer> source = new SubmissionPublisher<>();
      var copied = db.copyIn(CopyIn.csv("t"), source);
      hollow.forEach(source::submit);
      source.close();
      assertThat(await(copied)).isEqualTo(1);
      assertThatThrownBy(() -> await(db.copyIn(CopyIn.binary("t"), new byte[0])))
          .isInstanceOf(BadCopyFileFormat.class);
    }
  }

  @Test
  void whatCopyOutGaveGoesInAgain(TestDatabase server) {
    try (Database db = database(server)) {
      await(db.copyIn(CopyIn.csv("t"), lines(10_000)));
      server.sql("CREATE TABLE u (LIKE t)");
      for (int i = 0; i < 3; i++) {
        CopyOut out = List.of(CopyOut.csv("t"), CopyOut.text("t"), CopyOut.binary("t")).get(i);
        CopyIn in = List.of(CopyIn.csv("u"), CopyIn.text("u"), CopyIn.binary("u")).get(i);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        assertThat(await(db.copyOut(out, bytes))).isEqualTo(10_000);
        assertThat(await(db.copyIn(in, bytes.toByteArray()))).isEqualTo(10_000);
      }
      assertThat(server.query("SELECT count(*) FROM (SELECT * FROM u EXCEPT SELECT * FROM t) d"))
          .containsExactly(List.of(0L));
    }
  }

  @Test
  void aLargeFieldArrives(TestDatabase server) {
    byte[] line = new byte[30_000_000];
    Arrays.fill(line, (byte) 'x');
    line[0] = '1';
    line[1] = ',';
    line[line.length - 2] = ',';
    line[line.length - 1] = '\n';
    try (Database db = database(server)) {
      assertThat(await(db.copyIn(CopyIn.csv("t"), line))).isEqualTo(1);
      assertThat(server.query("SELECT length(name) FROM t"))
          .containsExactly(List.of(line.length - 4));
    }
  }

  @Test
  void aLineThatTheServerRefusesSaysWhichOneItIs(TestDatabase server) {
    try (Database db = database(server)) {
      byte[] wrong = lines(5_000);
      String text = new String(wrong, UTF_8).replace("3999,name", "three,name");
      assertThatThrownBy(() -> await(db.copyIn(CopyIn.csv("t"), bytes(text))))
          .isInstanceOfSatisfying(
              InvalidTextRepresentation.class,
              refused -> {
                assertThat(refused.where()).isEqualTo("COPY t, line 4000, column id: \"three\"");
                assertThat(refused.sql()).isEqualTo("COPY \"t\" FROM STDIN (FORMAT csv)");
              });
      assertThat(rows(server)).isEmpty();
      assertThatThrownBy(() -> await(db.copyIn(CopyIn.csv("t").columns("nope"), wrong)))
          .isInstanceOf(UndefinedColumn.class);
      server.sql("ALTER TABLE t ALTER note SET NOT NULL");
      assertThatThrownBy(() -> await(db.copyIn(CopyIn.csv("t"), bytes("1,a,\n"))))
          .isInstanceOf(NotNullViolation.class);
      assertThat(await(db.fetchValue(Integer.class, "SELECT 42"))).contains(42);
      assertThat(db.status().inUse()).isZero();
    }
  }

  /** Fails instead of giving byte {@code at}. */
  private static InputStream failing(byte[] bytes, int at, IOException failure) {
    return new ByteArrayInputStream(bytes) {
      @Override
      public synchronized int read(byte[] to, int offset, int length) {
        if (pos + length <= at) {
          return super.read(to, offset, length);
        }
        if (pos < at) {
          return super.read(to, offset, at - pos);
        }
        throw sneaky(failure);
      }
    };
  }

  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  private static <T extends Throwable> RuntimeException sneaky(Throwable failure) throws T {
    throw (T) failure;
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.5, 1})
  void aSourceThatFailsAnywhereLeavesNothing(double where, TestDatabase server) {
    byte[] lines = lines(200_000);
    IOException mine = new IOException("mine, with a secret in it");
    try (Database db = database(server)) {
      assertThatThrownBy(
              () ->
                  await(
                      db.copyIn(
                          CopyIn.csv("t"), failing(lines, (int) (lines.length * where), mine))))
          .hasCause(mine);
      assertThat(mine.getSuppressed()).isEmpty();
      IllegalStateException other = new IllegalStateException("other");
      SubmissionPublisher<ByteBuffer> source = new SubmissionPublisher<>(Runnable::run, 100_000);
      var copied = db.copyIn(CopyIn.csv("t"), source);
      for (int i = 0; i < where * 5_000; i++) {
        source.submit(ByteBuffer.wrap(lines(10)));
      }
      source.closeExceptionally(other);
      assertThatThrownBy(() -> await(copied)).isSameAs(other);
      assertThat(rows(server)).isEmpty();
      assertThat(db.status().inUse()).isZero();
      assertThat(await(db.fetchValue(Integer.class, "SELECT 42"))).contains(42);
    }
  }

  @Test
  void aFileThatIsNotThereFailsBeforeAnythingIsSent(TestDatabase server, @TempDir Path folder) {
    try (Database db = Database.open("postgresql://nobody@127.0.0.1:1/nowhere")) {
      assertThatThrownBy(() -> await(db.copyIn(CopyIn.csv("t"), folder.resolve("gone.csv"))))
          .hasCauseInstanceOf(NoSuchFileException.class);
    }
    try (Database db = database(server)) {
      assertThatThrownBy(() -> await(db.copyIn(CopyIn.csv("t"), folder)))
          .hasCauseInstanceOf(IOException.class);
      assertThatThrownBy(() -> db.copyIn(CopyIn.csv("t"), (Path) null))
          .isInstanceOf(WrongArguments.class)
          .hasMessageContaining("a file");
      assertThatThrownBy(() -> db.copyIn(CopyIn.csv("t"), (InputStream) null))
          .isInstanceOf(WrongArguments.class);
      assertThatThrownBy(() -> db.copyIn((CopyIn) null, new byte[0]))
          .isInstanceOf(WrongArguments.class);
    }
  }

  @Test
  void progressCountsTheBytes(TestDatabase server) {
    List<CopyProgress> told = Collections.synchronizedList(new ArrayList<>());
    byte[] lines = lines(100_000);
    try (Database db = database(server)) {
      await(db.copyIn(CopyIn.csv("t").onProgress(told::add), lines));
      assertThat(told.get(told.size() - 1)).isEqualTo(new CopyProgress(lines.length, 100_000));
      assertThat(told.subList(0, told.size() - 1)).allMatch(progress -> progress.rows() == 0);
    }
  }
}
