package dev.howdah.internal.driver;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a hosted PostgreSQL's bare errors do not say, added as a HINT where the server gave none.
 */
final class Hints {
  private static final Set<String> LOST_STATEMENT = Set.of("26000", "42P05");

  /** How PgBouncer begins; the setting's name follows. */
  private static final String UNTRACKED = "unsupported startup parameter: ";

  private Hints() {}

  /** The hint for a statement's failure, or null when there is nothing to add. */
  static @Nullable String forStatement(String sqlState) {
    return LOST_STATEMENT.contains(sqlState)
        ? "A pooler in transaction mode swaps the server connection between statements: set"
            + " poolerMode(true)."
        : null;
  }

  /**
   * The hint for a refused login, or null when there is nothing to add.
   *
   * @param message the server's
   */
  static @Nullable String forLogin(
      String sqlState, String message, List<String> hosts, String user) {
    if (message.startsWith(UNTRACKED)) {
      String setting = message.substring(UNTRACKED.length());
      return "This is PgBouncer, and the setting is sent on every connection: add "
          + setting
          + " to ignore_startup_parameters in pgbouncer.ini.";
    }
    boolean viaPooler = hosts.stream().anyMatch(host -> host.contains("pooler."));
    return sqlState.startsWith("28") && viaPooler && !user.contains(".")
        ? "This host is a pooler that finds the database by the user's name: use \""
            + user
            + ".<project>\" as the user."
        : null;
  }

  /** Said after a connection that never reached a server; null when there is nothing to add. */
  static @Nullable String forUnreachable(List<String> hosts) {
    boolean directSupabase =
        hosts.stream().anyMatch(host -> host.startsWith("db.") && host.endsWith(".supabase.co"));
    return directSupabase
        ? "this host answers on IPv6 only: use the pooler's host where IPv6 is not routed"
        : null;
  }
}
