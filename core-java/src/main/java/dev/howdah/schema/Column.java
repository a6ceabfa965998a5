package dev.howdah.schema;

import dev.howdah.error.ClientException.WrongArguments;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A column of a table that is to be created: a name, a type and options. Immutable: every option
 * gives a new column.
 *
 * <pre>{@code
 * Column.bigint("user_id").primaryKey().identity()
 * Column.text("user_name").notNull().unique().defaultValue("Vasya")
 * Column.timestamptz("updated_at").defaultSql("now()").onUpdateSql("now()")
 * Column.bigint("team_id").references("teams", "team_id").onDelete(ReferentialAction.CASCADE)
 * }</pre>
 */
public final class Column {
  /** How a column counts by itself. */
  public enum Identity {
    /** The server gives a number unless the insert has one. */
    BY_DEFAULT,
    /** The server always gives the number; an insert that has one is refused. */
    ALWAYS
  }

  private final String name;
  private final ColumnType type;
  private final ColumnOptions options;

  private Column(String name, ColumnType type, ColumnOptions options) {
    this.name = Identifiers.check(name, "column name");
    this.type = type;
    this.options = options;
  }

  /** A column of any type by its SQL text, see {@link ColumnType#of(String)}. */
  public static Column of(String name, String sqlType) {
    return of(name, ColumnType.of(sqlType));
  }

  /** A column of the given type. */
  public static Column of(String name, ColumnType type) {
    return new Column(name, type, new ColumnOptions());
  }

  /** A column of the type that belongs to a Java class, see {@link ColumnType#of(Class)}. */
  public static Column of(String name, Class<?> javaType) {
    return of(name, ColumnType.of(javaType));
  }

  /**
   * A column from a map with the keys {@code name}, {@code type} and, if wanted, {@code options}.
   *
   * <p>The type is a {@link ColumnType}, a Java class, or a name of SQLAlchemy's or SQL's ({@link
   * ColumnType#named}). The options are {@code primary_key}, {@code autoincrement}, {@code
   * nullable}, {@code unique}, {@code index}, {@code default} (a value), {@code server_default}
   * (SQL), {@code onupdate} (a value), {@code server_onupdate} (SQL), {@code foreign_key} ({@code
   * "table.column"}), {@code ondelete}, {@code check} (SQL) and {@code comment}.
   *
   * @throws WrongArguments if a key, an option or a type is not known; the message lists those that
   *     are
   */
  public static Column fromMap(Map<String, ?> map) {
    return ColumnMaps.column(map);
  }

  /** A {@code bigint} column, for {@code Long}. */
  public static Column bigint(String name) {
    return of(name, ColumnType.BIGINT);
  }

  /** An {@code integer} column, for {@code Integer}. */
  public static Column integer(String name) {
    return of(name, ColumnType.INTEGER);
  }

  /** A {@code smallint} column, for {@code Short}. */
  public static Column smallint(String name) {
    return of(name, ColumnType.SMALLINT);
  }

  /** A {@code boolean} column. */
  public static Column bool(String name) {
    return of(name, ColumnType.BOOL);
  }

  /** A {@code real} column, for {@code Float}. */
  public static Column real(String name) {
    return of(name, ColumnType.REAL);
  }

  /** A {@code double precision} column, for {@code Double}. */
  public static Column doublePrecision(String name) {
    return of(name, ColumnType.DOUBLE_PRECISION);
  }

  /** A {@code numeric} column of any precision, for {@code BigDecimal}. */
  public static Column numeric(String name) {
    return of(name, ColumnType.NUMERIC);
  }

  /** A {@code numeric(precision, scale)} column, for {@code BigDecimal}. */
  public static Column numeric(String name, int precision, int scale) {
    return of(name, ColumnType.numeric(precision, scale));
  }

  /** A {@code text} column of any length. */
  public static Column text(String name) {
    return of(name, ColumnType.TEXT);
  }

  /** A {@code varchar} column of at most {@code length} characters. */
  public static Column varchar(String name, int length) {
    return of(name, ColumnType.varchar(length));
  }

  /** A {@code uuid} column. */
  public static Column uuid(String name) {
    return of(name, ColumnType.UUID);
  }

  /** A {@code bytea} column, for {@code byte[]}. */
  public static Column bytea(String name) {
    return of(name, ColumnType.BYTEA);
  }

  /** A {@code date} column, for {@code LocalDate}. */
  public static Column date(String name) {
    return of(name, ColumnType.DATE);
  }

  /** A {@code time} column, for {@code LocalTime}. */
  public static Column time(String name) {
    return of(name, ColumnType.TIME);
  }

  /** A {@code timestamp} column in no zone, for {@code LocalDateTime}. */
  public static Column timestamp(String name) {
    return of(name, ColumnType.TIMESTAMP);
  }

  /** A {@code timestamptz} column, for {@code Instant} and {@code OffsetDateTime}. */
  public static Column timestamptz(String name) {
    return of(name, ColumnType.TIMESTAMPTZ);
  }

  /** An {@code interval} column. */
  public static Column interval(String name) {
    return of(name, ColumnType.INTERVAL);
  }

  /** A {@code json} column, which keeps the text as it was given. */
  public static Column json(String name) {
    return of(name, ColumnType.JSON);
  }

  /** A {@code jsonb} column, which can be compared and searched. */
  public static Column jsonb(String name) {
    return of(name, ColumnType.JSONB);
  }

  /** An array column with elements of the given type. */
  public static Column array(String name, ColumnType element) {
    return of(name, ColumnType.array(element));
  }

