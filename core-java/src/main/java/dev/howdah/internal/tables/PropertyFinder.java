package dev.howdah.internal.tables;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Knows the properties of classes that Java's rules would misread: another language's. Found by
 * {@link java.util.ServiceLoader}; asked once for each class, by any thread.
 */
public interface PropertyFinder {
  /** The properties that are stored, or null where Java's rules hold. */
  @Nullable List<Property> of(Class<?> type);
}
