package dev.howdah.row;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Adds mappers for classes that Java reflection alone cannot read well, such as Kotlin's data
 * classes.
 *
 * <p>Providers are found once, by {@link java.util.ServiceLoader} in the class loader of this
 * library, and asked before the built-in mappers; the first one that answers wins. An
 * implementation must be safe to call from any thread and must not hold on to the classes it is
 * asked for. {@link Blueprint#mapper()} builds a mapper that follows the same rules of naming,
 * nesting, conversion and strictness as the built-in ones.
 */
public interface MapperProvider {

  /**
   * Answers a mapper for a class, or null to leave the class to others.
   *
   * @param type never a single value such as {@code Long} or {@code String}, nor {@code Map}
   * @throws dev.howdah.error.ClientException.MappingFailure if the class is this provider's to map
   *     but cannot be mapped; the message says why
   */
  <T> @Nullable RowMapper<T> mapperFor(Class<T> type);

  /**
   * The way back: takes an object apart, for a composite or a json object.
   *
   * @param value never an object of the JDK's
   * @return the parts by name, in the order they are declared in, as Java knows them; null to leave
   *     the object to others, which is the default
   */
  default @Nullable Map<String, @Nullable Object> partsOf(Object value) {
    return null;
  }
}
