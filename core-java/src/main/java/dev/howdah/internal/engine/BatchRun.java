package dev.howdah.internal.engine;

import dev.howdah.error.ClientException.WrongArguments;
import dev.howdah.error.OperatorIntervention;
import dev.howdah.error.ServerException;
import dev.howdah.internal.driver.Batch;
import dev.howdah.internal.driver.BatchFailure;
import dev.howdah.internal.driver.Command;
import dev.howdah.internal.type.Codecs;
import dev.howdah.internal.type.ParameterEncoder.Parameter;
import dev.howdah.query.ManyQuery;
import dev.howdah.row.Row;
import dev.howdah.row.RowSet;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * One statement for many rows of arguments, all or nothing.
 *
 * <p>The elements are pulled and made ready a portion at a time, the next one while the one before
 * is on its way. When the first portion is all there is, it is sent as one message, which the
 * server makes one transaction; more than that goes in a transaction, or a savepoint, around all.
 *
 * <p>What follows the first portion, if it is much, may go as sets ({@link SetSender}), each in a
 * savepoint of its own. A set that fails is undone, and its elements are run one by one: they fail
 * as they would have, or do not. From then on none goes as a set.
 */
final class BatchRun {
  /** Small, so that a short list is not waited for; whether there are more decides what is sent. */
  private static final int FIRST_PORTION = 128;

  private static final int LARGEST_PORTION = 1_024;

  /** Measured: asking and the savepoint cost what some 350 rows by arrays save. */
  private static final int WORTH_ASKING = 512;

  /** What the savepoint alone is worth. */
  private static final int WORTH_A_SET = 64;

  private static final int LARGEST_SET = 4_096;

  /** What is aimed at for a portion's arguments: enough to hide a round trip, little memory. */
  private static final int PORTION_BYTES = 256 * 1024;

  private static final int SET_BYTES = 1024 * 1024;

  private final ManyQuery query;
  private final Elements elements;
  private final Codecs codecs;
  private final List<Row> rows = new ArrayList<>();
  private long affected;
  private long pulled;
  private int size = FIRST_PORTION;

  /** Null when there are no sets, from the beginning or from now on. */
  private volatile @Nullable SetSender sets;

  private @Nullable Command announced;

  /** The parameters' types, once it is known that there may be sets. */
  private volatile @Nullable List<Integer> types;

  /**
   * @param lease on what it runs
   * @param check whether it may go on, when its turn comes
   */
  BatchRun(ManyQuery query, Elements elements, LeasedEngine lease, Run run, Runnable check) {
    this.query = query;
    this.elements = elements;
    this.codecs = lease.codecs();
    this.sets = SetSender.of(query, lease, run, check);
  }

  /** Sends one portion. */
  interface Sender extends Function<Batch, Mono<List<RowSet>>> {}

  /** What is to be done with a sender inside a transaction, or a savepoint. */
  interface Work {
    /** Does it. */
    Mono<Void> on(Sender sender, Engine.Scope scope);
  }

  /** Opens a transaction, or a savepoint, around the work. */
  interface Together extends Function<Work, Mono<Void>> {}

  /**
   * All of it.
   *
   * @param alone sends a portion that is all there is
   * @param together for more than one portion
   */
  Mono<RowSet> run(Sender alone, Together together) {
    return next()
        .flatMap(
            first -> {
              if (first.isEmpty()) {
                return Mono.empty();
              }
              return first.last()
                  ? send(first, alone)
                  : together.apply((sender, scope) -> sendAll(first, sender, scope));
            })
        .then(Mono.fromSupplier(() -> RowSet.of(rows, affected)))
        .doFinally(end -> elements.stop());
  }

  /** Round by round, and not one inside of the other: a portion that is sent is let go. */
  private Mono<Void> sendAll(Portion first, Sender sender, Engine.Scope scope) {
    AtomicReference<@Nullable Portion> waiting = new AtomicReference<>(first);
    return Mono.defer(() -> sendNext(waiting, sender, scope))
        .repeat(() -> waiting.get() != null)
        .then();
  }

