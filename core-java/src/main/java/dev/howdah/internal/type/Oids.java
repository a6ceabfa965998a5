package dev.howdah.internal.type;

import static java.util.Map.entry;

import dev.howdah.row.Cidr;
import dev.howdah.row.Geometry;
import dev.howdah.row.Inet;
import dev.howdah.row.Interval;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.Period;
import java.time.ZonedDateTime;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/**
 * The OIDs of PostgreSQL's built-in types, the same on every server, and which is the array of
 * which.
 *
 * <p>Types of extensions and users (citext, hstore, enums, domains) have other OIDs on every
 * database and are not known here.
 */
public final class Oids {
  /** No type given: the server infers it from where the parameter stands. */
  public static final int UNSPECIFIED = 0;

  /** {@code bool}. */
  public static final int BOOL = 16;

  /** {@code bool[]}. */
  public static final int BOOL_ARRAY = 1000;

  /** {@code bytea}. */
  public static final int BYTEA = 17;

  /** {@code bytea[]}. */
  public static final int BYTEA_ARRAY = 1001;

  /** {@code char}. */
  public static final int CHAR = 18;

  /** {@code char[]}. */
  public static final int CHAR_ARRAY = 1002;

  /** {@code name}. */
  public static final int NAME = 19;

  /** {@code name[]}. */
  public static final int NAME_ARRAY = 1003;

  /** {@code int8}. */
  public static final int INT8 = 20;

  /** {@code int8[]}. */
  public static final int INT8_ARRAY = 1016;

  /** {@code int2}. */
  public static final int INT2 = 21;

  /** {@code int2[]}. */
  public static final int INT2_ARRAY = 1005;

  /** {@code int4}. */
  public static final int INT4 = 23;

  /** {@code int4[]}. */
  public static final int INT4_ARRAY = 1007;

  /** {@code text}. */
  public static final int TEXT = 25;

  /** {@code text[]}. */
  public static final int TEXT_ARRAY = 1009;

  /** {@code oid}. */
  public static final int OID = 26;

  /** {@code oid[]}. */
  public static final int OID_ARRAY = 1028;

  /** {@code json}. */
  public static final int JSON = 114;

  /** {@code json[]}. */
  public static final int JSON_ARRAY = 199;

  /** {@code xml}. */
  public static final int XML = 142;

  /** {@code xml[]}. */
  public static final int XML_ARRAY = 143;

  /** {@code point}. */
  public static final int POINT = 600;

  /** {@code point[]}. */
  public static final int POINT_ARRAY = 1017;

  /** {@code box}. */
  public static final int BOX = 603;

  /** {@code box[]}. */
  public static final int BOX_ARRAY = 1020;

  /** {@code inet}. */
  public static final int INET = 869;

  /** {@code inet[]}. */
  public static final int INET_ARRAY = 1041;

  /** {@code cidr}. */
  public static final int CIDR = 650;

  /** {@code cidr[]}. */
  public static final int CIDR_ARRAY = 651;

  /** {@code float4}. */
  public static final int FLOAT4 = 700;

  /** {@code float4[]}. */
  public static final int FLOAT4_ARRAY = 1021;

  /** {@code float8}. */
  public static final int FLOAT8 = 701;

  /** {@code float8[]}. */
  public static final int FLOAT8_ARRAY = 1022;

  /** {@code money}. */
  public static final int MONEY = 790;

  /** {@code money[]}. */
  public static final int MONEY_ARRAY = 791;

  /** {@code bpchar}. */
  public static final int BPCHAR = 1042;

  /** {@code bpchar[]}. */
  public static final int BPCHAR_ARRAY = 1014;

  /** {@code varchar}. */
  public static final int VARCHAR = 1043;

  /** {@code varchar[]}. */
  public static final int VARCHAR_ARRAY = 1015;

  /** {@code date}. */
  public static final int DATE = 1082;

  /** {@code date[]}. */
  public static final int DATE_ARRAY = 1182;

  /** {@code time}. */
  public static final int TIME = 1083;

  /** {@code time[]}. */
  public static final int TIME_ARRAY = 1183;

  /** {@code timestamp}. */
  public static final int TIMESTAMP = 1114;

