package dev.howdah.internal.tables;

import dev.howdah.error.ClientException.UnknownTable;
import dev.howdah.query.Query;
import dev.howdah.row.Row;
import dev.howdah.schema.TableColumn;
import dev.howdah.schema.TableColumn.ElementType;
import dev.howdah.schema.TableColumn.ValueType;
import dev.howdah.schema.TableDefinition;
import dev.howdah.schema.TableDefinition.Kind;
import dev.howdah.schema.TableName;
import dev.howdah.schema.UniqueKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads a table's definition from PostgreSQL's catalog, in one query. Pure but for its text. */
final class Catalog {
  /**
   * One row for each column, the keys repeated on each; one row of NULLs where there is no such
   * table. The type of a value is the column's, or what a domain is made of. {@code format_type(…,
   * -1)} is the type without its length, so that a cast to it never cuts a value short.
   */
  private static final String DEFINITION =
      """
      SELECT array_to_string(current_schemas(false), ', ') AS search_path,
             c.relkind::text AS kind,
             a.attnum::int4 AS attnum,
             a.attname::text AS name,
             a.atttypid::int8 AS type_oid,
             format_type(a.atttypid, a.atttypmod) AS type_name,
             v.oid::int8 AS value_oid,
             format_type(v.oid, -1) AS value_type,
             v.typarray::int8 AS array_oid,
             v.typcategory::text AS category,
             v.typtype::text AS value_kind,
             e.oid::int8 AS element_oid,
             format_type(e.oid, -1) AS element_type,
             a.attnotnull OR v.not_null AS not_null,
             a.atthasdef OR a.attidentity <> '' OR t.typdefault IS NOT NULL AS has_default,
             a.attidentity <> '' AS identity,
             a.attgenerated <> '' AS generated,
             a.atttypmod < 0 AS unbounded,
             coalesce(l.collisdeterministic, true) AS deterministic,
             k.names AS key_names,
             k.columns AS key_columns,
             k.primaries AS key_primaries,
             k.constraints AS key_constraints
        FROM (SELECT to_regclass($1)::oid AS oid) AS named
        LEFT JOIN pg_catalog.pg_class c
          ON c.oid = named.oid AND c.relkind IN ('r', 'p', 'v', 'm', 'f')
        LEFT JOIN pg_catalog.pg_attribute a
          ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
        LEFT JOIN pg_catalog.pg_type t ON t.oid = a.atttypid
        LEFT JOIN LATERAL (
          WITH RECURSIVE base AS (
            SELECT t.oid, t.typtype, t.typbasetype, t.typarray, t.typcategory, t.typelem,
                   t.typnotnull AS not_null
            UNION ALL
            SELECT b.oid, b.typtype, b.typbasetype, b.typarray, b.typcategory, b.typelem,
                   b.typnotnull OR base.not_null
              FROM base JOIN pg_catalog.pg_type b ON b.oid = base.typbasetype
             WHERE base.typtype = 'd')
          SELECT * FROM base WHERE typtype <> 'd') AS v ON true
        LEFT JOIN pg_catalog.pg_type e ON e.oid = v.typelem AND v.typcategory = 'A'
        LEFT JOIN pg_catalog.pg_collation l ON l.oid = a.attcollation
        LEFT JOIN LATERAL (
          SELECT array_agg(coalesce(o.conname, x.relname)::text ORDER BY i.indexrelid) AS names,
                 array_agg(array_to_string(
                   (i.indkey::int2[])[0:i.indnkeyatts - 1], ' ') ORDER BY i.indexrelid) AS columns,
                 array_agg(i.indisprimary ORDER BY i.indexrelid) AS primaries,
                 array_agg(o.oid IS NOT NULL ORDER BY i.indexrelid) AS constraints
            FROM pg_catalog.pg_index i
            JOIN pg_catalog.pg_class x ON x.oid = i.indexrelid
            LEFT JOIN pg_catalog.pg_constraint o
              ON o.conindid = i.indexrelid AND o.conrelid = c.oid AND o.contype IN ('p', 'u')
           WHERE i.indrelid = c.oid AND i.indisunique AND i.indisvalid AND i.indimmediate
             AND i.indpred IS NULL AND i.indexprs IS NULL) AS k ON true
       ORDER BY a.attnum\
      """;

