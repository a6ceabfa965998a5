package dev.howdah;

import static org.assertj.core.api.Assertions.assertThat;

import dev.howdah.config.DatabaseOptions;
import dev.howdah.row.Inet;
import dev.howdah.row.Row;
import dev.howdah.testing.PostgresTest;
import dev.howdah.testing.TestDatabase;
import java.math.BigDecimal;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Any values, printed by us as the server prints them. */
@PostgresTest
class PrintedValuesDatabaseTest {
  private Database db;

  @BeforeEach
  void connect(TestDatabase server) {
    db =
        Database.connect(
                DatabaseOptions.of(server.url())
                    .withSetting("TimeZone", "UTC")
                    .withSetting("lc_monetary", "C"))
            .join();
  }

  @AfterEach
  void disconnect() {
    db.close();
  }

  private Row one(String sql, @Nullable Object... arguments) {
    return db.fetchOne(sql, arguments).join();
  }

  @Test
  void anyValuesPrintAsTheServerPrintsThem() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    Map<String, Supplier<Object>> makers =
        Map.of(
            "float8", () -> Double.longBitsToDouble(random.nextLong()),
            "float4", () -> Float.intBitsToFloat(random.nextInt()),
            "numeric", () -> BigDecimal.valueOf(random.nextLong(), random.nextInt(30)),
            "timestamptz",
                () -> Instant.ofEpochSecond(random.nextInt(), random.nextInt(1000) * 1000),
            "inet", () -> Inet.of(address(random), random.nextInt(33)),
            "text", () -> text(random),
            "bytea", () -> text(random).getBytes(StandardCharsets.UTF_8));
    makers.forEach(
        (type, maker) -> {
          List<Object> values = Stream.generate(maker).limit(1_000).toList();
          Row row =
              one(
                  "SELECT v AS value, v::text AS text FROM (SELECT $1::%s[] AS v) AS one"
                      .formatted(type),
                  values);
          assertThat(row.get("value", String.class))
              .as("%s, seed %d", type, seed)
              .isEqualTo(row.get("text"));
          assertThat(TypeTableDatabaseTest.comparable(row.get("value")))
              .as("%s, seed %d", type, seed)
              .isEqualTo(TypeTableDatabaseTest.comparable(values));
        });
  }

  /** Zeros are frequent, as they are what IPv6 leaves out. */
  private static InetAddress address(Random random) {
    byte[] bytes = new byte[random.nextBoolean() ? 4 : 16];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) (random.nextBoolean() ? 0 : random.nextInt(3) - 1);
    }
    try {
      return bytes.length == 4
          ? InetAddress.getByAddress(bytes)
          : Inet6Address.getByAddress(null, bytes, -1);
    } catch (UnknownHostException impossible) {
      throw new AssertionError(impossible);
    }
  }

  private static String text(Random random) {
    String special = "\"\\{},()' \t\n;NULaé😀";
    return random
        .ints(random.nextInt(6), 0, special.codePointCount(0, special.length()))
        .mapToObj(i -> Character.toString(special.codePoints().toArray()[i]))
        .collect(Collectors.joining());
  }

  @Test
  void buffersKeepTheirPosition() {
    ByteBuffer buffer = ByteBuffer.wrap(new byte[] {1, 2, 3}).position(1);
    assertThat(one("SELECT $1::bytea AS value", buffer).get("value")).isEqualTo(new byte[] {2, 3});
    assertThat(buffer.position()).isEqualTo(1);
  }
}
