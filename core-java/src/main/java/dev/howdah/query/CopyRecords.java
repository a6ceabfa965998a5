package dev.howdah.query;

import dev.howdah.error.ClientException.WrongArguments;
import dev.howdah.schema.TableColumn;
import dev.howdah.schema.TableDefinition;
import dev.howdah.schema.TableName;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * How records get into a table by COPY: a value, to be given to {@code copyIn} with the records.
 * Immutable.
 *
 * <p>A record is a list or an array of values in the order of the columns, a map of column names to
 * values, a {@link dev.howdah.row.Row}, a Java record or Kotlin class, or a bean. One COPY has one
 * list of columns: those of {@link #columns}, or else those the first record gives, and with them
 * every column that has no default. A list or array gives all columns that the server does not
 * compute.
 *
 * <p>Values travel in PostgreSQL's binary format, exact, when all columns have types for which the
 * library has one: {@code bool}, {@code int2} to {@code int8}, {@code oid}, {@code float4}, {@code
 * float8}, {@code numeric}, {@code text}, {@code varchar}, {@code char}, {@code bytea}, {@code
 * uuid}, {@code json}, {@code jsonb}, dates, times and intervals, their arrays and domains.
 * Otherwise they all go as text, in which every type can be given as PostgreSQL writes it.
 */
public final class CopyRecords {
  private final TableName table;
  private final List<String> columns;
  private final CopyOptions options;
  private final @Nullable Condition where;
  private final CopyConduct conduct;

  private CopyRecords(
      TableName table,
      List<String> columns,
      CopyOptions options,
      @Nullable Condition where,
      CopyConduct conduct) {
    this.table = table;
    this.columns = columns;
    this.options = options;
    this.where = where;
    this.conduct = conduct;
  }

  /** Into a table; the name is one identifier, a schema is given by {@link TableName}. */
  public static CopyRecords into(String table) {
    return into(CopyConduct.name(table));
  }

  /** Into a table of a schema. */
  public static CopyRecords into(TableName table) {
    CopyConduct.given("a table", table);
    return new CopyRecords(
        table, List.of(), CopyOptions.of(CopyFormat.BINARY), null, CopyConduct.DEFAULT);
  }

  /**
   * Into these columns, in this order; the others get their defaults. Every record must give all of
   * them; what it has beside them is left out.
   *
   * @throws WrongArguments when one is named twice, or none is
   */
  public CopyRecords columns(String... names) {
    List<String> chosen = CopyOptions.names("columns", names);
    if (chosen.isEmpty()) {
      throw new WrongArguments("copyIn needs at least one column; without columns(…) it takes all");
    }
    return new CopyRecords(table, chosen, options, where, conduct);
  }

  /**
   * As text, even where the binary format would do: dates, numbers and everything else may then be
   * given as strings that PostgreSQL reads.
   */
  public CopyRecords asText() {
    return new CopyRecords(table, columns, options.in(CopyFormat.TEXT), where, conduct);
  }

  /**
   * Rows already visible when the transaction commits, without a later freeze; the table must have
   * been created or truncated in the same transaction.
   */
  public CopyRecords freeze() {
    return new CopyRecords(
        table, columns, options.with(CopyOption.FREEZE, CopyOptions.TRUE), where, conduct);
  }

  /**
   * Only the rows that are meant; those left out are not counted. Its values are written into the
   * statement as literals, since COPY takes no parameters.
   */
  public CopyRecords where(Condition condition) {
    CopyConduct.given("a condition", condition);
    return new CopyRecords(table, columns, options, condition, conduct);
  }

  /** With a time budget of its own, which covers the source too. */
  public CopyRecords timeout(Duration timeout) {
    return new CopyRecords(table, columns, options, where, conduct.timeout(timeout));
  }

  /**
   * Tells how far it has come: never on an event loop, at most ten times a second, and once at the
   * end if it succeeds. What the callback throws is logged.
   */
  public CopyRecords onProgress(Consumer<CopyProgress> callback) {
    return new CopyRecords(table, columns, options, where, conduct.onProgress(callback));
  }

  /** The table. */
  public TableName table() {
    return table;
  }

  /** The columns that were named; none: the records say. */
  public List<String> columnNames() {
    return columns;
  }

  /** Whether {@link #asText} was asked for. */
  public boolean isText() {
    return options.format() == CopyFormat.TEXT;
  }

  /** The time budget, or null for the database's default. */
  public @Nullable Duration timeout() {
    return conduct.timeout();
  }

  /** Who is told how far it has come, or null. */
  public @Nullable Consumer<CopyProgress> progress() {
    return conduct.progress();
  }

  /**
   * The statement.
   *
   * @param known the table as it is
   * @param copied the columns the records give
   * @param binary the format
   */
  public CopySql statement(TableDefinition known, List<TableColumn> copied, boolean binary) {
    CopyFormat format = binary ? CopyFormat.BINARY : CopyFormat.TEXT;
    return CopyWriter.in(
        table, copied.stream().map(TableColumn::name).toList(), options.in(format), where, known);
  }

  /** What is known of the statement before the first record is. */
  @Override
  public String toString() {
    return CopyWriter.in(table, columns, options, null, null).shown();
  }
}
