package dev.howdah.row;

import dev.howdah.error.ClientException.MappingFailure;
import java.lang.reflect.Type;
import org.jspecify.annotations.Nullable;

/**
 * Reads and writes json documents of classes that some library knows best, such as those with
 * kotlinx.serialization's annotation.
 *
 * <p>Providers are found once, by {@link java.util.ServiceLoader} in the class loader of this
 * library; the first that takes a class is its own. An implementation must be safe to call from any
 * thread and must not hold on to the classes it is asked for.
 */
public interface JsonProvider {

  /**
   * Says whether documents of a class are this provider's. Asked once for each class.
   *
   * @param type never a class of the JDK
   */
  boolean takes(Class<?> type);

  /**
   * Reads a document.
   *
   * @param document text that may be no json at all
   * @param type the class, with type arguments where they are known
   * @throws MappingFailure if the document does not fit; the message says where, never what
   */
  @Nullable Object read(String document, Type type);

  /**
   * Writes a document.
   *
   * @throws MappingFailure if it cannot; the message gives no value
   */
  String write(Object value);
}
