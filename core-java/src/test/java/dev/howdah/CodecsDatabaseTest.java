package dev.howdah;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.howdah.config.DatabaseOptions;
import dev.howdah.config.DatabaseOptionsBuilder;
import dev.howdah.config.ManagerOptions;
import dev.howdah.error.ClientException.InvalidOption;
import dev.howdah.error.ClientException.MappingFailure;
import dev.howdah.error.ClientException.WrongArguments;
import dev.howdah.query.CopyOut;
import dev.howdah.query.CopyRecords;
import dev.howdah.query.Query;
import dev.howdah.row.Codec;
import dev.howdah.row.Range;
import dev.howdah.row.Row;
import dev.howdah.testing.PostgresTest;
import dev.howdah.testing.TestDatabase;
import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Codecs of users, in every place a value can be in. */
@PostgresTest
class CodecsDatabaseTest {
  /** Cents, whatever the server's currency is. */
  record Money(long cents) {}

  /** A list by nature, which would be an array without a codec. */
  static final class Tags extends ArrayList<String> {
    private static final long serialVersionUID = 1L;

    Tags(String... tags) {
      super(List.of(tags));
    }
  }

  record Priced(Money price, List<Money> all) {}

  private static final Codec<Money> MONEY =
      Codec.of(
          "money",
          Money.class,
          text ->
              new Money(
                  new BigDecimal(text.replaceAll("[$,]", "")).movePointRight(2).longValueExact()),
          money -> BigDecimal.valueOf(money.cents(), 2).toPlainString());

  private static final Codec<Money> NUMERIC =
      Codec.of(
          "decimal",
          Money.class,
          text -> new Money(new BigDecimal(text).movePointRight(2).longValueExact()),
          money -> BigDecimal.valueOf(money.cents(), 2).toPlainString());

  private static Database connect(
      TestDatabase server, UnaryOperator<DatabaseOptionsBuilder> change) {
    return Database.connect(
            change
                .apply(DatabaseOptions.builder().url(server.url()).setting("lc_monetary", "C"))
                .build())
        .join();
  }

  private static Row one(Database db, String sql, @Nullable Object... arguments) {
    return db.fetchOne(sql, arguments).join();
  }

  @Test
  void builtInTypesAreReadAndWrittenByTheirCodec(TestDatabase server) {
    server.sql("CREATE TABLE goods (price money, prices money[])");
    try (Database db = connect(server, options -> options.codec(MONEY))) {
      Money money = new Money(-123450);
      db.execute("INSERT INTO goods VALUES ($1, $2)", money, Arrays.asList(money, null)).join();

      Row row = one(db, "SELECT price, prices, prices AS all FROM goods WHERE price = $1", money);

      assertThat(row.get("price")).isEqualTo(money);
      assertThat(row.get("prices")).isEqualTo(Arrays.asList(money, null));
      assertThat(row.as(Priced.class)).isEqualTo(new Priced(money, Arrays.asList(money, null)));
      assertThat(db.fetchValue(Money.class, "SELECT price FROM goods").join()).contains(money);
      assertThat(db.fetch(Money.class, "SELECT price FROM goods").join()).containsExactly(money);
      assertThat(db.fetchOne(Money.class, "SELECT price FROM goods").join()).isEqualTo(money);
    }
  }

  @Test
  void codecsWorkInsideOfRangesCompositesAndDomains(TestDatabase server) {
    server.sql("CREATE DOMAIN price AS numeric CHECK (value > 0)");
    server.sql("CREATE TYPE good AS (price price, prices price[], span numrange)");
    try (Database db = connect(server, options -> options.codec(NUMERIC))) {
      Money one = new Money(100);
      Money two = new Money(250);
      Row row =
          one(
              db,
              "SELECT ROW($1::price, ARRAY[$1::price, $2::price], '[1,2.5)')::good AS good,"
                  + " ARRAY[$1::price] AS list, $1::price AS price, $3::numrange AS span,"
                  + " ARRAY['[1,)']::numrange[] AS spans, '{{1},{2.50}}'::numeric[] AS square",
              one,
              two,
              Range.closedOpen(one, two));

      assertThat(((Row) row.get("good")).values())
          .isEqualTo(List.of(one, List.of(one, two), Range.closedOpen(one, two)));
      assertThat(row.get("list")).isEqualTo(List.of(one));
      assertThat(row.get("price")).isEqualTo(one);
      assertThat(row.get("span")).isEqualTo(Range.closedOpen(one, two));
      assertThat(row.get("spans")).isEqualTo(List.of(Range.atLeast(one)));
      assertThat(row.get("square")).isEqualTo(List.of(List.of(one), List.of(two)));
    }
  }