  /** {@code timestamp[]}. */
  public static final int TIMESTAMP_ARRAY = 1115;

  /** {@code timestamptz}. */
  public static final int TIMESTAMPTZ = 1184;

  /** {@code timestamptz[]}. */
  public static final int TIMESTAMPTZ_ARRAY = 1185;

  /** {@code interval}. */
  public static final int INTERVAL = 1186;

  /** {@code interval[]}. */
  public static final int INTERVAL_ARRAY = 1187;

  /** {@code timetz}. */
  public static final int TIMETZ = 1266;

  /** {@code timetz[]}. */
  public static final int TIMETZ_ARRAY = 1270;

  /** {@code bit}. */
  public static final int BIT = 1560;

  /** {@code bit[]}. */
  public static final int BIT_ARRAY = 1561;

  /** {@code varbit}. */
  public static final int VARBIT = 1562;

  /** {@code varbit[]}. */
  public static final int VARBIT_ARRAY = 1563;

  /** {@code void}, what a function without a result answers. */
  public static final int VOID = 2278;

  /** {@code pg_lsn}. */
  static final int PG_LSN = 3220;

  /** {@code numeric}. */
  public static final int NUMERIC = 1700;

  /** {@code numeric[]}. */
  public static final int NUMERIC_ARRAY = 1231;

  /** {@code uuid}. */
  public static final int UUID = 2950;

  /** {@code uuid[]}. */
  public static final int UUID_ARRAY = 2951;

  /** {@code jsonb}. */
  public static final int JSONB = 3802;

  /** {@code jsonb[]}. */
  public static final int JSONB_ARRAY = 3807;

  /** Every OID below is smaller; larger ones belong to types of extensions and users. */
  private static final int LIMIT = 8192;

  private static final int[] ELEMENT_OF = new int[LIMIT];
  private static final int[] ARRAY_OF = new int[LIMIT];
  private static final Map<Integer, String> NAMES = new HashMap<>();

  private static final Map<Class<?>, Integer> JAVA_TYPES =
      Map.ofEntries(
          entry(boolean.class, BOOL),
          entry(Boolean.class, BOOL),
          entry(short.class, INT2),
          entry(Short.class, INT2),
          entry(Byte.class, INT2),
          entry(int.class, INT4),
          entry(Integer.class, INT4),
          entry(long.class, INT8),
          entry(Long.class, INT8),
          entry(float.class, FLOAT4),
          entry(Float.class, FLOAT4),
          entry(double.class, FLOAT8),
          entry(Double.class, FLOAT8),
          entry(BigDecimal.class, NUMERIC),
          entry(BigInteger.class, NUMERIC),
          entry(UUID.class, Oids.UUID),
          entry(byte[].class, BYTEA),
          entry(LocalDate.class, DATE),
          entry(LocalTime.class, TIME),
          entry(OffsetTime.class, TIMETZ),
          entry(LocalDateTime.class, TIMESTAMP),
          entry(Instant.class, TIMESTAMPTZ),
          entry(OffsetDateTime.class, TIMESTAMPTZ),
          entry(ZonedDateTime.class, TIMESTAMPTZ),
          entry(Duration.class, Oids.INTERVAL),
          entry(Period.class, Oids.INTERVAL),
          entry(Interval.class, Oids.INTERVAL),
          entry(Inet.class, INET),
          entry(Cidr.class, CIDR),
          entry(Geometry.Point.class, POINT),
          entry(Geometry.Box.class, BOX));

