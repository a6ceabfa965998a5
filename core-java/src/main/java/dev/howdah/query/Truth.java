package dev.howdah.query;

/** What a condition is for every row, as far as its form alone tells. */
enum Truth {
  TRUE,
  FALSE,
  DEPENDS
}
