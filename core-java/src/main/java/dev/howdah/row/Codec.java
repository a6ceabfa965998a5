package dev.howdah.row;

import dev.howdah.error.ClientException.InvalidOption;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * How values of one Java class and of one PostgreSQL type become each other, by way of the text
 * PostgreSQL prints and reads.
 *
 * <p>Set for a whole pool by {@code DatabaseOptions}; it works inside of arrays, ranges, composites
 * and domains too. As an argument it takes every value of its class, which is sent without a type,
 * so that the server infers one from the place. As a result it reads every column of its type,
 * whatever class is asked for then.
 *
 * <p>The two functions are called by several threads at once, and reading runs on an event loop: it
 * must not block. What they throw fails the call, naming the codec. Values had better be immutable:
 * callers of one text without parameters may share an answer, and then they share its values.
 *
 * @param <T> the Java class
 */
public final class Codec<T> {
  private final @Nullable String postgresType;
  private final Class<T> javaType;
  private final @Nullable Function<? super String, ? extends @Nullable T> reader;
  private final @Nullable Function<? super T, String> writer;

  private Codec(
      @Nullable String postgresType,
      Class<T> javaType,
      @Nullable Function<? super String, ? extends @Nullable T> reader,
      @Nullable Function<? super T, String> writer) {
    this.postgresType = postgresType;
    this.javaType = Objects.requireNonNull(javaType, "javaType");
    this.reader = reader;
    this.writer = writer;
    if (javaType.isPrimitive()) {
      throw new InvalidOption(
          "the codec is for the primitive type " + javaType + ": name its box, such as Integer");
    }
  }

  /**
   * A codec for both directions.
   *
   * @param postgresType the type's name, {@code money}, or with its schema, {@code shop.mood}; of
   *     an array or domain the type it is made of
   * @param javaType the class of arguments; subclasses too
   * @param reader makes a value of the text the server prints, never called for NULL
   * @param writer makes the text the server reads, never called for null
   * @throws InvalidOption if the name is empty or that of an array, or the class primitive
   */
  public static <T> Codec<T> of(
      String postgresType,
      Class<T> javaType,
      Function<? super String, ? extends @Nullable T> reader,
      Function<? super T, String> writer) {
    return new Codec<>(
        checked(postgresType),
        javaType,
        Objects.requireNonNull(reader, "reader"),
        Objects.requireNonNull(writer, "writer"));
  }

  /**
   * A codec for results only: arguments of that class are bound as ever.
   *
   * @param postgresType the type's name, with or without its schema
   * @param javaType what the reader makes
   * @param reader makes a value of the text the server prints, never called for NULL
   * @throws InvalidOption if the name is empty or that of an array, or the class primitive
   */
  public static <T> Codec<T> reading(
      String postgresType,
      Class<T> javaType,
      Function<? super String, ? extends @Nullable T> reader) {
    return new Codec<>(
        checked(postgresType), javaType, Objects.requireNonNull(reader, "reader"), null);
  }

  /**
   * A codec for arguments only, for whatever type the server expects where they stand.
   *
   * @param javaType the class of arguments; subclasses too
   * @param writer makes the text the server reads, never called for null
   * @throws InvalidOption if the class is primitive
   */
  public static <T> Codec<T> writing(Class<T> javaType, Function<? super T, String> writer) {
    return new Codec<>(null, javaType, null, Objects.requireNonNull(writer, "writer"));
  }

  private static String checked(String postgresType) {
    if (postgresType.isBlank()) {
      throw new InvalidOption("the PostgreSQL type of a codec has no name");
    }
    if (postgresType.endsWith("]")) {
      throw new InvalidOption(
          "a codec for "
              + postgresType
              + " is one for its elements: leave the brackets out, arrays follow by themselves");
    }
    return postgresType;
  }

  /** The type whose columns it reads, null if it is for arguments only. */
  public @Nullable String postgresType() {
    return postgresType;
  }

  /** The class whose values it writes and makes. */
  public Class<T> javaType() {
    return javaType;
  }

  /** Whether it reads results. */
  public boolean reads() {
    return reader != null;
  }

  /** Whether it writes arguments. */
  public boolean writes() {
    return writer != null;
  }

  /**
   * Makes a value of the server's text.
   *
   * @throws IllegalStateException if it is for arguments only
   */
  public @Nullable T read(String text) {
    if (reader == null) {
      throw new IllegalStateException(this + " is for arguments only");
    }
    return reader.apply(text);
  }

  /**
   * Makes the text of a value.
   *
   * @throws IllegalStateException if it is for results only
   */
  public String write(T value) {
    if (writer == null) {
      throw new IllegalStateException(this + " is for results only");
    }
    return writer.apply(value);
  }

  /** The two types, such as {@code Codec[money, Money]}. */
  @Override
  public String toString() {
    return "Codec["
        + (postgresType == null ? "any" : postgresType)
        + ", "
        + javaType.getName()
        + "]";
  }
}
