package dev.howdah.internal.type;

import dev.howdah.error.ClientException.MappingFailure;
import org.jspecify.annotations.Nullable;

/** Says inside this package that a composite is not made of what was known of it any more. */
final class OutdatedType extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int oid;

  OutdatedType(int oid, @Nullable MappingFailure failure) {
    super(null, failure, false, false);
    this.oid = oid;
  }

  /** What an attribute could not be read for; null if the numbers of attributes differ. */
  @Nullable MappingFailure failure() {
    return (MappingFailure) getCause();
  }

  int oid() {
    return oid;
  }
}