  /**
   * What a copy needs to know, at a quarter of the price: without keys, and with the recursion for
   * domains alone. The same columns as above.
   */
  private static final String COLUMNS =
      """
      SELECT array_to_string(current_schemas(false), ', ') AS search_path,
             c.relkind::text AS kind,
             a.attnum::int4 AS attnum,
             a.attname::text AS name,
             a.atttypid::int8 AS type_oid,
             format_type(a.atttypid, a.atttypmod) AS type_name,
             v.oid::int8 AS value_oid,
             format_type(v.oid, -1) AS value_type,
             v.typarray::int8 AS array_oid,
             v.typcategory::text AS category,
             v.typtype::text AS value_kind,
             e.oid::int8 AS element_oid,
             format_type(e.oid, -1) AS element_type,
             a.attnotnull OR coalesce(d.not_null, false) AS not_null,
             a.atthasdef OR a.attidentity <> '' OR t.typdefault IS NOT NULL AS has_default,
             a.attidentity <> '' AS identity,
             a.attgenerated <> '' AS generated,
             a.atttypmod < 0 AS unbounded,
             true AS deterministic,
             NULL::text[] AS key_names
        FROM (SELECT to_regclass($1)::oid AS oid) AS named
        LEFT JOIN pg_catalog.pg_class c
          ON c.oid = named.oid AND c.relkind IN ('r', 'p', 'v', 'm', 'f')
        LEFT JOIN pg_catalog.pg_attribute a
          ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
        LEFT JOIN pg_catalog.pg_type t ON t.oid = a.atttypid
        LEFT JOIN LATERAL (
          WITH RECURSIVE base AS (
            SELECT t.typbasetype AS oid, t.typnotnull AS not_null WHERE t.typtype = 'd'
            UNION ALL
            SELECT b.typbasetype, b.typnotnull OR base.not_null
              FROM base JOIN pg_catalog.pg_type b ON b.oid = base.oid
             WHERE b.typtype = 'd')
          SELECT oid, not_null FROM base
           WHERE (SELECT typtype FROM pg_catalog.pg_type WHERE oid = base.oid) <> 'd') AS d ON true
        LEFT JOIN pg_catalog.pg_type v ON v.oid = coalesce(d.oid, t.oid)
        LEFT JOIN pg_catalog.pg_type e ON e.oid = v.typelem AND v.typcategory = 'A'
       ORDER BY a.attnum\
      """;

  /**
   * The columns of a table that COPY treats as INSERT does; none of others. One that is GENERATED
   * ALWAYS AS IDENTITY is not among them: COPY would store what is given for it.
   */
  private static final String PLAIN_COLUMNS =
      """
      SELECT a.attname::text AS name, a.atttypid::int8 AS type_oid
        FROM pg_catalog.pg_class c
        JOIN pg_catalog.pg_attribute a
          ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
       WHERE c.oid = to_regclass($1) AND c.relkind IN ('r', 'p')
         AND NOT c.relhasrules AND NOT c.relrowsecurity AND a.attidentity <> 'a'\
      """;

  private static final String EXISTS =
      """
      SELECT count(*) > 0 AS found
        FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
       WHERE c.relname = CAST($1 AS name)
         AND n.nspname = coalesce(CAST($2 AS name), current_schema())
         AND c.relkind IN ('r', 'p', 'v', 'm', 'f')\
      """;

  private static final String VISIBLE =
      """
      SELECT count(*) > 0 AS found
        FROM pg_catalog.pg_class c
       WHERE c.oid = to_regclass($1) AND c.relkind IN ('r', 'p', 'v', 'm', 'f')\
      """;

  /** The built-in types whose equal values are the same value, if their length is not limited. */
  private static final Set<Integer> EXACT =
      Set.of(16, 17, 20, 21, 23, 25, 26, 700, 701, 1042, 1043, 1082, 1114, 1184, 1700, 2950);

  /** What is too long for these is refused, not cut or rounded. */
  private static final Set<Integer> BOUNDED_TEXT = Set.of(1042, 1043);

  private Catalog() {}

  /** The rows that {@link #read} understands. */
  static Query<List<Row>> definition(TableName name) {
    return Query.rows(DEFINITION, name.sql());
  }

  /** The rows that {@link #read} understands, without keys. */
  static Query<List<Row>> columns(TableName name) {
    return Query.rows(COLUMNS, name.sql());
  }

  /** Names and types of the columns that a COPY stores as an INSERT would. */
  static Query<List<Row>> plainColumns(TableName name) {
    return Query.rows(PLAIN_COLUMNS, name.sql());
  }

  /** Whether the search path, or the schema that is named, has the table. */
  static Query<List<Row>> visible(TableName name) {
    return Query.rows(VISIBLE, name.sql());
  }

  /** Whether the schema in which the table would be created has it already. */
  static Query<List<Row>> existsWhereCreated(TableName name) {
    return Query.rows(EXISTS, name.name(), name.schema());
  }

