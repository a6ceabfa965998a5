package dev.howdah.query;

import java.util.Set;

/**
 * The functions of PostgreSQL and its common extensions that read only, but may answer something
 * else at each call: calls of them in several statements are not the same as in one. Those that
 * {@code pg_proc} calls volatile, as of PostgreSQL 18; functions that are not known at all make no
 * text a read, so they need not be here.
 */
final class VaryingFunctions {
  private static final Set<String> NAMES =
      Set.of(
          "array_sample",
          "array_shuffle",
          "clock_timestamp",
          "current_query",
          "currval",
          "gen_random_bytes",
          "gen_random_uuid",
          "gen_salt",
          "lastval",
          "random",
          "random_normal",
          "timeofday",
          "txid_status",
          "uuidv4",
          "uuidv7");

  private VaryingFunctions() {}

  /** Whether a call of it may answer something else each time; names in lower case. */
  static boolean contains(String function) {
    return NAMES.contains(function)
        || function.startsWith("pg_") // the state of the server, and pg_sleep
        || function.startsWith("pgp_")
        || function.startsWith("uuid_generate_");
  }
}
