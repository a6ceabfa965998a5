package dev.howdah;

import dev.howdah.internal.engine.Elements;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** A caller's iterable or publisher as the engine pulls from it. */
final class ElementSource {
  private ElementSource() {}

  /** Pulled on the executor. */
  static Elements of(String verb, Iterable<?> elements, Executor executor) {
    Arguments.given(verb, "elements", elements);
    return new Pulled(elements, Schedulers.fromExecutor(executor));
  }

  /** Asked for as many as are wanted next. */
  static Elements of(String verb, Flow.Publisher<?> elements) {
    Arguments.given(verb, "elements", elements);
    return new Published(elements);
  }

  private static final class Pulled implements Elements {
    private final Iterable<?> source;
    private final Scheduler scheduler;
    private @Nullable Iterator<?> iterator;

    Pulled(Iterable<?> source, Scheduler scheduler) {
      this.source = source;
      this.scheduler = scheduler;
    }

    @Override
    public Mono<List<?>> next(int most) {
      return Mono.<List<?>>fromCallable(() -> pull(most)).subscribeOn(scheduler);
    }

    private List<?> pull(int most) {
      Iterator<?> from = iterator;
      if (from == null) {
        from = source.iterator();
        iterator = from;
      }
      List<@Nullable Object> pulled = new ArrayList<>();
      while (pulled.size() < most && from.hasNext()) {
        pulled.add(from.next());
      }
      return pulled;
    }
  }

  private static final class Published implements Elements, Flow.Subscriber<Object> {
    private final Flow.Publisher<?> source;
    private Flow.@Nullable Subscription subscription;
    private @Nullable MonoSink<List<?>> waiting;
    private List<Object> collected = new ArrayList<>();
    private int wanted;
    private boolean done;
    private @Nullable Throwable failure;

    Published(Flow.Publisher<?> source) {
      this.source = source;
    }

    @Override
    public Mono<List<?>> next(int most) {
      return Mono.create(
          sink -> {
            Flow.Subscription now;
            synchronized (this) {
              waiting = sink;
              wanted = most;
              now = subscription;
            }
            if (now == null) {
              source.subscribe(this);
            } else {
              now.request(most);
              answer();
            }
          });
    }

    @Override
    public void stop() {
      Flow.Subscription now;
      synchronized (this) {
        // Not as if this were its end: what is under way would keep the part that has come.
        done = true;
        failure = new CancellationException("no more elements are wanted");
        now = subscription;
      }
      if (now != null) {
        now.cancel();
      }
    }

    @Override
    public void onSubscribe(Flow.Subscription given) {
      int first;
      synchronized (this) {
        subscription = given;
        first = wanted;
      }
      given.request(first);
    }

    @Override
    public void onNext(Object element) {
      synchronized (this) {
        collected.add(element);
      }
      answer();
    }

    @Override
    public void onError(Throwable problem) {
      synchronized (this) {
        done = true;
        failure = failure == null ? problem : failure;
      }
      answer();
    }

    @Override
    public void onComplete() {
      synchronized (this) {
        done = true;
      }
      answer();
    }

    /** Hands on what is wanted, or the rest. */
    private void answer() {
      MonoSink<List<?>> sink;
      List<Object> portion;
      Throwable problem;
      synchronized (this) {
        sink = waiting;
        if (sink == null || (!done && collected.size() < wanted)) {
          return;
        }
        waiting = null;
        portion = collected;
        collected = new ArrayList<>();
        problem = failure;
      }
      if (problem == null) {
        sink.success(portion);
      } else {
        sink.error(problem);
      }
    }
  }
}
