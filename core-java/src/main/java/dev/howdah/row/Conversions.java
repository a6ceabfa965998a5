package dev.howdah.row;

import dev.howdah.row.Conversion.Misfit;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.Period;
import java.time.ZonedDateTime;
import java.util.Collection;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Which values become which types on request: the one table behind {@code Row.get(…, type)}, record
 * components and single values.
 *
 * <p>Nothing is lost or guessed: what does not fit is refused.
 */
final class Conversions {

  private static final Map<Class<?>, Conversion> SCALARS = scalars();

  private Conversions() {}

  /** The conversion to a type; never fails, an impossible target refuses its values instead. */
  static Conversion to(Type type) {
    Type target = TypeNames.bound(type);
    Class<?> raw = TypeNames.raw(target);
    Conversion scalar = SCALARS.get(raw);
    if (scalar != null) {
      return scalar;
    }
    if (raw.isEnum()) {
      return Conversion.passing(raw, raw, EnumLabels.of(raw));
    }
    if (raw.isArray()) {
      return toArray(target, raw.getComponentType());
    }
    if (raw == Optional.class) {
      Conversion content = to(TypeNames.argument(target, 0));
      return Conversion.of(
          target, value -> Optional.ofNullable(content.apply(value)), Optional.empty());
    }
    if (raw == List.class || raw == Collection.class || raw == Iterable.class) {
      return Containers.toList(target, to(TypeNames.argument(target, 0)));
    }
    if (raw == Set.class) {
      return Containers.toSet(target, to(TypeNames.argument(target, 0)));
    }
    if (raw == Map.class) {
      return Containers.toMap(
          target, to(TypeNames.argument(target, 0)), to(TypeNames.argument(target, 1)));
    }
    if (raw == Range.class) {
      return OwnTypes.toRange(target, to(TypeNames.argument(target, 0)));
    }
    if (raw == Multirange.class) {
      return OwnTypes.toMultirange(target, to(TypeNames.argument(target, 0)));
    }
    // A class that is made of parts or has a codec, else one whose values fit as they are.
    return Conversion.of(
        target,
        Structures.isMadeOfParts(raw)
            ? new Structures(target)
            : value -> instance(value, raw, target));
  }

  private static @Nullable Object instance(Object value, Class<?> raw, Type target) {
    if (raw.isInstance(value)) {
      return Objects.requireNonNull(Values.copy(value));
    }
    Misfit noWay = Misfit.noWay(value, target);
    if (value instanceof List<?> && Collection.class.isAssignableFrom(raw)) {
      throw noWay.but("ask for List or Set");
    }
    throw Map.class.isAssignableFrom(raw) ? noWay.but("ask for Map") : noWay;
  }

  private static Conversion toArray(Type target, Class<?> component) {
    Type inner = target instanceof GenericArrayType g ? g.getGenericComponentType() : component;
    Conversion fromList = Containers.toArray(target, component, to(inner));
    return Conversion.of(
        target,
        value ->
            TypeNames.raw(target).isInstance(value) ? Values.copy(value) : fromList.apply(value));
  }

