package dev.howdah.internal.tables;

import dev.howdah.config.TransactionOptions;
import dev.howdah.error.CardinalityViolation;
import dev.howdah.error.ClientException.WrongArguments;
import dev.howdah.internal.engine.Engine;
import dev.howdah.query.OnConflict;
import dev.howdah.query.Query;
import dev.howdah.row.Row;
import dev.howdah.row.RowSet;
import dev.howdah.schema.DefaultValue;
import dev.howdah.schema.TableDefinition;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * Inserts one batch of records of any size, all or nothing: one statement where one is enough, else
 * several in one transaction.
 *
 * <p>An upsert of records that meet in one row has the outcome of one upsert after the other. What
 * can be told beforehand is merged; what only the server can tell (it ignores case, it rounds)
 * makes it refuse the batch, of which then nothing is left, and the records go one by one.
 */
final class Insertion {
  /**
   * From how many rows on a COPY is worth its questions: measured, it is level with INSERT at 2,000
   * and takes half the server's time at 100,000.
   */
  static final int WORTH_A_COPY = 3_000;

  private final Engine engine;
  private final TableDefinition table;
  private final @Nullable ConflictTarget target;
  private final Map<String, DefaultValue> onUpdate;
  private final @Nullable List<String> returning;
  private final Scheduler scheduler;

  Insertion(
      Engine engine,
      TableDefinition table,
      @Nullable ConflictTarget target,
      Map<String, DefaultValue> onUpdate,
      @Nullable List<String> returning,
      Scheduler scheduler) {
    this.engine = engine;
    this.table = table;
    this.target = target;
    this.onUpdate = onUpdate;
    this.returning = returning;
    this.scheduler = scheduler;
  }

  /** The count, and the rows in the order of their records if they were asked for. */
  Mono<RowSet> run(Records records) {
    List<@Nullable Object[]> rows = records.rows(table);
    if (target == null) {
      return returning == null && rows.size() >= WORTH_A_COPY ? inBulk(rows) : inOrder(rows);
    }
    boolean refuses = target.conflict().refusesDuplicates();
    if (!target.updates() && !refuses) {
      return run(
          rows, Batches.inOrder(table, rows), rows.size()); // the first of several is inserted
    }
    Duplicates duplicates = Duplicates.of(table, target, rows);
    if (!target.updates()) {
      return run(rows, Batches.inOrder(table, rows), rows.size());
    }
    List<Batch> batches =
        duplicates.certain()
            ? Batches.byShape(table, duplicates.merged())
            : Batches.byRun(table, rows, duplicates.slots());
    return run(rows, batches, duplicates.count())
        .onErrorResume(
            CardinalityViolation.class,
            failure -> {
              if (rows.size() == 1 || engine instanceof Engine.Scope) {
                return Mono.error(failure);
              }
              return refuses
                  ? Mono.error(Duplicates.sameKey("two records", target))
                  : run(rows, Batches.singly(table, rows, duplicates.slots()), duplicates.count());
            });
  }

  private Mono<RowSet> inOrder(List<@Nullable Object[]> rows) {
    return run(rows, Batches.inOrder(table, rows), rows.size());
  }

  /**
   * In a transaction only what would be several statements anyway: one statement takes its turn
   * when it is called, and a copy has questions to ask first.
   */
  private Mono<RowSet> inBulk(List<@Nullable Object[]> rows) {
    boolean scope = engine instanceof Engine.Scope;
    BulkInsert bulk =
        scope && rows.size() <= Batches.ARRAY_ROWS
            ? null
            : BulkInsert.of(engine, table, rows, scheduler);
    if (bulk == null) {
      return inOrder(rows);
    }
    return scope
        ? engine.inTransaction(
            TransactionOptions.defaults(),
            nested -> bulk.run(nested).switchIfEmpty(Mono.defer(() -> all(nested, rows))))
        : bulk.run(engine).switchIfEmpty(Mono.defer(() -> inOrder(rows)));
  }

  private Mono<RowSet> all(Engine transaction, List<@Nullable Object[]> rows) {
    return all(transaction, rows, Batches.inOrder(table, rows), rows.size());
  }

  private Mono<RowSet> run(List<@Nullable Object[]> rows, List<Batch> batches, int slots) {
    if (batches.isEmpty()) {
      return Mono.just(RowSet.EMPTY);
    }
    if (batches.size() == 1) {
      return send(engine, batches.get(0), rows);
    }
    return engine.inTransaction(
        TransactionOptions.defaults(), transaction -> all(transaction, rows, batches, slots));
  }

  private Mono<RowSet> all(
      Engine transaction, List<@Nullable Object[]> rows, List<Batch> batches, int slots) {
    long again = batches.stream().mapToLong(batch -> batch.rows().size()).sum() - slots;
    Result result = new Result(returning == null ? 0 : slots, again);
    // While the server works on one, the next is made ready; never more than that.
    return Flux.fromIterable(batches)
        .publishOn(scheduler, 1)
        .map(batch -> ready(transaction, batch, rows).doOnNext(a -> result.add(batch, a)))
        .concatMap(statement -> statement, 1)
        .then(Mono.fromSupplier(result::rowSet));
  }

  private Mono<RowSet> send(Engine on, Batch batch, List<@Nullable Object[]> rows) {
    return Mono.defer(() -> ready(on, batch, rows));
  }

  /** A statement with its arguments encoded. What is wrong with them is told in its turn. */
  private Mono<RowSet> ready(Engine on, Batch batch, List<@Nullable Object[]> rows) {
    Mono<RowSet> statement;
    try {
      statement = on.run(query(batch));
    } catch (RuntimeException wrong) {
      statement = Mono.error(wrong);
    }
    return statement.onErrorMap(
        WrongArguments.class, wrong -> WrongRecord.of(table, batch, rows, wrong));
  }

  private Query<RowSet> query(Batch batch) {
    OnConflict conflict = target == null ? null : target.conflict();
    return batch.query(table, conflict, onUpdate, returning);
  }

  /**
   * Puts the rows of several statements into one order; of those for one slot the last stays, and
   * they count once. Where a statement returns fewer rows than it was given (ignored conflicts, a
   * trigger that leaves rows out) they close up.
   */
  private static final class Result {
    private final @Nullable Row[] rows;
    private long affected;

    Result(int slots, long again) {
      this.rows = new @Nullable Row[slots];
      this.affected = -again;
    }

    void add(Batch batch, RowSet answer) {
      affected += answer.affected();
      for (int i = 0; i < answer.rows().size() && rows.length > 0; i++) {
        rows[batch.slots().get(i)] = answer.rows().get(i);
      }
    }

    RowSet rowSet() {
      List<Row> present = new ArrayList<>(rows.length);
      Arrays.stream(rows).filter(Objects::nonNull).forEach(present::add);
      return RowSet.of(present, Math.max(affected, 0));
    }
  }
}