  @Test
  void typesOfUsersHaveCodecsByTheirNameAndSchema(TestDatabase server) {
    server.sql("CREATE SCHEMA shop");
    server.sql("CREATE TYPE shop.level AS ENUM ('l1', 'l2')");
    server.sql("CREATE TYPE level AS ENUM ('l1', 'l2')");
    Codec<Integer> codec =
        Codec.reading("shop.level", Integer.class, text -> Integer.parseInt(text.substring(1)));
    try (Database db = connect(server, options -> options.codec(codec))) {
      Row row =
          one(db, "SELECT 'l1'::level AS a, 'l2'::shop.level AS b, ARRAY['l1']::shop.level[] AS c");

      assertThat(row.get("a")).isEqualTo("l1");
      assertThat(row.get("b")).isEqualTo(2);
      assertThat(row.get("c")).isEqualTo(List.of(1));
      assertThat(one(db, "SELECT $1::int AS i", 3).get("i")).isEqualTo(3);
    }
  }

  @Test
  void classesHaveCodecsForWhateverTheServerExpects(TestDatabase server) {
    Codec<URI> uri = Codec.writing(URI.class, URI::toString);
    Codec<Tags> tags = Codec.writing(Tags.class, list -> String.join("+", list));
    try (Database db = connect(server, options -> options.codec(uri).codec(tags))) {
      Row row =
          one(
              db,
              "SELECT $1::text AS a, $2::varchar[] AS b, $3::text AS c, $4::text[] AS d",
              URI.create("a:b"),
              List.of(URI.create("c:d")),
              new Tags("x", "y"),
              List.of(new Tags("x", "y")));

      assertThat(row.values()).isEqualTo(List.of("a:b", List.of("c:d"), "x+y", List.of("x+y")));
    }
  }

  @Test
  void jsonMayBeAnyClass(TestDatabase server) {
    Codec<StringBuilder> json =
        Codec.of("jsonb", StringBuilder.class, StringBuilder::new, StringBuilder::toString);
    server.sql("CREATE TABLE docs (id int, doc jsonb, docs jsonb[])");
    try (Database db = connect(server, options -> options.codec(json))) {
      db.execute(
              "INSERT INTO docs VALUES (1, $1, $2)",
              new StringBuilder("{}"),
              List.of(new StringBuilder("[1]")))
          .join();

      Row row = one(db, "SELECT doc, docs FROM docs");

      assertThat(row.get("doc")).isInstanceOf(StringBuilder.class).hasToString("{}");
      assertThat((List<?>) row.get("docs")).hasSize(1).first().isInstanceOf(StringBuilder.class);
    }
  }

  @Test
  void batchesAndStreamsUseThemToo(TestDatabase server) {
    server.sql("CREATE TABLE goods (id int, price money)");
    try (Database db = connect(server, options -> options.codec(MONEY))) {
      List<Row> made =
          db.fetchMany(
                  "INSERT INTO goods VALUES ($1, $2) RETURNING price",
                  List.of(List.of(1, new Money(5)), List.of(2, new Money(7))))
              .join();
      List<Row> streamed = new ArrayList<>();
      db.stream("SELECT price FROM goods ORDER BY id").forEach(streamed::add).join();

      assertThat(made).extracting(row -> row.get(0)).containsExactly(new Money(5), new Money(7));
      assertThat(streamed).isEqualTo(made);
    }
  }

  @Test
  void tablesByNameUseThemToo(TestDatabase server) {
    server.sql("CREATE TABLE goods (id int PRIMARY KEY, price money)");
    DatabaseOptions options =
        DatabaseOptions.builder()
            .url(server.url())
            .setting("lc_monetary", "C")
            .codec(MONEY)
            .build();
    try (DatabaseManager manager =
        DatabaseManager.connect(options, ManagerOptions.of("secret")).join()) {
      manager.insert("goods", Map.of("id", 1, "price", new Money(5))).join();

      assertThat(manager.select("goods").join().get(0).get("price")).isEqualTo(new Money(5));
    }
  }