  private static Map<Class<?>, Conversion> scalars() {
    Map<Class<?>, Conversion> table = new HashMap<>();
    for (Class<?> type : new Class<?>[] {byte.class, Byte.class}) {
      add(table, type, Byte.class, whole(type, Byte.MIN_VALUE, Byte.MAX_VALUE, n -> (byte) n));
    }
    for (Class<?> type : new Class<?>[] {short.class, Short.class}) {
      add(table, type, Short.class, whole(type, Short.MIN_VALUE, Short.MAX_VALUE, n -> (short) n));
    }
    for (Class<?> type : new Class<?>[] {int.class, Integer.class}) {
      add(
          table,
          type,
          Integer.class,
          whole(type, Integer.MIN_VALUE, Integer.MAX_VALUE, n -> (int) n));
    }
    for (Class<?> type : new Class<?>[] {long.class, Long.class}) {
      add(table, type, Long.class, whole(type, Long.MIN_VALUE, Long.MAX_VALUE, n -> n));
    }
    for (Class<?> type : new Class<?>[] {float.class, Float.class}) {
      add(table, type, Float.class, Numbers.toFloat(type));
    }
    for (Class<?> type : new Class<?>[] {double.class, Double.class}) {
      add(table, type, Double.class, Numbers.toDouble(type));
    }
    for (Class<?> type : new Class<?>[] {boolean.class, Boolean.class}) {
      add(table, type, Boolean.class, value -> toBoolean(value, type));
    }
    for (Class<?> type : new Class<?>[] {char.class, Character.class}) {
      add(table, type, Character.class, value -> toCharacter(value, type));
    }
    add(table, BigDecimal.class, BigDecimal.class, Numbers::toBigDecimal);
    add(table, BigInteger.class, BigInteger.class, Numbers::toBigInteger);
    add(table, String.class, String.class, value -> toText(value, String.class));
    add(table, CharSequence.class, String.class, value -> toText(value, CharSequence.class));
    add(table, UUID.class, UUID.class, Conversions::toUuid);
    add(table, Instant.class, Instant.class, Times::toInstant);
    add(table, OffsetDateTime.class, OffsetDateTime.class, Times::toOffsetDateTime);
    add(table, ZonedDateTime.class, ZonedDateTime.class, Times::toZonedDateTime);
    add(table, Date.class, Date.class, Times::toDate);
    for (Class<?> local : new Class<?>[] {LocalDateTime.class, LocalDate.class}) {
      Conversion.Step refusal =
          value -> {
            throw Times.needsCast(value, local);
          };
      add(table, local, local, refusal);
    }
    add(table, LocalTime.class, LocalTime.class, value -> refuse(value, LocalTime.class));
    add(table, OffsetTime.class, OffsetTime.class, value -> refuse(value, OffsetTime.class));
    add(table, Interval.class, Interval.class, value -> refuse(value, Interval.class));
    add(table, Duration.class, Duration.class, Times::toDuration);
    add(table, Period.class, Period.class, Times::toPeriod);
    add(table, Json.class, Json.class, Conversions::toJson);
    table.put(ByteBuffer.class, Conversion.of(ByteBuffer.class, Conversions::toByteBuffer));
    OwnTypes.addTo(table);
    table.put(Object.class, Conversion.of(Object.class, Values::copy));
    return Map.copyOf(table);
  }

  private static void add(
      Map<Class<?>, Conversion> table, Class<?> target, Class<?> passing, Conversion.Step step) {
    table.put(target, Conversion.passing(target, passing, step));
  }

  private static Conversion.Step whole(
      Class<?> target, long min, long max, LongFunction<Object> boxed) {
    return Numbers.toWhole(target, min, max, boxed);
  }

  private static Object refuse(Object value, Class<?> target) {
    throw Misfit.noWay(value, target);
  }

  /** A {@code bit(1)} is what other databases have in place of a boolean. */
  private static Object toBoolean(Object value, Class<?> target) {
    if (value instanceof BitString bits && bits.length() == 1) {
      return bits.get(0);
    }
    throw Misfit.noWay(value, target);
  }

  private static Object toCharacter(Object value, Class<?> target) {
    if (!(value instanceof String text)) {
      throw Misfit.noWay(value, target);
    }
    if (text.length() != 1) {
      throw Misfit.of(
          value, "has " + text.length() + " characters, " + TypeNames.of(target) + " holds one");
    }
    return text.charAt(0);
  }

  private static Object toText(Object value, Class<?> target) {
    if (value instanceof Number number) {
      return Numbers.text(number);
    }
    if (value instanceof CharSequence
        || value instanceof Boolean
        || value instanceof UUID
        || value instanceof Enum<?>) {
      return value.toString();
    }
    String time = Times.text(value);
    if (time != null) {
      return time;
    }
    if (OwnTypes.hasServerText(value)) {
      return ServerText.of(value);
    }
    Misfit noWay = Misfit.noWay(value, target);
    throw value instanceof byte[]
        ? noWay.but("bytes have no encoding; use encode or convert_from in SQL")
        : noWay;
  }

  private static Object toUuid(Object value) {
    if (!(value instanceof String text)) {
      throw Misfit.noWay(value, UUID.class);
    }
    try {
      // Java alone would take 1-1-1-1-1 too.
      if (text.length() == 36) {
        return UUID.fromString(text);
      }
    } catch (IllegalArgumentException malformed) {
      // Falls through to the one message for both; the exception quotes the value.
    }
    throw Misfit.of(value, "is no UUID, which has 36 characters in the form 8-4-4-4-12");
  }

  private static Object toByteBuffer(Object value) {
    if (value instanceof byte[] bytes) {
      return ByteBuffer.wrap(bytes.clone());
    }
    throw Misfit.noWay(value, ByteBuffer.class);
  }

  private static Object toJson(Object value) {
    if (!(value instanceof String text)) {
      throw Misfit.noWay(value, Json.class);
    }
    return Json.text(text);
  }
}
