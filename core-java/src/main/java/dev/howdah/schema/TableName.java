package dev.howdah.schema;

import dev.howdah.error.ClientException.WrongArguments;
import org.jspecify.annotations.Nullable;

/**
 * The name of a table, with or without its schema.
 *
 * <p>A text given as a table name is <em>one</em> identifier: {@code TableName.of("public.users")}
 * is a table whose name holds a dot. A schema is named apart: {@code TableName.of("public",
 * "users")}. Nothing is guessed, so every name PostgreSQL allows can be used. Without a schema the
 * server's {@code search_path} decides.
 *
 * @param schema the schema, or null for the first one of the search path that has the table
 * @param name the table's name, exactly as it is stored: case matters
 */
public record TableName(@Nullable String schema, String name) {

  /** Checks both names as {@link Identifiers#check} does. */
  public TableName {
    if (schema != null) {
      Identifiers.check(schema, "schema name");
    }
    Identifiers.check(name, "table name");
  }

  /**
   * A table found by the search path.
   *
   * @param name the table's name, one identifier
   * @return the name
   * @throws WrongArguments if it cannot be a name, see {@link Identifiers#quote}
   */
  public static TableName of(String name) {
    return new TableName(null, name);
  }

  /**
   * A table of a schema.
   *
   * @param schema the schema's name, one identifier
   * @param name the table's name, one identifier
   * @return the name
   * @throws WrongArguments if one of them cannot be a name, see {@link Identifiers#quote}
   */
  public static TableName of(String schema, String name) {
    return new TableName(schema, name);
  }

  /**
   * Reads the dotted form used in {@code "foreign_key"} options: {@code table} or {@code
   * schema.table}.
   *
   * @param dotted a name with at most one dot
   * @return the name
   * @throws WrongArguments if there are more dots: then only {@link #of(String, String)} can say
   *     what is meant
   */
  public static TableName parse(String dotted) {
    int dot = dotted.indexOf('.');
    if (dot < 0) {
      return of(dotted);
    }
    if (dotted.indexOf('.', dot + 1) >= 0) {
      throw new WrongArguments(
          "'" + dotted + "' has more than one dot; use TableName.of(schema, table)");
    }
    return of(dotted.substring(0, dot), dotted.substring(dot + 1));
  }

  /**
   * The name as SQL.
   *
   * @return the quoted name, after the quoted schema and a dot where there is one
   */
  public String sql() {
    String table = Identifiers.quote(name);
    return schema == null ? table : Identifiers.quote(schema) + "." + table;
  }

  /** The name for messages: {@code users} or {@code app.users}, not quoted. */
  @Override
  public String toString() {
    return schema == null ? name : schema + "." + name;
  }
}