  /** Makes it (part of) the primary key, and so not null. Several columns make one joint key. */
  public Column primaryKey() {
    return with(o -> o.primaryKey = true);
  }

  /** Lets the server count it up when an insert gives no value. Whole-number types only. */
  public Column identity() {
    return identity(Identity.BY_DEFAULT);
  }

  /** Lets the server count it up, in the given manner. Whole-number types only. */
  public Column identity(Identity identity) {
    if (!type.isInteger()) {
      throw new WrongArguments(
          "column '"
              + name
              + "' of type "
              + type
              + " cannot be an identity column; use bigint, integer or smallint");
    }
    if (options.defaultValue != null) {
      throw noDefaultWithIdentity();
    }
    return with(o -> o.identity = identity);
  }

  /** Refuses NULL. */
  public Column notNull() {
    return with(o -> o.notNull = true);
  }

  /** Takes NULL, which every column does unless told otherwise; part of a primary key never. */
  public Column nullable() {
    if (options.primaryKey) {
      throw new WrongArguments(
          "column '" + name + "' is part of the primary key and cannot be nullable");
    }
    return with(o -> o.notNull = false);
  }

  /** Refuses a value that another row has. NULL may occur often. */
  public Column unique() {
    return with(o -> o.unique = true);
  }

  /** Creates an index on it, named by PostgreSQL's own rule: {@code table_column_idx}. */
  public Column index() {
    return with(o -> o.index = true);
  }

  /**
   * What an insert without this column puts there.
   *
   * @param value a value that fits the type, or null
   * @throws WrongArguments if it does not fit, or cannot be written as SQL: then use {@link
   *     #defaultSql}
   */
  public Column defaultValue(@Nullable Object value) {
    Literals.of(value, type, name);
    return withDefault(DefaultValue.of(value));
  }

  /** What an insert without this column computes, such as {@code now()}; never built from input. */
  public Column defaultSql(String expression) {
    return withDefault(DefaultValue.sql(expression));
  }

  /** What every update by the manager that does not give this column puts there. */
  public Column onUpdate(@Nullable Object value) {
    return with(o -> o.onUpdate = DefaultValue.of(value));
  }

  /** What every update by the manager that does not give this column computes there. */
  public Column onUpdateSql(String expression) {
    return with(o -> o.onUpdate = DefaultValue.sql(expression));
  }

  /** Points at the primary key of another table. */
  public Column references(String table) {
    return references(new ForeignKey(TableName.of(table), null, null, null));
  }

  /** Points at a unique column of another table. */
  public Column references(String table, String column) {
    return references(new ForeignKey(TableName.of(table), column, null, null));
  }

  /** Points at a row of another table. */
  public Column references(ForeignKey key) {
    return with(o -> o.foreignKey = key);
  }

  /** What a delete of the row pointed at does; after {@code references}. */
  public Column onDelete(ReferentialAction action) {
    ForeignKey key = options.foreignKey;
    if (key == null) {
      throw new WrongArguments(
          "column '" + name + "' has no foreign key; call references(…) before onDelete(…)");
    }
    return references(key.onDelete(action));
  }

  /** A condition every row must meet, in SQL; never built from input. */
  public Column check(String sql) {
    if (sql.isBlank()) {
      throw new WrongArguments("the check of column '" + name + "' is empty");
    }
    return with(o -> o.check = sql);
  }

  /** A comment kept in the catalog. */
  public Column comment(String text) {
    Literals.string(text, "the comment of column '" + name + "'");
    return with(o -> o.comment = text);
  }

  /** The name. */
  public String name() {
    return name;
  }

  /** The type. */
  public ColumnType type() {
    return type;
  }

  /** Whether it is (part of) the primary key. */
  public boolean isPrimaryKey() {
    return options.primaryKey;
  }

  /** How it counts by itself, or null. */
  public @Nullable Identity identityKind() {
    return options.identity;
  }

  /** Whether it takes NULL. */
  public boolean isNullable() {
    return !options.notNull && !options.primaryKey && options.identity == null;
  }

  /** Whether its values are unique by a constraint of its own. */
  public boolean isUnique() {
    return options.unique;
  }

  /** Whether it gets an index of its own. */
  public boolean isIndexed() {
    return options.index;
  }

  /** Its default, or null when there is none. */
  public @Nullable DefaultValue defaultValue() {
    return options.defaultValue;
  }

  /** What updates put there by themselves, or null. */
  public @Nullable DefaultValue onUpdate() {
    return options.onUpdate;
  }

  /** Where it points, or null. */
  public @Nullable ForeignKey foreignKey() {
    return options.foreignKey;
  }

  /** The condition every row must meet, or null. */
  public @Nullable String check() {
    return options.check;
  }

  /** The comment, or null. */
  public @Nullable String comment() {
    return options.comment;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Column that
        && name.equals(that.name)
        && type.equals(that.type)
        && options.facts().equals(that.options.facts());
  }

  @Override
  public int hashCode() {
    return 31 * name.hashCode() + options.facts().hashCode();
  }

  /** For messages: {@code user_id bigint}. */
  @Override
  public String toString() {
    return name + " " + type;
  }

  private Column withDefault(DefaultValue value) {
    if (options.identity != null) {
      throw noDefaultWithIdentity();
    }
    return with(o -> o.defaultValue = value);
  }

  private WrongArguments noDefaultWithIdentity() {
    return new WrongArguments(
        "column '" + name + "' cannot be an identity column and have a default; leave one out");
  }

  private Column with(Consumer<ColumnOptions> change) {
    ColumnOptions changed = options.copy();
    change.accept(changed);
    return new Column(name, type, changed);
  }
}
