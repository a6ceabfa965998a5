package dev.howdah.row;

/** What becomes of columns without a part, and of parts without a column. */
enum Strictness {
  /** Columns may be left over; every part that its class cannot do without needs one. */
  USUAL,
  /** No column may be left over either. */
  STRICT,
  /** A part without a column is null where it may be. */
  LENIENT
}
