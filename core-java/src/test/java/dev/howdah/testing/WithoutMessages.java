package dev.howdah.testing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.howdah.error.ClientException.Unsupported;
import dev.howdah.query.CopyIn;
import dev.howdah.query.CopyOut;
import dev.howdah.query.CopyRecords;
import java.util.List;
import java.util.function.Supplier;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/**
 * What handles promise when the driver does not let us at its messages and all goes by its
 * statements: the same, but for copies, which are refused in words.
 */
public interface WithoutMessages extends QueriesContract {
  /** The switch, which is looked at when a pool is opened. */
  String SWITCH = "dev.howdah.internal.messages";

  /** What {@code connecting} connects, by statements only. */
  static <T> T connect(Supplier<T> connecting) {
    System.setProperty(SWITCH, "false");
    try {
      return connecting.get();
    } finally {
      System.clearProperty(SWITCH);
    }
  }

  private static void requireRefused(String verb, ThrowingCallable copy) {
    assertThatThrownBy(copy)
        .isInstanceOf(Unsupported.class)
        .hasMessageContaining(verb + " needs the messages below r2dbc-postgresql's statements")
        .hasMessageContaining("use executeMany or stream");
  }

  @Override
  @Test
  default void recordsAreCopiedIn(TestDatabase server) {
    server.sql("CREATE TABLE numbers (n int)");
    with(
        server,
        db -> {
          requireRefused(
              "copyIn", () -> db.copyIn(CopyRecords.into("numbers"), List.of(List.of(1))));
          assertThat(db.fetchValue(Long.class, "SELECT count(*) FROM numbers")).contains(0L);
        });
  }

  @Override
  @Test
  default void bytesAreCopiedInAndOut(TestDatabase server) {
    server.sql("CREATE TABLE numbers (n int)");
    with(
        server,
        db -> {
          requireRefused("copyIn", () -> db.copyIn(CopyIn.csv("numbers"), "1\n".getBytes(UTF_8)));
          requireRefused("copyOut", () -> db.copyOut(CopyOut.csv("numbers")));
          assertThat(db.fetchValue(Long.class, "SELECT count(*) FROM numbers")).contains(0L);
        });
  }

  @Override
  @Test
  default void aCopyThatFailsLeavesNothing(TestDatabase server) {
    server.sql("CREATE TABLE numbers (n int)");
    with(
        server,
        db -> {
          db.execute("INSERT INTO numbers VALUES (1)");
          requireRefused(
              "copyIn",
              () ->
                  db.transaction(
                      nested -> {
                        nested.execute("INSERT INTO numbers VALUES (2)");
                        return nested.copyIn(CopyIn.csv("numbers"), "3\n".getBytes(UTF_8));
                      }));
          assertThat(db.fetchValue(Long.class, "SELECT sum(n) FROM numbers")).contains(1L);
        });
  }
}