  static {
    // Those rows of pg_type that a column can have: name, OID, OID of the array.
    add("bool", 16, 1000);
    add("bytea", 17, 1001);
    add("char", 18, 1002);
    add("name", 19, 1003);
    add("int8", 20, 1016);
    add("int2", 21, 1005);
    add("int2vector", 22, 1006);
    add("int4", 23, 1007);
    add("regproc", 24, 1008);
    add("text", 25, 1009);
    add("oid", 26, 1028);
    add("tid", 27, 1010);
    add("xid", 28, 1011);
    add("cid", 29, 1012);
    add("oidvector", 30, 1013);
    add("json", 114, 199);
    add("xml", 142, 143);
    add("point", 600, 1017);
    add("lseg", 601, 1018);
    add("path", 602, 1019);
    add("box", 603, 1020);
    add("polygon", 604, 1027);
    add("line", 628, 629);
    add("cidr", 650, 651);
    add("float4", 700, 1021);
    add("float8", 701, 1022);
    add("circle", 718, 719);
    add("macaddr8", 774, 775);
    add("money", 790, 791);
    add("macaddr", 829, 1040);
    add("inet", 869, 1041);
    add("bpchar", 1042, 1014);
    add("varchar", 1043, 1015);
    add("date", 1082, 1182);
    add("time", 1083, 1183);
    add("timestamp", 1114, 1115);
    add("timestamptz", 1184, 1185);
    add("interval", 1186, 1187);
    add("timetz", 1266, 1270);
    add("bit", 1560, 1561);
    add("varbit", 1562, 1563);
    add("numeric", 1700, 1231);
    add("refcursor", 1790, 2201);
    add("regprocedure", 2202, 2207);
    add("regoper", 2203, 2208);
    add("regoperator", 2204, 2209);
    add("regclass", 2205, 2210);
    add("regtype", 2206, 2211);
    add("record", 2249, 2287);
    add("cstring", 2275, 1263);
    add("uuid", 2950, 2951);
    add("pg_lsn", 3220, 3221);
    add("tsvector", 3614, 3643);
    add("tsquery", 3615, 3645);
    add("regconfig", 3734, 3735);
    add("regdictionary", 3769, 3770);
    add("jsonb", 3802, 3807);
    add("int4range", 3904, 3905);
    add("numrange", 3906, 3907);
    add("tsrange", 3908, 3909);
    add("tstzrange", 3910, 3911);
    add("daterange", 3912, 3913);
    add("int8range", 3926, 3927);
    add("jsonpath", 4072, 4073);
    add("regnamespace", 4089, 4090);
    add("regrole", 4096, 4097);
    add("regcollation", 4191, 4192);
    add("int4multirange", 4451, 6150);
    add("nummultirange", 4532, 6151);
    add("tsmultirange", 4533, 6152);
    add("tstzmultirange", 4534, 6153);
    add("datemultirange", 4535, 6155);
    add("int8multirange", 4536, 6157);
    add("xid8", 5069, 271);
  }

  private Oids() {}

  private static void add(String name, int scalar, int array) {
    ELEMENT_OF[array] = scalar;
    ARRAY_OF[scalar] = array;
    NAMES.put(scalar, name);
    NAMES.put(array, name + "[]");
  }

  /**
   * The OID of the array type of a scalar type, or 0 if the type is not one of those known here.
   */
  public static int arrayOf(int oid) {
    return oid > 0 && oid < LIMIT ? ARRAY_OF[oid] : UNSPECIFIED;
  }

  /** The OID of an array type's element type, or 0 if it is no array type known here. */
  public static int elementOf(int oid) {
    return oid > 0 && oid < LIMIT ? ELEMENT_OF[oid] : UNSPECIFIED;
  }

  /** What stands between the elements of an array of this built-in type. */
  static char delimiter(int element) {
    return element == BOX ? ';' : ',';
  }

  /** The OID an array declared to hold this Java class is bound with, or 0 if that is not fixed. */
  static int of(Class<?> type) {
    return JAVA_TYPES.getOrDefault(type, UNSPECIFIED);
  }

  /** The OID of the type of that name, or 0 if it is not one known here. */
  static int named(String name) {
    for (Map.Entry<Integer, String> one : NAMES.entrySet()) {
      if (one.getValue().equals(name)) {
        return one.getKey();
      }
    }
    return UNSPECIFIED;
  }

  /** Whether this is a built-in scalar or array type known here. */
  public static boolean isBuiltIn(int oid) {
    return arrayOf(oid) != UNSPECIFIED || elementOf(oid) != UNSPECIFIED;
  }

  /**
   * The type's name as PostgreSQL prints it ({@code int4}, {@code int4[]}), else {@code oid 4711}.
   */
  public static String name(int oid) {
    String name = NAMES.get(oid);
    return name != null ? name : "oid " + oid;
  }
}