  private Mono<Void> sendNext(
      AtomicReference<@Nullable Portion> waiting, Sender sender, Engine.Scope scope) {
    Portion portion = waiting.getAndSet(null);
    if (portion == null || portion.isEmpty()) {
      return Mono.empty();
    }
    Mono<Void> sent = decided(portion).then(Mono.defer(() -> sendTogether(portion, sender, scope)));
    return portion.last()
        ? sent
        : Mono.zip(sent.thenReturn(true), next())
            .doOnNext(both -> waiting.set(both.getT2()))
            .then();
  }

  /**
   * Whether there are sets is asked once, when the second portion is at hand: the first has shown
   * that the statement runs, and holds its table as it is.
   */
  private Mono<Void> decided(Portion portion) {
    SetSender asked = sets;
    if (asked == null || types != null) {
      return Mono.empty();
    }
    if (portion.start() == 0) {
      announced = portion.announced(query, codecs);
      return Mono.empty();
    }
    Command alone = announced;
    if (alone == null || portion.size() < WORTH_ASKING) {
      sets = null;
      return Mono.empty();
    }
    return asked
        .types(alone)
        .doOnNext(known -> types = known)
        .doOnTerminate(() -> sets = types == null ? null : sets)
        .then();
  }

  private Mono<Void> sendTogether(Portion portion, Sender sender, Engine.Scope scope) {
    SetSender now = sets;
    List<Integer> known = types;
    if (now == null || known == null || portion.size() < WORTH_A_SET) {
      return send(portion, sender);
    }
    List<Parameter> arrays = portion.arrays(known);
    if (arrays == null) {
      sets = null;
      return send(portion, sender);
    }
    return now.send(scope, arrays)
        .doOnNext(answer -> answered(List.of(answer)))
        .then()
        .doOnError(
            failure -> !mayBeAnElements(failure),
            failure -> failure.addSuppressed(noted("was running elements " + portion.range())))
        .onErrorResume(
            BatchRun::mayBeAnElements,
            failure -> {
              sets = null;
              return send(portion, sender);
            });
  }

  /** A statement that was stopped from outside is not run again. */
  private static boolean mayBeAnElements(Throwable failure) {
    return failure instanceof ServerException && !(failure instanceof OperatorIntervention);
  }

  private Mono<Void> send(Portion portion, Sender sender) {
    return Mono.defer(
            () ->
                sender.apply(
                    new Batch(
                        query.parsed().plainText(),
                        portion.rows(query, codecs),
                        query.wantsRows())))
        .onErrorMap(BatchFailure.class, failure -> named(portion, failure))
        .doOnNext(this::answered)
        .then();
  }

  private static Throwable named(Portion portion, BatchFailure failure) {
    return failure.failure().atElement(portion.start() + failure.index());
  }

  private WrongArguments noted(String what) {
    return new WrongArguments(query.verb() + " " + what + " (from 0)");
  }

  private void answered(List<RowSet> answers) {
    for (RowSet answer : answers) {
      affected += answer.affected();
      rows.addAll(answer.rows());
    }
  }

  private Mono<Portion> next() {
    int wanted = size;
    return elements
        .next(wanted)
        .map(portion -> ready(portion, wanted))
        .onErrorMap(this::pullFailed);
  }

  private Throwable pullFailed(Throwable failure) {
    if (!(failure instanceof WrongArguments)) {
      failure.addSuppressed(noted("was pulling behind element " + (pulled - 1)));
    }
    return failure;
  }

  private Portion ready(List<?> elements, int wanted) {
    List<@Nullable Object[]> values = new ArrayList<>(elements.size());
    long start = pulled;
    for (Object element : elements) {
      values.add(query.bind(element, pulled));
      pulled++;
    }
    Portion portion = new Portion(start, values, elements.size() < wanted);
    boolean set = sets != null && portion.mayBeSet();
    List<Integer> known = types;
    if (!set || (known != null && portion.arrays(known) == null)) {
      sets = null;
    }
    if (sets == null || start == 0) {
      portion.rows(query, codecs);
    }
    long bytes = portion.bytes();
    size =
        sets == null
            ? nextSize(values.size(), bytes, LARGEST_PORTION, PORTION_BYTES)
            : nextSize(values.size(), bytes, LARGEST_SET, SET_BYTES);
    return portion;
  }

  /** As many elements as the ones before suggest will have the bytes that are aimed at. */
  private static int nextSize(int count, long bytes, int largest, int aim) {
    long each = count == 0 ? 1 : Math.max(1, bytes / count);
    return (int) Math.max(1, Math.min(largest, aim / each));
  }
}