  @Test
  void codecThatThrowsIsNamedAndTheConnectionGoesOn(TestDatabase server) {
    Codec<Money> broken =
        Codec.of(
            "money",
            Money.class,
            text -> {
              throw new IllegalStateException("hunter2");
            },
            money -> {
              throw new IllegalStateException("hunter2");
            });
    try (Database db = connect(server, options -> options.codec(broken))) {
      assertThatThrownBy(() -> one(db, "SELECT 1 AS n, '1'::money AS price"))
          .cause()
          .isInstanceOf(MappingFailure.class)
          .hasMessageStartingWith(
              "column 'price': Codec[money, "
                  + Money.class.getName()
                  + "] threw java.lang.IllegalStateException")
          .hasMessageNotContaining("hunter2");
      assertThatThrownBy(() -> one(db, "SELECT $1, $2", 1, List.of(new Money(1))))
          .isInstanceOf(WrongArguments.class)
          .hasMessageStartingWith("argument $2, element [0] was refused by Codec[money")
          .hasMessageNotContaining("hunter2")
          .hasRootCauseMessage("hunter2");
      assertThat(one(db, "SELECT 1 AS n").get("n")).isEqualTo(1);
    }
  }

  @Test
  void codecMayMakeNullOfAText(TestDatabase server) {
    Codec<String> codec =
        Codec.reading("citext", String.class, text -> text.isEmpty() ? null : text);
    server.sql("CREATE EXTENSION citext");
    try (Database db = connect(server, options -> options.codec(codec))) {
      Row row = one(db, "SELECT ''::citext AS a, 'x'::citext AS b, '{\"\",y}'::citext[] AS c");

      assertThat(row.values()).isEqualTo(Arrays.asList(null, "x", Arrays.asList(null, "y")));
    }
  }

  @Test
  void twoCodecsForOneTypeOrClassAreRefused() {
    DatabaseOptionsBuilder options = DatabaseOptions.builder().codec(MONEY);

    assertThatThrownBy(() -> options.codec(Codec.reading("money", String.class, text -> text)))
        .isInstanceOf(InvalidOption.class)
        .hasMessageContaining("two codecs for results of the type money");
    assertThatThrownBy(() -> options.codec(Codec.writing(Money.class, Money::toString)))
        .isInstanceOf(InvalidOption.class)
        .hasMessageContaining("two codecs for arguments of " + Money.class.getName());
    assertThatThrownBy(() -> Codec.reading("money[]", Money.class, text -> null))
        .isInstanceOf(InvalidOption.class)
        .hasMessageContaining("leave the brackets out");
    assertThatThrownBy(() -> Codec.reading(" ", Money.class, text -> null))
        .isInstanceOf(InvalidOption.class);
    assertThatThrownBy(() -> Codec.reading("int4", int.class, Integer::valueOf))
        .isInstanceOf(InvalidOption.class)
        .hasMessageContaining("name its box");
    assertThat(options.build().codecs()).containsExactly(MONEY);
  }

  /** As the rows of a COPY, where text and binary exclude each other, and in its conditions. */
  @Test
  void copiesWriteByCodecsToo(TestDatabase server) throws Exception {
    server.sql("CREATE TABLE goods (id int, price numeric, prices numeric[], name text)");
    try (Database db = connect(server, options -> options.codec(NUMERIC))) {
      Money money = new Money(150);
      long rows =
          db.copyIn(
                  CopyRecords.into("goods"),
                  List.of(
                      Arrays.asList(1, money, List.of(money, new Money(-1)), "a\tb"),
                      Arrays.asList(2, new Money(7), null, money)))
              .join();
      assertThat(rows).isEqualTo(2);
      assertThat(db.fetchValue(String.class, "SELECT string_agg(g::text, ' ') FROM goods g").join())
          .hasValue("(1,1.50,\"{1.50,-0.01}\",\"a\tb\") (2,0.07,,1.50)");

      ByteArrayOutputStream out = new ByteArrayOutputStream();
      Query<List<Row>> cheap =
          Query.rows("SELECT id FROM goods WHERE price < :most", Map.of("most", money));
      db.copyOut(CopyOut.csv(cheap), out).join();
      assertThat(out.toString(UTF_8)).isEqualTo("2\n");
    }
  }
}
