package dev.howdah.row;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.Period;
import java.time.ZonedDateTime;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which cast in SQL makes a text into a value for a Java type: advice for messages. */
final class SqlCasts {
  private static final Map<Class<?>, String> CASTS = new HashMap<>();

  static {
    put("smallint", byte.class, Byte.class, short.class, Short.class);
    put("int", int.class, Integer.class);
    put("bigint", long.class, Long.class);
    put("real", float.class, Float.class);
    put("float8", double.class, Double.class);
    put("numeric", Number.class, BigDecimal.class, BigInteger.class);
    put("bool", boolean.class, Boolean.class);
    put("date", LocalDate.class);
    put("time", LocalTime.class);
    put("timetz", OffsetTime.class);
    put("timestamp", LocalDateTime.class);
    put("timestamptz", Instant.class, OffsetDateTime.class, ZonedDateTime.class, Date.class);
    put("interval", Interval.class, Duration.class, Period.class);
    put("inet", Inet.class, InetAddress.class);
    put("cidr", Cidr.class);
    put("varbit", BitString.class);
    put("jsonb", Map.class);
  }

  private SqlCasts() {}

  private static void put(String type, Class<?>... targets) {
    List.of(targets).forEach(target -> CASTS.put(target, type));
  }

  /** What to write, or null where no cast helps. */
  static @Nullable String advice(Class<?> target) {
    String type = CASTS.get(target);
    return type == null ? null : "cast in SQL, such as value::" + type;
  }
}
