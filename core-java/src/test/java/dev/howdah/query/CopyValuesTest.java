package dev.howdah.query;

import static dev.howdah.query.Clauses.sql;
import static dev.howdah.query.Clauses.where;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.howdah.error.ClientException.UnknownColumn;
import dev.howdah.error.ClientException.WrongArguments;
import dev.howdah.query.CopyIn.LogVerbosity;
import dev.howdah.schema.SampleTables;
import dev.howdah.schema.TableDefinition;
import dev.howdah.schema.TableName;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What copies say in SQL, and what they refuse to be. */
class CopyValuesTest {
  @Test
  void optionsAreWrittenAsPostgresqlReadsThem() {
    assertThat(
            CopyIn.csv(TableName.of("app", "My \"table\""))
                .columns("id", "na\"me")
                .delimiter(';')
                .nullAs("none")
                .header()
                .quote('\'')
                .escape('\\')
                .forceNotNull("id")
                .forceNull("id", "na\"me")
                .encoding("LATIN1")
                .freeze())
        .hasToString(
            "COPY \"app\".\"My \"\"table\"\"\" (\"id\", \"na\"\"me\") FROM STDIN (FORMAT csv,"
                + " DELIMITER ';', NULL 'none', HEADER true, QUOTE '''', ESCAPE E'\\\\',"
                + " FORCE_NOT_NULL (\"id\"), FORCE_NULL (\"id\", \"na\"\"me\"), ENCODING"
                + " 'LATIN1', FREEZE true)");
    assertThat(
            CopyIn.text("t")
                .defaultAs("\\D")
                .headerMatches()
                .ignoreErrors()
                .rejectLimit(10)
                .logVerbosity(LogVerbosity.SILENT))
        .hasToString(
            "COPY \"t\" FROM STDIN (FORMAT text, DEFAULT E'\\\\D', HEADER match, ON_ERROR ignore,"
                + " REJECT_LIMIT 10, LOG_VERBOSITY silent)");
    assertThat(CopyIn.csv("t").forceNull().forceNotNull())
        .hasToString("COPY \"t\" FROM STDIN (FORMAT csv, FORCE_NOT_NULL *, FORCE_NULL *)");
    assertThat(CopyIn.binary("t")).hasToString("COPY \"t\" FROM STDIN (FORMAT binary)");
    assertThat(CopyOut.csv("t").columns("a").header().forceQuote("a").delimiter('\t'))
        .hasToString(
            "COPY \"t\" (\"a\") TO STDOUT (FORMAT csv, DELIMITER '\t', HEADER true, FORCE_QUOTE"
                + " (\"a\"))");
    assertThat(CopyOut.text(TableName.of("s", "t")))
        .hasToString("COPY \"s\".\"t\" TO STDOUT (FORMAT text)");
  }

  static Stream<Arguments> impossible() {
    CopyIn csv = CopyIn.csv("t");
    CopyIn text = CopyIn.text("t");
    CopyIn binary = CopyIn.binary("t");
    return Stream.of(
        refused("QUOTE goes with csv; the format here is text", () -> text.quote('"')),
        refused("ESCAPE goes with csv", () -> text.escape('"')),
        refused("FORCE_NULL goes with csv", () -> text.forceNull("a")),
        refused("FORCE_NOT_NULL goes with csv", () -> binary.forceNotNull("a")),
        refused("FORCE_QUOTE goes with csv", () -> CopyOut.text("t").forceQuote()),
        refused("DELIMITER goes with text and csv", () -> binary.delimiter(',')),
        refused("NULL goes with text and csv", () -> binary.nullAs("")),
        refused("DEFAULT goes with text and csv", () -> binary.defaultAs("d")),
        refused("HEADER goes with text and csv", () -> binary.header()),
        refused("ON_ERROR goes with text and csv", () -> binary.ignoreErrors()),
        refused("DELIMITER cannot be a line break", () -> csv.delimiter('\n')),
        refused("DELIMITER cannot be 'a' in the text format", () -> text.delimiter('a')),
        refused("DELIMITER must be one ASCII character, it is U+00E9", () -> csv.delimiter('é')),
        refused("DELIMITER must be one ASCII character, it is U+0000", () -> csv.delimiter('\0')),
        refused("DELIMITER and QUOTE are both ';'", () -> csv.delimiter(';').quote(';')),
        refused("DELIMITER and QUOTE are both '\"'", () -> csv.delimiter('"')),
        refused("NULL text cannot hold a line break", () -> csv.nullAs("a\nb")),
        refused("NULL text cannot hold the delimiter", () -> csv.nullAs("a,b")),
        refused("NULL text cannot hold the delimiter", () -> csv.nullAs("a;b").delimiter(';')),
        refused("NULL text cannot hold the quote", () -> csv.nullAs("\"")),
        refused("NULL and DEFAULT are both 'x'", () -> csv.nullAs("x").defaultAs("x")),
        refused("NULL and DEFAULT are both ''", () -> csv.defaultAs("")),
        refused("NUL character", () -> csv.encoding("a\0b").toString()),
        refused("REJECT_LIMIT must be 1 row or more", () -> csv.ignoreErrors().rejectLimit(0)),
        refused("call ignoreErrors() first", () -> csv.rejectLimit(1)),
        refused(
            "names [c], the columns that are copied are [a, b]",
            () -> csv.columns("a", "b").forceNull("c")),
        refused("names column 'a' more than once", () -> csv.columns("a", "b", "a")),
        refused("column name", () -> csv.columns("")),
        refused("is null", () -> csv.columns("a", null)),
        refused("at least one column", () -> CopyRecords.into("t").columns()),
        refused("table name", () -> CopyIn.csv("")),
        refused("a table, it was given null", () -> CopyIn.csv((String) null)),
        refused("a query, it was given null", () -> CopyOut.csv((Query<?>) null)),
        refused("a condition, it was given null", () -> csv.where(null)),
        refused("a callback, it was given null", () -> csv.onProgress(null)),
        refused("NULL must not be null", () -> csv.nullAs(null)),
        refused("longer than zero", () -> csv.timeout(Duration.ZERO)),
        refused("a timeout, it was given null", () -> CopyRecords.into("t").timeout(null)),
        refused("columns(…) is for tables", () -> CopyOut.csv(Query.rows("SELECT 1")).columns("a")),
        refused(
            "begins with SELECT, VALUES, TABLE or WITH",
            () -> CopyOut.csv(Query.rows("SHOW work_mem"))),
        refused(
            "closes a bracket that it did not open",
            () -> CopyOut.csv(Query.rows("SELECT 1) TO PROGRAM 'rm' --"))));
  }

