package dev.howdah.internal.merge;

import dev.howdah.internal.driver.Command;
import dev.howdah.internal.type.ParameterEncoder.Parameter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What is asked of the catalog before reads of a text are merged: the array types of its
 * parameters, and whether it may call a volatile function that it does not name as one.
 *
 * <p>Such a function stands behind a view, a row policy, an operator, a cast, a domain's check, an
 * overload of one of PostgreSQL's names, or is called as if it were a column ({@code t.total}).
 * What a text refers to is found by its words, and by parts of them: one too many keeps it from
 * being merged, nothing else.
 */
final class CatalogQuestion {
  private static final int OID_ARRAY = 1028;
  private static final int TEXT = 25;

  /**
   * Says {@link #CLEAR} when nothing stands against merging.
   *
   * <p>Not the array types of what {@code unnest} would take apart further (composites), nor of
   * those whose arrays are written otherwise (box). Types, functions and such of a user's have OIDs
   * from 16384 on. With {@code standard_conforming_strings} off a backslash means more than our
   * lexer knows, in the text and in this one.
   */
  private static final String SQL =
      """
      WITH RECURSIVE text AS MATERIALIZED (
        SELECT pg_catalog.lower($2 COLLATE "C") AS said),
      named AS MATERIALIZED (
        SELECT c.oid, c.relkind, c.relrowsecurity
          FROM pg_catalog.pg_class c, text
         WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f')
           AND pg_catalog.strpos(said, pg_catalog.replace(
                 pg_catalog.lower(c.relname::pg_catalog.text COLLATE "C"), '"', '""')) > 0),
      opaque AS (
        SELECT * FROM named WHERE relkind IN ('v', 'f') OR relrowsecurity
        UNION
        SELECT c.oid, c.relkind, c.relrowsecurity
          FROM opaque o
         CROSS JOIN LATERAL (
           SELECT w.ev_action::pg_catalog.text FROM pg_catalog.pg_rewrite w
            WHERE w.ev_class = o.oid AND o.relkind = 'v'
           UNION ALL
           SELECT p.polqual::pg_catalog.text FROM pg_catalog.pg_policy p WHERE p.polrelid = o.oid
         ) AS body(tree)
         CROSS JOIN LATERAL pg_catalog.regexp_matches(tree, ':relid (\\d+)', 'g') AS m(found)
          JOIN pg_catalog.pg_class c ON c.oid = m.found[1]::pg_catalog.oid
         WHERE c.relkind IN ('v', 'f') OR c.relrowsecurity),
      types AS MATERIALIZED (
        SELECT pg_catalog.unnest($1::pg_catalog.oid[]) AS oid
        UNION
        SELECT a.atttypid FROM named JOIN pg_catalog.pg_attribute a ON a.attrelid = named.oid
        UNION
        SELECT t.oid FROM pg_catalog.pg_type t, text
         WHERE t.oid >= 16384
           AND pg_catalog.strpos(said, pg_catalog.replace(
                 pg_catalog.lower(t.typname::pg_catalog.text COLLATE "C"), '"', '""')) > 0),
      bodies AS (
        SELECT w.ev_action::pg_catalog.text AS tree
          FROM opaque o JOIN pg_catalog.pg_rewrite w ON w.ev_class = o.oid AND o.relkind = 'v'
        UNION ALL
        SELECT p.polqual::pg_catalog.text
          FROM opaque o JOIN pg_catalog.pg_policy p ON p.polrelid = o.oid
        UNION ALL
        SELECT k.conbin::pg_catalog.text
          FROM types JOIN pg_catalog.pg_constraint k ON k.contypid = types.oid),
      hidden AS (
        SELECT FROM opaque WHERE relkind = 'f'
        UNION ALL
        SELECT FROM bodies WHERE tree ~ '[{](ROWMARKCLAUSE|TABLESAMPLECLAUSE)'
        UNION ALL
        SELECT FROM bodies
         CROSS JOIN LATERAL pg_catalog.regexp_matches(
                 tree, ':(?:funcid|opfuncid|aggfnoid|winfnoid) (\\d+)', 'g') AS m(found)
          LEFT JOIN pg_catalog.pg_aggregate g ON g.aggfnoid = m.found[1]::pg_catalog.oid
          JOIN pg_catalog.pg_proc p ON p.oid IN (m.found[1]::pg_catalog.oid, g.aggtransfn)
         WHERE p.provolatile = 'v'
        UNION ALL
        SELECT FROM pg_catalog.pg_proc p, text
         WHERE p.oid >= 16384 AND p.provolatile = 'v' AND p.prokind IN ('f', 'w')
           AND p.prorettype NOT IN (
                 'pg_catalog.trigger'::pg_catalog.regtype,
                 'pg_catalog.event_trigger'::pg_catalog.regtype)
           AND pg_catalog.strpos(said, pg_catalog.lower(p.proname::pg_catalog.text COLLATE "C")) > 0
           AND said ~ ('(?<![\\w$])'
                 || pg_catalog.regexp_replace(
                      pg_catalog.lower(p.proname::pg_catalog.text COLLATE "C"),
                      '(\\W)', '\\\\\\1', 'g')
                 || '(?![\\w$])')
        UNION ALL
        SELECT FROM pg_catalog.pg_operator o
          JOIN pg_catalog.pg_proc p ON p.oid = o.oprcode AND p.provolatile = 'v', text
         WHERE o.oid >= 16384
           AND (o.oprname IN ('=', '<>', '<', '<=', '>', '>=', '~~', '~~*', '!~~', '!~~*')
                OR pg_catalog.strpos(said, o.oprname::pg_catalog.text) > 0)
           AND (o.oprleft < 16384 OR o.oprleft IN (SELECT oid FROM types))
           AND (o.oprright < 16384 OR o.oprright IN (SELECT oid FROM types))
        UNION ALL
        SELECT FROM pg_catalog.pg_cast k
          JOIN pg_catalog.pg_proc p ON p.oid = k.castfunc AND p.provolatile = 'v'
         WHERE k.oid >= 16384
           AND (k.castsource < 16384 OR k.castsource IN (SELECT oid FROM types))
           AND (k.casttarget < 16384 OR k.casttarget IN (SELECT oid FROM types)))
      SELECT '0' AS oid, '0' AS typarray
       WHERE NOT EXISTS (SELECT FROM hidden)
         AND pg_catalog.current_setting('standard_conforming_strings') = 'on'
      UNION ALL
      SELECT t.oid::pg_catalog.text, t.typarray::pg_catalog.text
        FROM pg_catalog.pg_type t
        LEFT JOIN pg_catalog.pg_type b ON b.oid = t.typbasetype
       WHERE t.oid = ANY ($1::pg_catalog.oid[])
         AND t.typarray <> 0 AND t.typdelim = ','
         AND coalesce(b.typtype, t.typtype) IN ('b', 'e', 'r', 'm')\
      """;

  /** The OID in the row that says that nothing stands against merging. */
  static final int CLEAR = 0;

  private CatalogQuestion() {}

  /** The question, for a text and the types of its parameters. */
  static Command of(String text, List<Integer> types) {
    String oids =
        types.stream().map(Integer::toUnsignedString).collect(Collectors.joining(",", "{", "}"));
    return new Command(
        SQL, List.of(parameter(OID_ARRAY, oids), parameter(TEXT, text)), Integer.MAX_VALUE);
  }

  private static Parameter parameter(int type, String text) {
    return new Parameter(type, false, text.getBytes(StandardCharsets.UTF_8));
  }
}
