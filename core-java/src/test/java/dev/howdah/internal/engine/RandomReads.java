package dev.howdah.internal.engine;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** SELECTs made by chance over one table, with everything a text can hold around its parameters. */
final class RandomReads {
  static final String TABLES =
      """
      CREATE TYPE mood AS ENUM ('sad', 'ok', 'happy');
      CREATE DOMAIN short AS varchar(8) CHECK (value <> 'forbidden');
      CREATE TABLE item (
        id int PRIMARY KEY, name text, code varchar(10), flag char(3), price numeric(10, 2),
        weight float8, made timestamptz, day date, data jsonb, feel mood, tag short,
        bytes bytea, uid uuid, parent int);
      INSERT INTO item
      SELECT g, CASE WHEN g % 7 = 0 THEN NULL ELSE 'name ' || g % 20 END, 'c' || g % 10,
             'f' || g % 3, g / 3.0, g * 1.5, timestamptz '2024-01-01 00:00:00Z' + g * interval '1 hour',
             date '2024-01-01' + g % 40, jsonb_build_object('n', g % 5, 't', 'x' || g),
             (ARRAY['sad', 'ok', 'happy']::mood[])[g % 3 + 1], 't' || g % 4,
             decode(lpad(to_hex(g), 4, '0'), 'hex'),
             ('00000000-0000-0000-0000-' || lpad(to_hex(g), 12, '0'))::uuid,
             nullif(g / 10, 0)
        FROM generate_series(1, 200) g;
      ANALYZE item;
      """;

  /** A text, how its arguments are made, and whether it says in which order its rows come. */
  record Read(String sql, boolean isOrdered, List<Supplier<@Nullable Object>> makers) {
    @Nullable Object[] arguments() {
      return makers.stream().map(Supplier::get).toArray();
    }
  }

  private final Random random;
  private final List<Supplier<@Nullable Object>> makers = new ArrayList<>();
  private boolean ordered;

  RandomReads(Random random) {
    this.random = random;
  }

  Read next() {
    makers.clear();
    ordered = false;
    String sql = statement();
    if (makers.isEmpty()) {
      sql = "SELECT x.* FROM (" + sql + "\n) x WHERE " + parameter(this::number) + "::int >= 0";
      ordered = false;
    }
    return new Read(sql, ordered, List.copyOf(makers));
  }

  private String statement() {
    return switch (random.nextInt(18)) {
      case 0, 1, 2, 3 -> plain();
      case 4 -> "SELECT count(*), sum(price), max(name) FROM item WHERE " + condition();
      case 5 ->
          "SELECT code, count(*) AS n FROM item WHERE "
              + condition()
              + " GROUP BY code"
              + sorted(" ORDER BY code");
      case 6 ->
          "WITH c AS (SELECT * FROM item WHERE "
              + condition()
              + ") SELECT id, name, (SELECT count(*) FROM c) FROM c"
              + sorted(" ORDER BY id DESC");
      case 7 ->
          "SELECT id FROM item WHERE "
              + condition()
              + pick(" UNION ", " UNION ALL ", " EXCEPT ", " INTERSECT ")
              + "SELECT id FROM item WHERE "
              + condition()
              + sorted(" ORDER BY 1");
      case 8 -> "VALUES (" + integer() + "::int, 'a'), (2, " + text() + ")";
      case 9 ->
          "SELECT g, g * "
              + integer()
              + " AS product FROM generate_series(1, "
              + parameter(() -> random.nextInt(6))
              + ") g"
              + sorted(" ORDER BY g DESC");
      case 10 ->
          "SELECT a.id, b.id, b.name FROM item a "
              + pick("JOIN", "LEFT JOIN")
              + " item b ON b.id = a.parent AND b.id > "
              + integer()
              + " WHERE "
              + condition("a.")
              + sorted(" ORDER BY a.id, b.id");
      case 11 ->
          "SELECT row_to_json(t)::text FROM (SELECT "
              + item()
              + ", id FROM item WHERE "
              + condition()
              + ") t"
              + sorted(" ORDER BY t.id");
      case 12 -> "SELECT " + item() + ", " + item() + " AS b, " + item();
      case 13 ->
          "SELECT id, rank() OVER (PARTITION BY code ORDER BY price, id) FROM item WHERE "
              + condition()
              + sorted(" ORDER BY id");
      case 14 ->
          "SELECT DISTINCT code, feel FROM item WHERE "
              + condition()
              + sorted(" ORDER BY code, feel");
      case 15 ->
          "SELECT k, v FROM (VALUES (1, 'a'), (1, 'b'), (2, 'c'), (1, 'd')) t(k, v) WHERE k = "
              + inItsOwnOrder(parameter(() -> random.nextInt(3)));
      case 16 ->
          "SELECT id FROM (SELECT * FROM item WHERE id % 9 = 4 ORDER BY price DESC) t WHERE code = "
              + inItsOwnOrder(text());
      default ->
          "WITH RECURSIVE up AS (SELECT id, parent FROM item WHERE id = "
              + integer()
              + " UNION ALL SELECT i.id, i.parent FROM item i JOIN up ON up.parent = i.id)"
              + " SELECT * FROM up"
              + sorted(" ORDER BY id");
    };
  }

