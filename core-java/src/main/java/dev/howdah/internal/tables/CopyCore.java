package dev.howdah.internal.tables;

import dev.howdah.internal.engine.ByteChunks;
import dev.howdah.internal.engine.Chunks;
import dev.howdah.internal.engine.CopyCall;
import dev.howdah.internal.engine.CopyFeed;
import dev.howdah.internal.engine.CopyMeter;
import dev.howdah.internal.engine.Elements;
import dev.howdah.internal.engine.Engine;
import dev.howdah.internal.engine.RowChunks;
import dev.howdah.query.CopyIn;
import dev.howdah.query.CopyOut;
import dev.howdah.query.CopyRecords;
import dev.howdah.query.CopySql;
import dev.howdah.schema.TableColumn;
import dev.howdah.schema.TableDefinition;
import dev.howdah.schema.TableName;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * COPY in and out, as cold {@link Mono}s that give the number of rows. The table of records, and of
 * a condition, is read from the catalog for each copy: values for a column of another type than it
 * has now could be taken for something else in the binary format.
 */
public final class CopyCore {
  /** Enough to see what the records are; not so many that a few large ones fill the memory. */
  private static final int FIRST_RECORDS = 64;

  private final Engine engine;
  private final Scheduler scheduler;

  /**
   * A core.
   *
   * @param scheduler where the caller's code, files and streams are used
   */
  public CopyCore(Engine engine, Scheduler scheduler) {
    this.engine = engine;
    this.scheduler = scheduler;
  }

  /** Records. */
  public Mono<Long> in(CopyRecords copy, Elements records) {
    CopyMeter meter = new CopyMeter(copy.progress());
    Mono<CopyFeed> feed =
        table(copy.table())
            .flatMap(
                table ->
                    records
                        .next(FIRST_RECORDS)
                        .filter(first -> !first.isEmpty())
                        .map(first -> feed(copy, table, records, first, meter)));
    return copied(copy.toString(), copy.timeout(), feed, meter).doFinally(end -> records.stop());
  }

  private CopyFeed feed(
      CopyRecords copy, TableDefinition table, Elements records, List<?> first, CopyMeter meter) {
    RecordCells cells = new RecordCells(table, copy.columnNames(), first.get(0));
    List<TableColumn> columns = cells.columns();
    boolean binary = !copy.isText() && RowChunks.areBinary(engine, columns);
    return new CopyFeed(
        copy.statement(table, columns, binary),
        new RowChunks(
            engine,
            copy.table(),
            columns,
            binary,
            cells,
            records,
            first,
            FIRST_RECORDS,
            scheduler,
            meter));
  }

  /** Buffers and arrays of bytes. */
  public Mono<Long> in(CopyIn copy, Elements pieces) {
    CopyMeter meter = new CopyMeter(copy.progress());
    return in(copy, new ByteChunks(pieces, scheduler, meter), meter)
        .doFinally(end -> pieces.stop());
  }

  /** What a stream gives; it stays the caller's to close. */
  public Mono<Long> in(CopyIn copy, InputStream stream) {
    CopyMeter meter = new CopyMeter(copy.progress());
    return in(copy, new StreamChunks(() -> stream, scheduler, meter), meter);
  }

  /** A file. */
  public Mono<Long> in(CopyIn copy, Path file) {
    CopyMeter meter = new CopyMeter(copy.progress());
    StreamChunks chunks = new StreamChunks(() -> Files.newInputStream(file), scheduler, meter);
    return in(copy, chunks, meter).doFinally(end -> chunks.close());
  }

  private Mono<Long> in(CopyIn copy, Chunks chunks, CopyMeter meter) {
    Mono<CopySql> statement =
        copy.hasCondition()
            ? table(copy.table()).map(copy::statement)
            : Mono.just(copy.statement(null));
    // The first bytes before a connection is taken: a source that fails at once sends nothing.
    Mono<CopyFeed> feed =
        statement.flatMap(sql -> Primed.of(chunks).map(primed -> new CopyFeed(sql, primed)));
    return copied(copy.toString(), copy.timeout(), feed, meter);
  }

  private Mono<Long> copied(
      String sql, @Nullable Duration timeout, Mono<CopyFeed> feed, CopyMeter meter) {
    Mono<Long> rows = engine.copyIn(new CopyCall("copyIn", sql, List.of(), timeout), feed);
    return told(rows.defaultIfEmpty(0L), meter);
  }

  /**
   * Out, to whoever takes the bytes.
   *
   * @param consumer as {@link Engine#copyOut} takes it
   */
  public Mono<Long> out(CopyOut copy, Function<ByteBuffer, Mono<Void>> consumer) {
    CopyMeter meter = new CopyMeter(copy.progress());
    CopySql statement = copy.statement();
    CopyCall call =
        new CopyCall(
            "copyOut",
            statement.shown(),
            statement.arguments(),
            copy.timeout(),
            copy.noticeListener());
    Mono<Long> rows =
        engine.copyOut(
            call, statement, meter.isOn() ? chunk -> counted(consumer, chunk, meter) : consumer);
    return told(rows, meter);
  }

  private Mono<Void> counted(
      Function<ByteBuffer, Mono<Void>> consumer, ByteBuffer chunk, CopyMeter meter) {
    int bytes = chunk.remaining();
    return consumer
        .apply(chunk)
        .publishOn(scheduler)
        .doOnSuccess(taken -> meter.count(bytes, /* moreRows= */ 0));
  }

  /** Out, into a stream, which stays the caller's to close. */
  public Mono<Long> out(CopyOut copy, OutputStream stream) {
    return out(
        copy,
        chunk ->
            blocking(() -> stream.write(chunk.array(), chunk.arrayOffset(), chunk.remaining())));
  }

  /** Out, into a channel, which stays the caller's to close. */
  public Mono<Long> out(CopyOut copy, WritableByteChannel channel) {
    return out(copy, chunk -> blocking(() -> FileTarget.write(channel, chunk)));
  }

  /** Out, into a file, which is there when all is in it, and as it was when that fails. */
  public Mono<Long> out(CopyOut copy, Path file) {
    FileTarget target = new FileTarget(file);
    return out(copy, chunk -> blocking(() -> target.write(chunk)))
        .flatMap(rows -> blocking(target::keep).thenReturn(rows))
        .doFinally(end -> discard(target));
  }

  private void discard(FileTarget target) {
    try {
      scheduler.schedule(target::discard);
    } catch (RejectedExecutionException shutDown) {
      // Nobody is left to wait for a disk; what lies beside says by its name that it is a part.
    }
  }

  private Mono<Void> blocking(Blocking work) {
    return Mono.<Void>fromCallable(
            () -> {
              work.run();
              return null;
            })
        .subscribeOn(scheduler);
  }

  /** The last figures, off the event loop and before the caller hears of the end. */
  private Mono<Long> told(Mono<Long> rows, CopyMeter meter) {
    return meter.isOn() ? rows.publishOn(scheduler).doOnNext(meter::finish) : rows;
  }

  private Mono<TableDefinition> table(TableName name) {
    return Mono.defer(() -> engine.run(Catalog.columns(name)))
        .map(answer -> Catalog.read(name, answer.rows()));
  }
}