  private static Arguments refused(String why, Supplier<?> copy) {
    return Arguments.of(why, copy);
  }

  @ParameterizedTest
  @MethodSource
  void impossible(String why, Supplier<?> copy) {
    assertThatThrownBy(copy::get).isInstanceOf(WrongArguments.class).hasMessageContaining(why);
  }

  @Test
  void aQueryKeepsItsParametersInWhatIsShown() {
    CopySql statement =
        CopyOut.csv(
                Query.rows(
                    "SELECT '$1', $$ $2 $$, :b::int -- :a ;\n, :a; ", Map.of("a", 1, "b", "it's")))
            .statement();
    assertThat(statement.shown())
        .isEqualTo(
            "COPY (SELECT '$1', $$ $2 $$, $1::int -- :a ;\n, $2  \n) TO STDOUT (FORMAT csv)");
    assertThat(statement).hasToString(statement.shown());
    assertThat(statement.arguments()).containsExactly("it's", 1);
    assertThat(statement.sent(List.of("('it''s')", "('1'::int4)")))
        .isEqualTo(
            "COPY (SELECT '$1', $$ $2 $$, ('it''s')::int -- :a ;\n, ('1'::int4)  \n) TO STDOUT"
                + " (FORMAT csv)");
    assertThat(CopyOut.csv(Query.rows("SELECT $1", "secret"))).asString().doesNotContain("secret");
  }

  @Test
  void onlyWhatTheQueryRunsCanLeaveSomethingInTheSession() {
    assertThat(CopyOut.csv("t").columns("a").statement().leavesState()).isFalse();
    assertThat(CopyOut.csv(Query.rows("SELECT 1")).statement().leavesState()).isFalse();
    assertThat(CopyOut.csv(Query.rows("SELECT mine()")).statement().leavesState()).isTrue();
    TableDefinition users = SampleTables.users();
    assertThat(CopyIn.csv("users").columns("user_id").statement(users).leavesState()).isFalse();
    assertThat(CopyIn.csv("users").where(where("user_id", 1)).statement(users).leavesState())
        .isFalse();
    assertThat(
            CopyIn.csv("users").where(where(sql("mine(user_id)"))).statement(users).leavesState())
        .isTrue();
  }

  @Test
  void conditionsAreWrittenForTheTable() {
    TableDefinition users = SampleTables.users();
    CopySql statement =
        CopyIn.csv("users")
            .where(where("user_id", 3).and(where(sql("length(user_name) > $1", 2))))
            .statement(users);
    assertThat(statement.shown())
        .isEqualTo(
            "COPY \"users\" FROM STDIN (FORMAT csv) WHERE \"user_id\" = $1 AND (length(user_name)"
                + " > $2)");
    assertThat(statement.arguments()).hasSize(2);
    assertThatThrownBy(() -> CopyIn.csv("users").where(where("nope", 1)).statement(users))
        .isInstanceOf(UnknownColumn.class);
  }

  @Test
  void recordsDecideTheirFormatLater() {
    TableDefinition users = SampleTables.users();
    CopyRecords records = CopyRecords.into("users").columns("user_name").freeze();
    assertThat(records)
        .hasToString("COPY \"users\" (\"user_name\") FROM STDIN (FORMAT binary, FREEZE true)");
    assertThat(records.statement(users, List.of(users.column("user_name")), false).shown())
        .isEqualTo("COPY \"users\" (\"user_name\") FROM STDIN (FORMAT text, FREEZE true)");
    assertThat(records.asText().isText()).isTrue();
  }
}
