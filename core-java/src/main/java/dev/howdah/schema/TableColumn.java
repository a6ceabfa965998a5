package dev.howdah.schema;

import org.jspecify.annotations.Nullable;

/**
 * A column of a live table as the server's catalog describes it.
 *
 * @param name the column's name
 * @param typeOid the column's type; for a domain the domain itself
 * @param typeName the type as {@code format_type} prints it with its length, such as {@code
 *     character varying(20)}: for messages
 * @param valueType the type values are bound as, see {@link ValueType}
 * @param nullable whether it takes NULL
 * @param hasDefault whether it has a default or is an identity column
 * @param identity whether it is an identity column
 * @param generated whether it is computed by the server and cannot be given
 * @param primaryKey whether it is part of the primary key
 * @param exactEquality whether two values are equal for the server only when they are the same
 *     value: false for types and collations that ignore something, such as case
 */
public record TableColumn(
    String name,
    int typeOid,
    String typeName,
    ValueType valueType,
    boolean nullable,
    boolean hasDefault,
    boolean identity,
    boolean generated,
    boolean primaryKey,
    boolean exactEquality) {

  /**
   * The type values are bound as: the column's type, or what a domain is made of.
   *
   * @param oid the type's OID
   * @param name the type as it is written in a cast, without length or precision so that a cast
   *     never cuts a value short, and qualified where the search path needs it
   * @param arrayOid the OID of the array of this type, or 0 where there is none
   * @param element for an array the type of its elements, else null
   * @param category PostgreSQL's {@code typcategory}: {@code N} number, {@code S} text, {@code A}
   *     array, {@code D} date or time, {@code T} interval …
   * @param kind PostgreSQL's {@code typtype}: {@code b} base, {@code c} composite, {@code e} enum …
   */
  public record ValueType(
      int oid, String name, int arrayOid, @Nullable ElementType element, char category, char kind) {

    /** Whether values are arrays. */
    public boolean isArray() {
      return category == 'A';
    }
  }

  /**
   * The type of an array's elements.
   *
   * @param oid the type's OID
   * @param name the type as it is written in a cast
   */
  public record ElementType(int oid, String name) {}
}
