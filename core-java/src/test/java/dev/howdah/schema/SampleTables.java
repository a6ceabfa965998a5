package dev.howdah.schema;

import dev.howdah.schema.TableColumn.ElementType;
import dev.howdah.schema.TableColumn.ValueType;
import dev.howdah.schema.TableDefinition.Kind;
import java.util.List;

/** Live tables as the catalog would describe them, for tests without a server. */
public final class SampleTables {
  private static final ValueType BIGINT = new ValueType(20, "bigint", 1016, null, 'N', 'b');
  private static final ValueType INTEGER = new ValueType(23, "integer", 1007, null, 'N', 'b');
  private static final ValueType TEXT = new ValueType(25, "text", 1009, null, 'S', 'b');
  private static final ValueType JSON = new ValueType(114, "json", 199, null, 'U', 'b');
  private static final ValueType JSONB = new ValueType(3802, "jsonb", 3807, null, 'U', 'b');
  private static final ValueType NUMERIC = new ValueType(1700, "numeric", 1231, null, 'N', 'b');
  private static final ValueType TEXTS =
      new ValueType(1009, "text[]", 0, new ElementType(25, "text"), 'A', 'b');
  private static final ValueType MOMENT =
      new ValueType(1184, "timestamp with time zone", 1185, null, 'D', 'b');
  private static final ValueType MOOD =
      new ValueType(90_001, "app.\"Mood\"", 90_002, null, 'E', 'e');
  private static final ValueType POINT_ROW = new ValueType(90_003, "spot", 90_004, null, 'C', 'c');

  private SampleTables() {}

  /**
   * {@code users(user_id bigint primary key, user_name text not null unique, user_age integer, mood
   * app."Mood", tags text[], profile jsonb, raw json, visits bigint not null default 0, balance
   * numeric(10,2), seen_at timestamptz, spot spot)}; unique (user_age, mood).
   */
  public static TableDefinition users() {
    return users(TableName.of("users"));
  }

  /** The same table under another name. */
  public static TableDefinition users(TableName name) {
    return new TableDefinition(
        name,
        Kind.TABLE,
        List.of(
            column("user_id", "bigint", BIGINT, false, false, true, true),
            column("user_name", "text", TEXT, false, false, false, true),
            column("user_age", "integer", INTEGER, true, false, false, true),
            column("mood", "app.\"Mood\"", MOOD, true, false, false, true),
            column("tags", "text[]", TEXTS, true, false, false, false),
            column("profile", "jsonb", JSONB, true, false, false, false),
            column("raw", "json", JSON, true, false, false, false),
            column("visits", "bigint", BIGINT, false, true, false, true),
            column("balance", "numeric(10,2)", NUMERIC, true, false, false, false),
            column("seen_at", "timestamp with time zone", MOMENT, true, false, false, true),
            column("spot", "spot", POINT_ROW, true, false, false, false)),
        List.of(
            new UniqueKey("users_pkey", List.of("user_id"), true, true),
            new UniqueKey("users_user_name_key", List.of("user_name"), false, true),
            new UniqueKey("users_age_mood_idx", List.of("user_age", "mood"), false, false)));
  }

  /** A table whose names are hostile: quotes, a semicolon, spaces, upper case. */
  public static TableDefinition hostile() {
    return new TableDefinition(
        TableName.of("My \"Schema\"", "x\"; DROP TABLE users; --"),
        Kind.TABLE,
        List.of(
            column("select", "bigint", BIGINT, false, false, true, true),
            column("a\"b; c", "text", TEXT, true, false, false, true)),
        List.of(new UniqueKey("k\"1", List.of("select"), true, true)));
  }

  private static TableColumn column(
      String name,
      String typeName,
      ValueType type,
      boolean nullable,
      boolean hasDefault,
      boolean primaryKey,
      boolean exact) {
    return new TableColumn(
        name, type.oid(), typeName, type, nullable, hasDefault, false, false, primaryKey, exact);
  }
}
