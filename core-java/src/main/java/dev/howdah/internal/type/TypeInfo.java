package dev.howdah.internal.type;

import java.util.List;

/**
 * What the catalog says about a type that is not built in.
 *
 * @param oid its OID, which no other type of the database has, whatever their names
 * @param schema where it is
 * @param name its name there
 * @param kind what kind of type it is
 * @param inner the OID of an array's element, a domain's base, a range's bounds or a multirange's
 *     range; else 0
 * @param delimiter what stands between the elements of an array
 * @param attributes of a composite, in order
 */
record TypeInfo(
    int oid,
    String schema,
    String name,
    Kind kind,
    int inner,
    char delimiter,
    List<Attribute> attributes) {

  enum Kind {
    BASE,
    ENUM,
    DOMAIN,
    ARRAY,
    RANGE,
    MULTIRANGE,
    COMPOSITE,
    OTHER
  }

  /**
   * One part of a composite.
   *
   * @param name its name
   * @param oid its type
   */
  record Attribute(String name, int oid) {}
}
