package dev.howdah.query;

import java.util.List;
import java.util.Set;

/**
 * The functions of PostgreSQL that make a SELECT more than a read. What a user's own function does
 * cannot be seen; {@link FunctionCalls} finds where one is called.
 */
final class SideEffects {
  /** Stands for a name that was written in escapes: it may be any function. */
  static final String UNREADABLE = "?";

  /**
   * Session state: settings, session-level advisory locks, the random seed, named links; and what
   * runs a text.
   */
  private static final Set<String> STATE =
      Set.of("set_config", "setseed", "ts_stat", "ts_rewrite", UNREADABLE);

  private static final List<String> STATE_PREFIXES =
      List.of(
          "pg_advisory_",
          "pg_try_advisory_",
          "pg_replication_origin_session_",
          "pg_replication_origin_xact_",
          "dblink_connect",
          "dblink_open",
          "query_to_xml");

  private static final Set<String> WRITES =
      Set.of(
          "nextval",
          "setval",
          "pg_notify",
          "lowrite",
          "pg_terminate_backend",
          "pg_cancel_backend",
          "pg_reload_conf",
          "pg_rotate_logfile",
          "pg_switch_wal",
          "pg_promote",
          "pg_create_restore_point",
          "pg_log_backend_memory_contexts",
          "pg_export_snapshot",
          "cursor_to_xml",
          "database_to_xml",
          "brin_summarize_new_values",
          "gin_clean_pending_list",
          "txid_current",
          "pg_current_xact_id");

  private static final List<String> WRITE_PREFIXES =
      List.of(
          "lo_",
          "dblink",
          "query_to_xml",
          "pg_advisory_",
          "pg_try_advisory_",
          "pg_stat_reset",
          "pg_logical_",
          "pg_create_",
          "pg_drop_",
          "pg_copy_",
          "pg_replication_",
          "pg_import_",
          "pg_restore_",
          "pg_clear_",
          "pg_backup_",
          "pg_wal_replay_",
          "pg_file_",
          "brin_",
          "pg_prewarm");

  private SideEffects() {}

  /** Whether the function may leave something in the session after its statement. */
  static boolean leavesState(String function) {
    // the _xact_ locks go with their transaction
    return (STATE.contains(function) || startsWithOneOf(function, STATE_PREFIXES))
        && !function.contains("advisory_xact_");
  }

  /** Whether the function does more than read, as far as its name says. */
  static boolean writes(String function) {
    return STATE.contains(function)
        || WRITES.contains(function)
        || startsWithOneOf(function, WRITE_PREFIXES);
  }

  private static boolean startsWithOneOf(String function, List<String> prefixes) {
    return prefixes.stream().anyMatch(function::startsWith);
  }
}
