package dev.howdah.row;

import dev.howdah.error.ClientException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A JSON document as a value that can be bound to a {@code json} or {@code jsonb} parameter.
 *
 * <p>It holds the text; two are equal when their texts are. Immutable and safe to use from any
 * thread.
 */
public final class Json {
  private final String text;

  private Json(String text) {
    this.text = text;
  }

  /**
   * Writes a value as JSON, at once.
   *
   * <p>Maps, rows and records become objects; iterables and arrays become arrays; text, characters
   * and enums (their name) become strings; numbers and booleans stay what they are; optionals give
   * their content; {@code byte[]} becomes Base64 and {@link java.util.Date} an ISO instant; null
   * becomes JSON's {@code null}; a {@code Json} is taken as it is. Any other value becomes the
   * string its {@code toString} gives (java.time, UUID, URI, {@link Interval} …), unless its class
   * has none of its own. A class with Jackson's annotations, or one that has no form here, is
   * written by Jackson where that is on the class path.
   *
   * @throws ClientException.WrongArguments for NaN and infinity, the NUL character and unpaired
   *     surrogates (PostgreSQL refuses them), a value without a text form, and nesting deeper than
   *     1,000; the message gives the path, not the value
   */
  public static Json of(@Nullable Object value) {
    return value instanceof Json json ? json : new Json(JsonWriter.write(value));
  }

  /** Takes a text as JSON without looking at it: {@link #value()} or the server will. */
  public static Json text(String document) {
    return new Json(Objects.requireNonNull(document, "document"));
  }

  /** The document as it was given or written. */
  public String text() {
    return text;
  }

  /**
   * Reads the document, anew at each call.
   *
   * @return an immutable Map with the members in their order (of equal names the last one wins, as
   *     in jsonb), an immutable List, a String, a Boolean, null, or a number: Integer, Long or
   *     BigInteger, the smallest that holds it, if it has neither fraction nor exponent, else a
   *     BigDecimal with its scale
   * @throws ClientException.MappingFailure if the text is not JSON or is nested deeper than 1,000;
   *     the message gives the position, not the text
   */
  public @Nullable Object value() {
    return JsonReader.read(text);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Json json && text.equals(json.text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  /** The document. */
  @Override
  public String toString() {
    return text;
  }
}
