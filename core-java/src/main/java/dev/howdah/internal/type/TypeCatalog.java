package dev.howdah.internal.type;

import dev.howdah.error.ClientException.MappingFailure;
import dev.howdah.internal.type.ParameterEncoder.Parameter;
import dev.howdah.row.Columns;
import dev.howdah.row.Row;
import dev.howdah.row.RowSet;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The types a database has besides the built-in ones, as far as answers have shown them: shared by
 * the connections of a pool, and safe to use from any thread.
 *
 * <p>It asks nobody: {@link #read} says which types are missing, {@link #QUERY} with {@link
 * #parameter} finds them, {@link #learn} takes them in. A type is known by its OID, which a type
 * that is dropped and made again does not keep, so that only a composite can become outdated.
 */
public final class TypeCatalog {
  /** Reads types and all they are made of; {@code $1} are their OIDs. */
  public static final String QUERY = TypeRows.QUERY;

  private final Codecs codecs;

  /** Replaced as a whole: readers hold on to what other types were when they were made. */
  private volatile Known known = new Known(Map.of());

  private record Known(Map<Integer, TypeInfo> types, Map<Integer, ValueReader> readers) {
    Known(Map<Integer, TypeInfo> types) {
      this(types, new ConcurrentHashMap<>());
    }
  }

  /** A catalog that knows nothing yet. */
  public TypeCatalog(Codecs codecs) {
    this.codecs = codecs;
  }

  /** The codecs of the pool. */
  public Codecs codecs() {
    return codecs;
  }

  /**
   * An answer whose values were read by their types as far as these are known.
   *
   * @param answer values of the other types are text
   * @param missing the types to be asked for; empty as a rule
   */
  public record Reading(RowSet answer, Set<Integer> missing) {}

  /**
   * Whether an answer has anything to read: no for built-in types, unless they have a codec.
   *
   * @return false without looking at values
   */
  public boolean concerns(RowSet answer) {
    if (answer.rows().isEmpty()) {
      return false;
    }
    Columns columns = answer.rows().get(0).columns();
    for (int i = 0; i < columns.size(); i++) {
      if (isMine(columns.typeOid(i))) {
        return true;
      }
    }
    return false;
  }

  private boolean isMine(int oid) {
    return Oids.isBuiltIn(oid)
        ? codecs.isLeftAsText(oid)
        : oid != Oids.UNSPECIFIED && oid != Oids.VOID;
  }

  /**
   * Reads the values of an answer that came as text since their types are not built in.
   *
   * @param sure whether what is known has just been asked for; else a composite that does not fit
   *     is taken for changed, and is missing
   * @throws MappingFailure if a text does not fit its type; names the column and never the value
   */
  public Reading read(RowSet answer, boolean sure) {
    List<Row> rows = answer.rows();
    Columns columns = rows.get(0).columns();
    Known now = known;
    Set<Integer> missing = new TreeSet<>();
    List<Integer> indexes = new ArrayList<>();
    List<@Nullable Object[]> read = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      int oid = columns.typeOid(i);
      if (!isMine(oid)) {
        continue;
      }
      if (!Oids.isBuiltIn(oid) && !now.types.containsKey(oid)) {
        missing.add(oid);
        continue;
      }
      ValueReader reader = reader(oid, now);
      if (reader == ValueReader.TEXT) {
        continue;
      }
      try {
        read.add(column(rows, i, reader));
        indexes.add(i);
      } catch (OutdatedType outdated) {
        missing.add(outdated.oid());
        MappingFailure failure = outdated.failure();
        if (sure && failure != null) {
          throw at(columns, i, failure);
        }
      } catch (MappingFailure unreadable) {
        throw at(columns, i, unreadable);
      }
    }
    return new Reading(indexes.isEmpty() ? answer : replaced(answer, indexes, read), missing);
  }

  private static MappingFailure at(Columns columns, int index, MappingFailure failure) {
    return new MappingFailure(
        "column '" + columns.names().get(index) + "': " + failure.getMessage(), failure.getCause());
  }

  private static @Nullable Object[] column(List<Row> rows, int index, ValueReader reader) {
    @Nullable Object[] values = new @Nullable Object[rows.size()];
    for (int i = 0; i < values.length; i++) {
      // What the driver could not leave as text has been read already.
      Object value = rows.get(i).get(index);
      values[i] = value instanceof String text ? reader.read(text) : value;
    }
    return values;
  }

  private static RowSet replaced(
      RowSet answer, List<Integer> indexes, List<@Nullable Object[]> columns) {
    int[] places = indexes.stream().mapToInt(Integer::intValue).toArray();
    List<Row> rows = new ArrayList<>(answer.rows().size());
    for (int i = 0; i < answer.rows().size(); i++) {
      @Nullable Object[] values = new @Nullable Object[places.length];
      for (int column = 0; column < places.length; column++) {
        values[column] = columns.get(column)[i];
      }
      rows.add(answer.rows().get(i).replacing(places, values));
    }
    return RowSet.of(rows, answer.affected());
  }

  /** The argument of {@link #QUERY}. */
  public static Parameter parameter(Collection<Integer> oids) {
    String list =
        oids.stream().map(Integer::toUnsignedString).collect(Collectors.joining(",", "{", "}"));
    return new Parameter(1028, false, list.getBytes(StandardCharsets.US_ASCII));
  }

  /** Takes in what {@link #QUERY} found; what it did not find is asked for again. */
  public synchronized void learn(RowSet found) {
    Map<Integer, TypeInfo> types = new HashMap<>(known.types);
    for (Row row : found.rows()) {
      TypeInfo type = TypeRows.read(row);
      if (!Oids.isBuiltIn(type.oid())) {
        types.put(type.oid(), type);
      }
    }
    known = new Known(Map.copyOf(types));
  }

  /** Gives up on types that nobody may look at: their values stay text. */
  public synchronized void leaveAsText(Set<Integer> oids) {
    Map<Integer, TypeInfo> types = new HashMap<>(known.types);
    for (int oid : oids) {
      types.put(oid, new TypeInfo(oid, "", "", TypeInfo.Kind.OTHER, 0, ',', List.of()));
    }
    known = new Known(Map.copyOf(types));
  }

  /** Forgets all composites: a statement may have changed what they are made of. */
  public synchronized void forgetComposites() {
    Set<Integer> composites = new HashSet<>();
    for (TypeInfo type : known.types.values()) {
      if (type.kind() == TypeInfo.Kind.COMPOSITE) {
        composites.add(type.oid());
      }
    }
    if (!composites.isEmpty()) {
      Map<Integer, TypeInfo> types = new HashMap<>(known.types);
      // An array, a domain or another composite may be made of one of them.
      types.values().removeIf(type -> type.inner() != 0 || composites.contains(type.oid()));
      known = new Known(Map.copyOf(types));
    }
  }

  private ValueReader reader(int oid, Known now) {
    ValueReader reader = now.readers.get(oid);
    if (reader == null) {
      reader = new ReaderFactory(codecs, now.types).of(oid);
      now.readers.put(oid, reader);
    }
    return reader;
  }
}