  private String plain() {
    String columns =
        pick(
            "*",
            "id, name",
            "id, name AS \"a $1 name\", 'it''s $2'",
            "id, $q$ $1 :name $q$ AS quoted, feel",
            "id, name, id, name",
            "item",
            "data, data -> 'n' AS n, bytes",
            "id, unnest(ARRAY[id, id + 1]) AS both",
            "price AS \"Pris\", id");
    String first = random.nextInt(6) == 0 ? item() + ", " : "";
    String where = condition();
    String limit = random.nextInt(2) == 0 ? "" : pick(" LIMIT 3", " OFFSET 1", " LIMIT ");
    limit += limit.equals(" LIMIT ") ? parameter(() -> random.nextInt(5)) : "";
    String order = limit.isEmpty() ? sorted(" ORDER BY id") : " ORDER BY price DESC, id";
    ordered |= !limit.isEmpty();
    return comment()
        + "SELECT "
        + first
        + columns
        + " FROM item WHERE "
        + where
        + order
        + limit
        + pick("", "", " -- the end", " /* ; $1 */", ";", " ;  -- $2");
  }

  private String sorted(String order) {
    if (random.nextInt(3) == 0) {
      return "";
    }
    ordered = true;
    return order;
  }

  /** Rows that nothing sorts come in the order that a scan alone has. */
  private String inItsOwnOrder(String parameter) {
    ordered = true;
    return parameter;
  }

  /** Something in a SELECT list that holds a parameter. */
  private String item() {
    return switch (random.nextInt(10)) {
      case 0 -> integer() + "::int";
      case 1 -> text();
      case 2 -> "CAST(" + text() + " AS varchar)";
      case 3 -> "coalesce(" + text() + ", 'none')";
      case 4 -> "CASE WHEN " + integer() + " > 50 THEN 1 ELSE " + integer() + " END";
      case 5 -> "(" + integer() + ")::text";
      case 6 -> text() + " COLLATE \"C\" AS sorted";
      case 7 -> "upper(" + text() + ")";
      case 8 -> "(SELECT " + integer() + "::int8)";
      default -> integer() + " + 1 AS more";
    };
  }

  private String condition() {
    return condition("");
  }

  private String condition(String table) {
    int parts = 1 + random.nextInt(2);
    List<String> all = new ArrayList<>();
    for (int i = 0; i < parts; i++) {
      all.add(comparison(table));
    }
    return String.join(pick(" AND ", " OR "), all);
  }

  private String comparison(String t) {
    return switch (random.nextInt(17)) {
      case 0, 1 -> t + "id = " + integer();
      case 2 -> t + "id BETWEEN " + integer() + " AND " + integer();
      case 3 -> t + "name = " + text();
      case 4 -> t + "name LIKE " + text() + " || '%'";
      case 5 -> t + "code IN (" + text() + ", 'c1', " + text() + ")";
      case 6 -> t + "flag = " + parameter(() -> "f" + random.nextInt(4));
      case 7 -> t + "price > " + parameter(() -> BigDecimal.valueOf(random.nextInt(9000), 2));
      case 8 -> t + "weight < " + parameter(() -> random.nextInt(300) * 0.5);
      case 9 -> t + "made > " + parameter(this::moment) + " - interval '1 day'";
      case 10 -> t + "day = " + parameter(() -> LocalDate.of(2024, 1, 1 + random.nextInt(31)));
      case 11 -> t + "data @> " + parameter(() -> "{\"n\": " + random.nextInt(6) + "}");
      case 12 -> t + "feel = " + parameter(() -> pick("sad", "ok", "happy"));
      case 13 -> t + "bytes = " + parameter(() -> new byte[] {0, (byte) random.nextInt(256)});
      case 14 -> t + "uid = " + parameter(() -> new UUID(0, random.nextInt(250)));
      case 15 -> t + "tag IS NOT DISTINCT FROM " + parameter(() -> "t" + random.nextInt(5));
      default -> "100 / " + parameter(() -> 1 + random.nextInt(60)) + " > " + t + "id % 50";
    };
  }

  private String integer() {
    return parameter(this::number);
  }

  private String text() {
    return parameter(
        () ->
            pick(
                "name " + random.nextInt(20),
                "c" + random.nextInt(10),
                "",
                "NULL",
                "a\"b\\c{}, 'd'",
                "naïve 🐘",
                " "));
  }

  private @Nullable Object number() {
    return random.nextInt(210);
  }

  private OffsetDateTime moment() {
    return OffsetDateTime.of(2024, 1, 1 + random.nextInt(9), 5, 0, 0, 0, ZoneOffset.ofHours(2));
  }

  /** A parameter; now and then one argument of it is null. */
  private String parameter(Supplier<@Nullable Object> maker) {
    makers.add(() -> random.nextInt(25) == 0 ? null : maker.get());
    return "$" + makers.size();
  }

  private String comment() {
    return pick("", "", "", "/* $1 :x */ ", "-- $3 it's\n", "/* a /* nested */ b */");
  }

  private String pick(String... choices) {
    return choices[random.nextInt(choices.length)];
  }
}
