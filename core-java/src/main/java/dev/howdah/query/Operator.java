package dev.howdah.query;

/** How a column is compared; the SQL where one operator says it. */
enum Operator {
  /** A plain value: equality, IS NULL or a list, whatever the value and the column ask for. */
  IS("="),
  EQUAL("="),
  NOT_EQUAL("<>"),
  DIFFERS("IS DISTINCT FROM"),
  LESS("<"),
  AT_MOST("<="),
  GREATER(">"),
  AT_LEAST(">="),
  LIKE("LIKE"),
  NOT_LIKE("NOT LIKE"),
  ILIKE("ILIKE"),
  NOT_ILIKE("NOT ILIKE"),
  IN("IN"),
  NOT_IN("NOT IN"),
  BETWEEN("BETWEEN"),
  IS_NULL("IS NULL"),
  IS_NOT_NULL("IS NOT NULL"),
  CONTAINS("@>"),
  CONTAINED_BY("<@"),
  OVERLAPS("&&"),
  HAS_ELEMENT("= ANY"),
  HAS_KEY("?"),
  HAS_ANY_KEY("?|"),
  HAS_ALL_KEYS("?&");

  final String sql;

  Operator(String sql) {
    this.sql = sql;
  }
}
