package dev.howdah;

import dev.howdah.config.TransactionOptions;
import dev.howdah.internal.engine.Engine;
import dev.howdah.internal.engine.Retries;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** Begin, the caller's work, end: the brackets of a transaction and of a held connection. */
final class Bracket {
  private Bracket() {}

  /** Runs the work in a transaction; the future completes after COMMIT. */
  static <T extends @Nullable Object> CompletableFuture<T> transaction(
      Engine engine,
      TransactionOptions options,
      Executor executor,
      Function<Engine.Scope, ? extends CompletionStage<T>> work) {
    Mono<Result<T>> once =
        engine.inTransaction(options, scope -> caller(() -> work.apply(scope), executor));
    return Handoff.of(retried(once, options), executor, Result::value);
  }

  /** Runs the work with a held connection; the future completes when it has gone back. */
  static <T extends @Nullable Object> CompletableFuture<T> connection(
      Engine.Pool engine,
      Executor executor,
      Function<Connection, ? extends CompletionStage<T>> work) {
    Mono<Result<T>> held =
        Mono.usingWhen(
            engine.lease(),
            lease -> caller(() -> work.apply(new Connection(lease, executor)), executor),
            Engine.Lease::giveBack);
    return Handoff.of(held, executor, Result::value);
  }

  /** Runs a step of the caller's that has no result. */
  static Mono<Void> step(Supplier<? extends @Nullable CompletionStage<?>> step, Executor executor) {
    return caller(
            () -> {
              CompletionStage<?> stage = step.get();
              return stage == null ? null : stage.thenApply(Object.class::cast);
            },
            executor)
        .then();
  }

  /** What a block gave, which may be null; Reactor knows no null. */
  private record Result<T extends @Nullable Object>(T value) {}

  private interface Block<T extends @Nullable Object> {
    @Nullable CompletionStage<T> start();
  }

  /** The caller's code never runs on an event loop. */
  private static <T extends @Nullable Object> Mono<Result<T>> caller(
      Block<T> block, Executor executor) {
    Scheduler scheduler = Schedulers.fromExecutor(executor);
    return Mono.fromFuture(() -> started(block)).subscribeOn(scheduler);
  }

  /** Whatever the block throws is its failure, also what Reactor would take for the JVM's end. */
  private static <T extends @Nullable Object> CompletableFuture<Result<T>> started(Block<T> block) {
    try {
      CompletionStage<T> stage = block.start();
      if (stage == null) {
        throw new NullPointerException(
            "the block returned null; it must return a future, completed or not");
      }
      return stage.<Result<T>>thenApply(Result::new).toCompletableFuture();
    } catch (Throwable thrown) {
      return CompletableFuture.failedFuture(thrown);
    }
  }

  private static <T> Mono<T> retried(Mono<T> block, TransactionOptions options) {
    return options.retries() == 0 ? block : attempt(block, options, 1);
  }

  private static <T> Mono<T> attempt(Mono<T> block, TransactionOptions options, int tries) {
    return block.onErrorResume(
        failure -> {
          Duration pause = Retries.pause(options, tries, failure);
          return pause == null
              ? Mono.error(failure)
              : paused(pause).then(attempt(block, options, tries + 1));
        });
  }

  /** On the JDK's own timer: Reactor's would start threads that outlive the database. */
  private static Mono<Void> paused(Duration pause) {
    return Mono.fromFuture(
        () ->
            CompletableFuture.runAsync(
                () -> {},
                CompletableFuture.delayedExecutor(pause.toMillis(), TimeUnit.MILLISECONDS)));
  }
}
