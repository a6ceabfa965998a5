package dev.howdah.testing;

import dev.howdah.error.ClientException.ConnectFailure;
import dev.howdah.error.ClientException.ConnectionLost;
import dev.howdah.error.DatabaseException;
import java.util.Set;

/** What a caller may be told when the server or the network has failed. */
public final class Failures {
  /** Shutting down, crashed, starting up; each ends the session or keeps it from beginning. */
  private static final Set<String> SERVER_IS_GOING = Set.of("57P01", "57P02", "57P03");

  private Failures() {}

  /** Whether the failure says that a connection broke. */
  public static boolean isLostConnection(Throwable failure) {
    return failure instanceof ConnectionLost
        || (failure instanceof DatabaseException database
            && SERVER_IS_GOING.contains(database.sqlState()));
  }

  /** Whether the failure says that the server could not be reached, or that a connection broke. */
  public static boolean isUnreachable(Throwable failure) {
    return failure instanceof ConnectFailure || isLostConnection(failure);
  }

  /** The failure's kind in a word or two, for figures. */
  public static String kind(Throwable failure) {
    String code = failure instanceof DatabaseException database ? database.sqlState() : "";
    return failure.getClass().getSimpleName() + (code.isEmpty() ? "" : " " + code);
  }
}