  static boolean found(List<Row> rows) {
    return Boolean.TRUE.equals(rows.get(0).get("found", Boolean.class));
  }

  /**
   * Makes a definition of the answer.
   *
   * @throws UnknownTable if there is no such table
   */
  static TableDefinition read(TableName name, List<Row> rows) {
    Row first = rows.get(0);
    String kind = first.get("kind", String.class);
    if (kind == null) {
      throw unknown(name, first.get("search_path", String.class));
    }
    Map<String, String> names = new HashMap<>();
    for (Row row : rows) {
      if (row.get("attnum") != null) {
        names.put(String.valueOf(row.get("attnum")), text(row, "name"));
      }
    }
    List<UniqueKey> keys = keys(first, names);
    Set<String> primary =
        keys.stream()
            .filter(UniqueKey::primary)
            .findFirst()
            .map(key -> Set.copyOf(key.columns()))
            .orElse(Set.of());
    List<TableColumn> columns = new ArrayList<>();
    for (Row row : rows) {
      if (row.get("attnum") != null) {
        columns.add(column(row, primary));
      }
    }
    return new TableDefinition(name, kind(kind), columns, keys);
  }

  private static UnknownTable unknown(TableName name, @Nullable String searchPath) {
    if (name.schema() != null) {
      return new UnknownTable(
          "no table '" + name.name() + "' in schema '" + name.schema() + "'; names are case-exact");
    }
    String hint =
        name.name().indexOf('.') > 0
            ? "; the dot is taken as part of the name, for a table in a schema use"
                + " TableName.of(\"schema\", \"table\")"
            : "";
    return new UnknownTable(
        "no table '" + name + "' (looked for in the search path: " + searchPath + ")" + hint);
  }

  private static TableColumn column(Row row, Set<String> primary) {
    String name = text(row, "name");
    int valueOid = oid(row, "value_oid");
    String elementType = row.get("element_type", String.class);
    ElementType element =
        row.get("element_oid") == null || elementType == null
            ? null
            : new ElementType(oid(row, "element_oid"), elementType);
    ValueType valueType =
        new ValueType(
            valueOid,
            text(row, "value_type"),
            oid(row, "array_oid"),
            element,
            text(row, "category").charAt(0),
            text(row, "value_kind").charAt(0));
    boolean exact =
        (EXACT.contains(valueOid) || valueType.kind() == 'e')
            && (flag(row, "unbounded") || BOUNDED_TEXT.contains(valueOid))
            && flag(row, "deterministic");
    return new TableColumn(
        name,
        oid(row, "type_oid"),
        text(row, "type_name"),
        valueType,
        !flag(row, "not_null"),
        flag(row, "has_default"),
        flag(row, "identity"),
        flag(row, "generated"),
        primary.contains(name),
        exact);
  }

  private static List<UniqueKey> keys(Row row, Map<String, String> names) {
    List<UniqueKey> keys = new ArrayList<>();
    if (row.get("key_names") == null) {
      return keys;
    }
    List<?> keyNames = list(row, "key_names");
    List<?> columns = list(row, "key_columns");
    List<?> primaries = list(row, "key_primaries");
    List<?> constraints = list(row, "key_constraints");
    for (int i = 0; i < keyNames.size(); i++) {
      List<String> members =
          Arrays.stream(String.valueOf(columns.get(i)).split(" "))
              .map(number -> Objects.requireNonNull(names.get(number), "column of a key"))
              .toList();
      keys.add(
          new UniqueKey(
              String.valueOf(keyNames.get(i)),
              members,
              Boolean.TRUE.equals(primaries.get(i)),
              Boolean.TRUE.equals(constraints.get(i))));
    }
    keys.sort(Comparator.comparing(key -> !key.primary()));
    return keys;
  }

  private static Kind kind(String relkind) {
    return switch (relkind) {
      case "r" -> Kind.TABLE;
      case "p" -> Kind.PARTITIONED;
      case "v" -> Kind.VIEW;
      case "m" -> Kind.MATERIALIZED_VIEW;
      default -> Kind.FOREIGN;
    };
  }

  private static String text(Row row, String column) {
    return Objects.requireNonNull(row.get(column, String.class), column);
  }

  private static boolean flag(Row row, String column) {
    return Boolean.TRUE.equals(row.get(column, Boolean.class));
  }

  private static List<?> list(Row row, String column) {
    return Objects.requireNonNull((List<?>) row.get(column), column);
  }

  /** An OID is unsigned; PostgreSQL's own numbers and the driver's take the bits as they are. */
  private static int oid(Row row, String column) {
    Long oid = row.get(column, Long.class);
    return oid == null ? 0 : (int) oid.longValue();
  }
}
