package dev.howdah;

import static dev.howdah.testing.JavaHandles.await;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.howdah.config.DatabaseOptions;
import dev.howdah.config.PoolOptions;
import dev.howdah.error.ClientException.QueryTimeout;
import dev.howdah.query.CopyIn;
import dev.howdah.query.CopyOut;
import dev.howdah.query.CopyRecords;
import dev.howdah.query.Query;
import dev.howdah.testing.Eventually;
import dev.howdah.testing.PostgresTest;
import dev.howdah.testing.Seed;
import dev.howdah.testing.TestDatabase;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Copies in and out, stopped at random instants, two at a time on two connections, with short
 * statements between them that nobody stops.
 */
@PostgresTest
class CopyStormDatabaseTest {
  private static final int ROUNDS = 1_000;
  private static final int ROWS = 400;

  private static final String OUT = "0123456789\n".repeat(3_000);
  private static final Query<?> LINES =
      Query.rows("SELECT '0123456789' FROM generate_series(1, 3000)");

  private static final List<List<Object>> RECORDS =
      IntStream.range(0, ROWS).<List<Object>>mapToObj(i -> List.of(i, "name")).toList();
  private static final byte[] BYTES = "1,name\n".repeat(ROWS).getBytes(UTF_8);

  /** One copy: its future, and what it answers when nobody stops it. */
  private record Copy(
      CompletableFuture<?> future, Object answer, @Nullable ByteArrayOutputStream bytes) {
    Copy(CompletableFuture<?> future, Object answer) {
      this(future, answer, null);
    }
  }

  private static Copy in(Queries queries, Random random, Duration limit) {
    return random.nextBoolean()
        ? new Copy(queries.copyIn(CopyRecords.into("t").timeout(limit), RECORDS), (long) ROWS)
        : new Copy(queries.copyIn(CopyIn.csv("t").timeout(limit), BYTES), (long) ROWS);
  }

  private static Copy out(Queries queries, Duration limit) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    return new Copy(queries.copyOut(CopyOut.csv(LINES).timeout(limit), bytes), 3_000L, bytes);
  }

  private static Copy copy(Database db, Random random) {
    Duration limit =
        random.nextInt(3) == 0 ? Duration.ofMillis(1 + random.nextInt(4)) : Duration.ofMinutes(1);
    return switch (random.nextInt(5)) {
      case 0, 1 -> in(db, random, limit);
      case 2 -> out(db, limit);
      case 3 ->
          new Copy(
              db.transaction(
                  tx -> {
                    Copy inside = in(tx, random, limit);
                    return inside.future().thenApply(rows -> (Object) rows);
                  }),
              (long) ROWS);
      default ->
          new Copy(
              db.connection(
                  held -> {
                    Copy inside = in(held, random, limit);
                    return inside.future().thenApply(rows -> (Object) rows);
                  }),
              (long) ROWS);
    };
  }

  @Test
  void aStormOfStoppedCopiesLeavesAllOrNothingAndHitsNobodyElse(TestDatabase server) {
    server.sql("CREATE TABLE t (id int, name text)");
    Random random = Seed.of("aStormOfStoppedCopies…");
    DatabaseOptions two =
        DatabaseOptions.of(server.url()).withPool(PoolOptions.defaults().withSize(0, 2));
    int stopped = 0;
    int answered = 0;
    try (Database db = await(Database.connect(two))) {
      for (int round = 0; round < ROUNDS; round++) {
        List<Copy> copies = List.of(copy(db, random), copy(db, random));
        List<CompletableFuture<Integer>> bystanders = new ArrayList<>();
        Seed.moment(random, 2_500);
        for (Copy copy : copies) {
          if (random.nextInt(4) > 0) {
            copy.future().cancel(true);
          }
          bystanders.add(db.fetchOne(Integer.class, "SELECT $1::int", round));
        }
        for (CompletableFuture<Integer> bystander : bystanders) {
          assertThat(await(bystander)).isEqualTo(round);
        }
        for (Copy copy : copies) {
          if (isStopped(copy)) {
            stopped++;
          } else {
            answered++;
          }
        }
      }
      Eventually.require("all are back", () -> db.status().inUse() == 0);
      assertThat(await(db.fetchOne(Long.class, "SELECT count(*) % " + ROWS + " FROM t"))).isZero();
      assertThat(stopped).isPositive();
      assertThat(answered).isPositive();
      System.out.println(stopped + " copies stopped, " + answered + " answered");
    }
  }

  private static boolean isStopped(Copy copy) {
    try {
      assertThat(copy.future().join()).isEqualTo(copy.answer());
      if (copy.bytes() != null) {
        assertThat(copy.bytes().toString(UTF_8)).isEqualTo(OUT);
      }
      return false;
    } catch (CancellationException asAsked) {
      return true;
    } catch (CompletionException ended) {
      assertThat(ended)
          .satisfiesAnyOf(
              limit -> assertThat(limit).hasCauseInstanceOf(QueryTimeout.class),
              asked -> assertThat(asked).hasCauseInstanceOf(CancellationException.class));
      return true;
    }
  }
}
