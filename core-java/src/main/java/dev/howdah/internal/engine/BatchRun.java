package dev.howdah.internal.engine;

import dev.howdah.error.ClientException.WrongArguments;
import dev.howdah.internal.driver.Batch;
import dev.howdah.internal.driver.BatchFailure;
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
 * <p>The elements are pulled and encoded a portion at a time, the next one while the one before is
 * on its way. When the first portion is all there is, it is sent as one message, which the server
 * makes one transaction; more than that goes in a transaction, or a savepoint, around all.
 */
final class BatchRun {
  /** Small, so that a short list is not waited for; whether there are more decides what is sent. */
  private static final int FIRST_PORTION = 128;

  private static final int LARGEST_PORTION = 1_024;

  /** What is aimed at for a portion's arguments: enough to hide a round trip, little memory. */
  private static final int PORTION_BYTES = 256 * 1024;

  private final ManyQuery query;
  private final Elements elements;
  private final Codecs codecs;
  private final List<Row> rows = new ArrayList<>();
  private long affected;
  private long pulled;
  private int size = FIRST_PORTION;

  BatchRun(ManyQuery query, Elements elements, Codecs codecs) {
    this.query = query;
    this.elements = elements;
    this.codecs = codecs;
  }

  /** Sends one portion. */
  interface Sender extends Function<Batch, Mono<List<RowSet>>> {}

  /** Runs it with a sender inside a transaction. */
  interface Together extends Function<Function<Sender, Mono<Void>>, Mono<Void>> {}

  /** Some elements, encoded; the first of them is element {@code start}. */
  private record Portion(long start, List<List<Parameter>> rows, boolean last) {}

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
              if (first.rows().isEmpty()) {
                return Mono.empty();
              }
              return first.last()
                  ? send(first, alone)
                  : together.apply(sender -> sendAll(first, sender));
            })
        .then(Mono.fromSupplier(() -> RowSet.of(rows, affected)))
        .doFinally(end -> elements.stop());
  }

  /** Round by round, and not one inside of the other: a portion that is sent is let go. */
  private Mono<Void> sendAll(Portion first, Sender sender) {
    AtomicReference<@Nullable Portion> waiting = new AtomicReference<>(first);
    return Mono.defer(() -> sendNext(waiting, sender)).repeat(() -> waiting.get() != null).then();
  }

  private Mono<Void> sendNext(AtomicReference<@Nullable Portion> waiting, Sender sender) {
    Portion portion = waiting.getAndSet(null);
    if (portion == null || portion.rows().isEmpty()) {
      return Mono.empty();
    }
    Mono<Void> sent = send(portion, sender);
    return portion.last()
        ? sent
        : Mono.zip(sent.thenReturn(true), next())
            .doOnNext(both -> waiting.set(both.getT2()))
            .then();
  }

  private Mono<Void> send(Portion portion, Sender sender) {
    return sender
        .apply(new Batch(query.parsed().plainText(), portion.rows(), query.wantsRows()))
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
        .map(portion -> encoded(portion, wanted))
        .onErrorMap(this::pullFailed);
  }

  private Throwable pullFailed(Throwable failure) {
    if (!(failure instanceof WrongArguments)) {
      failure.addSuppressed(noted("was pulling behind element " + (pulled - 1)));
    }
    return failure;
  }

  private Portion encoded(List<?> portion, int wanted) {
    long start = pulled;
    List<List<Parameter>> encoded = new ArrayList<>(portion.size());
    long bytes = 0;
    for (Object element : portion) {
      List<Parameter> row = Commands.parameters(query, element, pulled, codecs);
      for (Parameter parameter : row) {
        byte[] value = parameter.bytes();
        bytes += value == null ? 0 : value.length;
      }
      encoded.add(row);
      pulled++;
    }
    size = nextSize(encoded.size(), bytes);
    return new Portion(start, encoded, encoded.size() < wanted);
  }

  /** As many elements as the ones before suggest will have the bytes that are aimed at. */
  private static int nextSize(int count, long bytes) {
    long each = count == 0 ? 1 : Math.max(1, bytes / count);
    return (int) Math.max(1, Math.min(LARGEST_PORTION, PORTION_BYTES / each));
  }
}
