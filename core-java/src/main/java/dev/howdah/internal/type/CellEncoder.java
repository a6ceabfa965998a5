package dev.howdah.internal.type;

/** Writes the values of one column in PostgreSQL's binary format, without their length. */
@FunctionalInterface
interface CellEncoder {
  /**
   * Writes a value that is neither null nor optional.
   *
   * @throws Refused when the column cannot hold it
   */
  void write(Object value, Chunk out);
}
