package dev.howdah.internal.type;

import dev.howdah.row.Codec;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The codecs a user gave a pool, found by class and by type. Safe to use from any thread. */
public final class Codecs {
  /** No codec at all. */
  public static final Codecs NONE = new Codecs(List.of());

  /** How SQL calls the types that the catalog calls otherwise. */
  private static final Map<String, String> SQL_NAMES =
      Map.ofEntries(
          Map.entry("boolean", "bool"),
          Map.entry("smallint", "int2"),
          Map.entry("integer", "int4"),
          Map.entry("int", "int4"),
          Map.entry("bigint", "int8"),
          Map.entry("real", "float4"),
          Map.entry("double precision", "float8"),
          Map.entry("decimal", "numeric"),
          Map.entry("character varying", "varchar"),
          Map.entry("character", "bpchar"),
          Map.entry("time without time zone", "time"),
          Map.entry("time with time zone", "timetz"),
          Map.entry("timestamp without time zone", "timestamp"),
          Map.entry("timestamp with time zone", "timestamptz"),
          Map.entry("bit varying", "varbit"));

  private final List<Codec<?>> writers = new ArrayList<>();
  private final Map<String, Codec<?>> readers = new HashMap<>();
  private final Map<Integer, Codec<?>> builtIn = new HashMap<>();
  private final BitSet leftAsText = new BitSet();
  private final boolean leavesText;

  /** Arguments come in few classes, and most of them have no codec. */
  private final Map<Class<?>, List<Codec<?>>> byClass = new ConcurrentHashMap<>();

  private Codecs(List<Codec<?>> codecs) {
    for (Codec<?> codec : codecs) {
      String name = codec.postgresType();
      if (codec.writes()) {
        writers.add(codec);
      }
      if (codec.reads() && name != null) {
        readers.put(name, codec);
        int oid = Oids.named(plainName(name));
        if (oid != Oids.UNSPECIFIED) {
          builtIn.put(oid, codec);
          leftAsText.set(oid);
          leftAsText.set(Oids.arrayOf(oid));
          leaveRanges(oid);
        }
      }
    }
    this.leavesText = !leftAsText.isEmpty();
  }

  /** The codecs of a list; the first that takes a class is its own. */
  public static Codecs of(List<Codec<?>> codecs) {
    return codecs.isEmpty() ? NONE : new Codecs(codecs);
  }

  private static String plainName(String name) {
    String lower = name.toLowerCase(Locale.ROOT).strip();
    String plain = lower.startsWith("pg_catalog.") ? lower.substring(11) : lower;
    return SQL_NAMES.getOrDefault(plain, plain);
  }

  private void leaveRanges(int bound) {
    for (int oid = 3904; oid <= 4536; oid++) {
      if (ValueReader.boundOf(oid) == bound) {
        leftAsText.set(oid);
        leftAsText.set(Oids.arrayOf(oid));
      }
    }
  }

  /**
   * Whether values of this built-in type are to be left as the server's text, since {@link
   * TypeCatalog} reads them by a codec.
   */
  public boolean isLeftAsText(int oid) {
    return oid > 0 && leftAsText.get(oid);
  }

  /**
   * Reads one value that is not NULL, as {@link TextDecoder#decode(int, byte[], int, int)} does, or
   * leaves it as text.
   */
  public @Nullable Object decode(int oid, byte[] bytes, int offset, int length) {
    return leavesText && isLeftAsText(oid)
        ? new String(bytes, offset, length, StandardCharsets.UTF_8)
        : TextDecoder.decode(oid, bytes, offset, length);
  }

  /** Whether any value is written by a codec. */
  public boolean write() {
    return !writers.isEmpty();
  }

  /** The codec for an argument, or null. */
  @SuppressWarnings("unchecked") // found by the class of the value
  @Nullable Codec<Object> writing(Object value) {
    if (writers.isEmpty()) {
      return null;
    }
    List<Codec<?>> found = byClass.computeIfAbsent(value.getClass(), this::writersOf);
    return found.isEmpty() ? null : (Codec<Object>) found.get(0);
  }

  /** One or none. */
  private List<Codec<?>> writersOf(Class<?> type) {
    return writers.stream()
        .filter(codec -> codec.javaType().isAssignableFrom(type))
        .limit(1)
        .toList();
  }

  /** The codec for columns of a built-in type, or null. */
  @Nullable Codec<?> reading(int oid) {
    return builtIn.get(oid);
  }

  /** The codec for columns of a type of the catalog, or null; with the schema comes first. */
  @Nullable Codec<?> reading(String schema, String name) {
    Codec<?> exact = readers.get(schema + "." + name);
    return exact != null ? exact : readers.get(name);
  }
}
