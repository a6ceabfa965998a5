package dev.howdah.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.howdah.config.DatabaseOptions;
import dev.howdah.error.DatabaseException;
import dev.howdah.internal.driver.Command;
import dev.howdah.internal.driver.Driver;
import dev.howdah.internal.driver.Drivers;
import dev.howdah.internal.merge.Shape;
import dev.howdah.internal.merge.Shapes;
import dev.howdah.internal.type.Codecs;
import dev.howdah.internal.type.TypeCatalog;
import dev.howdah.query.Query;
import dev.howdah.row.Row;
import dev.howdah.row.RowSet;
import dev.howdah.testing.PostgresTest;
import dev.howdah.testing.Seed;
import dev.howdah.testing.TestDatabase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

/** Thousands of reads made by chance, merged and alone: the same rows, names, types, failures. */
@PostgresTest
class MergedAgainstAloneDatabaseTest {
  private static final int STATEMENTS = Integer.getInteger("howdah.test.statements", 400);
  private static final int MEMBERS = 12;

  private Driver driver;
  private HeldConnection held;

  @BeforeEach
  void connect(TestDatabase server) {
    server.sql(RandomReads.TABLES);
    DatabaseOptions options = DatabaseOptions.of(server.url()).resolve();
    driver = Drivers.open(options);
    Watch watch = new Watch(List.of(), null, driver.timer(), Runnable::run);
    TypeCatalog types = new TypeCatalog(Codecs.NONE);
    held = await(new Sessions(options, Hooks.NONE, watch, driver.timer(), types).of(driver));
  }

  @AfterEach
  void close() {
    held.giveBack().block();
    driver.close(Duration.ofSeconds(5)).block();
  }

  @Test
  void mergedReadsAnswerAsTheyDoAlone() {
    Random random = Seed.of("mergedReadsAnswerAsTheyDoAlone");
    RandomReads reads = new RandomReads(random);
    int merged = 0;
    int failed = 0;
    for (int i = 0; i < STATEMENTS; i++) {
      RandomReads.Read read = reads.next();
      List<Query<?>> queries = new ArrayList<>();
      for (int member = 0; member < MEMBERS; member++) {
        queries.add(Query.rows(read.sql(), read.arguments()));
      }
      if (isMergedAsAlone(read, queries)) {
        merged++;
      } else {
        failed++;
      }
    }
    System.out.println("merged " + merged + " statements of 12 reads, ran again alone " + failed);
    assertThat(merged).as("most of them can be merged").isGreaterThan(STATEMENTS / 2);
  }

  /** Whether it was answered; a merged statement that fails is run again alone by the engine. */
  private boolean isMergedAsAlone(RandomReads.Read read, List<Query<?>> queries) {
    assertThat(queries.get(0).parsed().isMergeable()).as(read.sql()).isTrue();
    List<Command> commands =
        queries.stream().map(query -> Commands.of(query, held.codecs())).toList();
    // Nulls announce no type, so that one text may have several shapes: those of the first.
    Shapes shapes = new Shapes();
    Shape shape = Objects.requireNonNull(shapes.of(queries.get(0).parsed(), commands.get(0)));
    List<Integer> same =
        IntStream.range(0, commands.size())
            .filter(i -> shapes.of(queries.get(i).parsed(), commands.get(i)) == shape)
            .boxed()
            .toList();
    List<Command> members = same.stream().map(commands::get).toList();
    List<RowSet> answers;
    try {
      learn(shape, members.get(0));
      if (shape.isRefused()) {
        return false;
      }
      answers = await(held.merged(shape.merged(members)));
    } catch (DatabaseException failure) {
      settle();
      return false;
    }
    for (int i = 0; i < members.size(); i++) {
      RowSet alone;
      try {
        alone = await(held.run(members.get(i)));
      } catch (DatabaseException failure) {
        throw new AssertionError(
            "alone it fails, merged it did not: " + read.sql() + " " + queries.get(same.get(i)),
            failure);
      }
      String what = read.sql() + "\nwith " + queries.get(same.get(i)).arguments();
      assertThat(seen(answers.get(i), read.isOrdered()))
          .as(what)
          .isEqualTo(seen(alone, read.isOrdered()));
      assertThat(answers.get(i).affected()).as(what).isEqualTo(alone.affected());
    }
    return true;
  }

  private void learn(Shape shape, Command command) {
    var described = await(Objects.requireNonNull(held.describe(command)));
    shape.learn(described, await(held.run(shape.arrayTypes(described))));
  }

  private void settle() {
    held.settle().block();
  }

  /**
   * All that can be seen of an answer: names, types and values, in order if the text asks for it.
   */
  private static List<String> seen(RowSet answer, boolean ordered) {
    List<String> seen = new ArrayList<>();
    for (Row row : answer.rows()) {
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < row.columns().size(); i++) {
        Object value = row.get(i);
        line.append(row.columns().names().get(i)).append(':').append(row.columns().typeOid(i));
        line.append('=').append(shown(value)).append(' ');
      }
      seen.add(line.toString());
    }
    if (!ordered) {
      seen.sort(null);
    }
    return seen;
  }

  private static String shown(@Nullable Object value) {
    return value instanceof byte[] bytes
        ? java.util.Arrays.toString(bytes)
        : value == null ? "null" : value.getClass().getSimpleName() + value;
  }

  private static <T> T await(Mono<T> mono) {
    return Objects.requireNonNull(mono.block(Duration.ofMinutes(1)));
  }
}
