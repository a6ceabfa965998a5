package dev.howdah.internal.driver;

import io.r2dbc.postgresql.api.PostgresqlConnection;
import io.r2dbc.postgresql.client.Client;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;

/**
 * The storey below the driver's statements, where PostgreSQL's messages are sent and read one by
 * one. Its classes are public, the way to them is not: one guarded look by reflection, and where
 * that fails (another version, strong encapsulation) everything goes by statements.
 */
final class Messages {
  /**
   * A pool that is opened while this system property says {@code false} goes by statements. For
   * tests of that way; whoever suspects the other one can take it too.
   */
  private static final String SWITCH = "dev.howdah.internal.messages";

  private static final @Nullable MethodHandle CLIENT = find();

  private Messages() {}

  /** Whether a pool that is opened now should go by them. */
  static boolean areWanted() {
    return !"false".equals(System.getProperty(SWITCH));
  }

  /** The connection's messages, or null. */
  static @Nullable Client of(PostgresqlConnection connection) {
    MethodHandle client = CLIENT;
    if (client == null) {
      return null;
    }
    try {
      return (Client) client.invoke(connection);
    } catch (Throwable another) {
      return null;
    }
  }

  private static @Nullable MethodHandle find() {
    try {
      Method getter =
          Class.forName("io.r2dbc.postgresql.PostgresqlConnection").getDeclaredMethod("getClient");
      getter.setAccessible(true);
      return MethodHandles.lookup()
          .unreflect(getter)
          .asType(MethodType.methodType(Client.class, PostgresqlConnection.class));
    } catch (ReflectiveOperationException | RuntimeException closed) {
      return null;
    }
  }
}
