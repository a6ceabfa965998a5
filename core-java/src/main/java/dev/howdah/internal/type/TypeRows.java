package dev.howdah.internal.type;

import dev.howdah.internal.type.TypeInfo.Attribute;
import dev.howdah.internal.type.TypeInfo.Kind;
import dev.howdah.row.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The catalog's own account of types: the query and what its rows mean. */
final class TypeRows {
  /**
   * The types of {@code $1} and, on and on, those they are made of. Multiranges came with version
   * 14 and so did the column that joins them to their range: by way of json it may be missing. All
   * is text, so that no codec of a user's can be in the way.
   */
  static final String QUERY =
      """
      WITH RECURSIVE wanted (oid) AS (
          SELECT pg_catalog.unnest($1::pg_catalog.oid[])
        UNION
          SELECT part.oid
            FROM wanted
            JOIN pg_catalog.pg_type t ON t.oid = wanted.oid
           CROSS JOIN LATERAL (
                SELECT t.typelem AS oid
                UNION ALL
                SELECT t.typbasetype
                UNION ALL
                SELECT r.rngsubtype FROM pg_catalog.pg_range r WHERE r.rngtypid = t.oid
                UNION ALL
                SELECT r.rngtypid FROM pg_catalog.pg_range r
                 WHERE t.typtype = 'm'
                   AND pg_catalog.to_jsonb(r) ->> 'rngmultitypid' = t.oid::pg_catalog.text
                UNION ALL
                SELECT a.atttypid FROM pg_catalog.pg_attribute a
                 WHERE a.attrelid = t.typrelid AND t.typtype = 'c'
                   AND a.attnum > 0 AND NOT a.attisdropped) AS part
           WHERE part.oid <> 0)
      SELECT t.oid::pg_catalog.text AS oid,
             n.nspname::pg_catalog.text AS schema,
             t.typname::pg_catalog.text AS name,
             CASE WHEN e.oid IS NULL THEN t.typtype::pg_catalog.text ELSE 'array' END AS kind,
             coalesce(e.oid, nullif(t.typbasetype, 0), r.rngsubtype, m.rngtypid)::pg_catalog.text
               AS inner,
             e.typdelim::pg_catalog.text AS delimiter,
             a.names,
             a.types
        FROM wanted
        JOIN pg_catalog.pg_type t ON t.oid = wanted.oid
        JOIN pg_catalog.pg_namespace n ON n.oid = t.typnamespace
        LEFT JOIN pg_catalog.pg_type e ON e.oid = t.typelem AND e.typarray = t.oid
        LEFT JOIN pg_catalog.pg_range r ON r.rngtypid = t.oid
        LEFT JOIN pg_catalog.pg_range m
          ON t.typtype = 'm'
         AND pg_catalog.to_jsonb(m) ->> 'rngmultitypid' = t.oid::pg_catalog.text
        LEFT JOIN LATERAL (
          SELECT pg_catalog.array_agg(c.attname ORDER BY c.attnum)::pg_catalog.text AS names,
                 pg_catalog.array_agg(c.atttypid ORDER BY c.attnum)::pg_catalog.text AS types
            FROM pg_catalog.pg_attribute c
           WHERE c.attrelid = t.typrelid AND t.typtype = 'c'
             AND c.attnum > 0 AND NOT c.attisdropped) AS a ON true\
      """;

  private TypeRows() {}

  static TypeInfo read(Row row) {
    String delimiter = (String) row.get("delimiter");
    return new TypeInfo(
        oid(row.get("oid")),
        Objects.requireNonNull((String) row.get("schema")),
        Objects.requireNonNull((String) row.get("name")),
        kind(Objects.requireNonNull((String) row.get("kind"))),
        oid(row.get("inner")),
        delimiter == null ? ',' : delimiter.charAt(0),
        attributes(list(row.get("names")), list(row.get("types"))));
  }

  private static Kind kind(String code) {
    return switch (code) {
      case "array" -> Kind.ARRAY;
      case "b" -> Kind.BASE;
      case "c" -> Kind.COMPOSITE;
      case "d" -> Kind.DOMAIN;
      case "e" -> Kind.ENUM;
      case "r" -> Kind.RANGE;
      case "m" -> Kind.MULTIRANGE;
      default -> Kind.OTHER;
    };
  }

  private static List<Attribute> attributes(List<?> names, List<?> types) {
    List<Attribute> attributes = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      attributes.add(new Attribute(String.valueOf(names.get(i)), oid(types.get(i))));
    }
    return List.copyOf(attributes);
  }

  private static List<?> list(@Nullable Object text) {
    return text == null ? List.of() : TextDecoder.decodeArrayText((String) text);
  }

  /** An OID is unsigned; those of results take its bits as they are. */
  private static int oid(@Nullable Object text) {
    return text == null ? 0 : Integer.parseUnsignedInt((String) text);
  }
}
