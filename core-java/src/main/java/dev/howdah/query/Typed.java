package dev.howdah.query;

import org.jspecify.annotations.Nullable;

/**
 * An argument that is to be bound as a given PostgreSQL type, not as the one its Java class stands
 * for.
 *
 * @param oid the OID of the type
 * @param value the value, or null for NULL
 * @param what what the argument is, for errors: {@code column 'user_id' of table 'users'}
 */
public record Typed(int oid, @Nullable Object value, String what) {

  /** What it is and its type; never the value. */
  @Override
  public String toString() {
    return what + " (type oid " + oid + ")";
  }
}
