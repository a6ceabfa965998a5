package dev.howdah.internal.engine;

import dev.howdah.error.ClientException.UnknownColumn;
import dev.howdah.error.ClientException.WrongArguments;
import dev.howdah.internal.type.Chunk;
import dev.howdah.internal.type.Codecs;
import dev.howdah.internal.type.RowEncoder;
import dev.howdah.schema.TableColumn;
import dev.howdah.schema.TableName;
import java.util.List;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/** Records as the rows of a COPY, binary or text. */
public final class RowChunks extends ElementChunks {
  private final RowEncoder encoder;
  private final Cells cells;

  /** What makes a row of a record. */
  @FunctionalInterface
  public interface Cells {
    /** A cell for each column, in their order; the array may be used again for the next record. */
    @Nullable Object[] of(@Nullable Object record);
  }

  /**
   * The rows of records.
   *
   * @param records more of them, after the first ones
   * @param first those that have been pulled already
   * @param asked how many were asked for then
   * @param scheduler where they are written
   */
  public RowChunks(
      Engine engine,
      TableName table,
      List<TableColumn> columns,
      boolean binary,
      Cells cells,
      Elements records,
      List<?> first,
      int asked,
      Scheduler scheduler,
      CopyMeter meter) {
    super(records, asked, scheduler, meter);
    this.cells = cells;
    this.encoder = encoder(table, columns, binary, engine.codecs());
    pulled(first);
  }

  /** The rows of records that are all there, binary. */
  public static RowChunks of(
      Engine engine,
      TableName table,
      List<TableColumn> columns,
      Cells cells,
      List<?> records,
      Scheduler scheduler) {
    return new RowChunks(
        engine,
        table,
        columns,
        /* binary= */ true,
        cells,
        most -> Mono.just(List.of()),
        records,
        records.size() + 1,
        scheduler,
        new CopyMeter(null));
  }

  /** Whether all of these can be written in binary. */
  public static boolean areWritable(
      TableName table, List<TableColumn> columns, Cells cells, List<?> records) {
    RowEncoder encoder = encoder(table, columns, /* binary= */ true, Codecs.NONE);
    Chunk out = new Chunk();
    try {
      for (Object record : records) {
        encoder.row(cells.of(record), out);
        if (out.isFull()) {
          out.clear();
        }
      }
      return true;
    } catch (WrongArguments refused) {
      return false;
    }
  }

  private static RowEncoder encoder(
      TableName table, List<TableColumn> columns, boolean binary, Codecs codecs) {
    return RowEncoder.of(
        binary,
        columns.stream().mapToInt(column -> column.valueType().oid()).toArray(),
        columns.stream()
            .map(column -> "column '" + column.name() + "' of table '" + table + "'")
            .toArray(String[]::new),
        codecs);
  }

  /** Whether all columns have an exact binary form; what a codec makes is text. */
  public static boolean areBinary(Engine engine, List<TableColumn> columns) {
    return !engine.codecs().write()
        && columns.stream().allMatch(column -> RowEncoder.isBinary(column.valueType().oid()));
  }

  @Override
  void begin(Chunk out) {
    encoder.begin(out);
  }

  @Override
  boolean write(@Nullable Object record, long number, Chunk out) {
    try {
      encoder.row(cells.of(record), out);
      return true;
    } catch (UnknownColumn unknown) {
      throw named(number, unknown);
    } catch (WrongArguments wrong) {
      throw named(number, wrong);
    }
  }

  /** The failure with the record it is about. */
  public static UnknownColumn named(long number, UnknownColumn unknown) {
    return new UnknownColumn(place(number) + unknown.getMessage(), true);
  }

  /** The failure with the record it is about. */
  public static WrongArguments named(long number, WrongArguments wrong) {
    return new WrongArguments(place(number) + wrong.getMessage(), wrong.getCause());
  }

  private static String place(long number) {
    return "record " + number + " of copyIn (from 0): ";
  }

  @Override
  void end(Chunk out) {
    encoder.end(out);
  }

  @Override
  int rows() {
    return 1;
  }
}
