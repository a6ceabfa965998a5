package dev.howdah.internal.driver;

import io.netty.util.ReferenceCountUtil;
import io.r2dbc.postgresql.api.ErrorDetails;
import io.r2dbc.postgresql.client.Client;
import io.r2dbc.postgresql.message.backend.BackendMessage;
import io.r2dbc.postgresql.message.backend.CommandComplete;
import io.r2dbc.postgresql.message.backend.ErrorResponse;
import io.r2dbc.postgresql.message.backend.NoticeResponse;
import io.r2dbc.postgresql.message.backend.ReadyForQuery;
import io.r2dbc.postgresql.message.frontend.FrontendMessage;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;

/**
 * A conversation by the driver's messages: reads them up to ReadyForQuery, lets go of each, hands
 * notices on and keeps the first failure. What is sent, and what becomes of the answer, is left to
 * those below.
 *
 * @param <T> what its caller gets
 */
abstract class WireConversation<T> extends Conversation<T>
    implements CoreSubscriber<BackendMessage> {
  private final Client messages;
  private @Nullable Throwable failure;

  WireConversation(
      Command command, Client messages, R2dbcConnection connection, MonoSink<T> caller) {
    super(command, connection, caller);
    this.messages = messages;
  }

  final Client messages() {
    return messages;
  }

  /** Sends one message, and reads what comes. */
  final void send(FrontendMessage message) {
    exchange(Mono.just(message));
  }

  /** Sends, and reads what comes. */
  final void exchange(Publisher<FrontendMessage> sent) {
    messages.exchange(ReadyForQuery.class::isInstance, sent).subscribe(this);
  }

  /** The first failure so far. */
  final @Nullable Throwable failure() {
    return failure;
  }

  /** What failed counts when the answer has ended, and only the first time. */
  final void fail(Throwable problem) {
    if (failure == null) {
      failure = problem;
    }
  }

  /** As if nothing had been sent yet. */
  final void forgetFailure() {
    failure = null;
  }

  @Override
  public void onSubscribe(Subscription subscription) {
    subscription.request(Long.MAX_VALUE);
  }

  @Override
  public void onNext(BackendMessage message) {
    try {
      read(message);
    } catch (RuntimeException unreadable) {
      // Kept until the answer has ended: throwing here would cancel the driver half way.
      fail(unreadable);
    } finally {
      ReferenceCountUtil.release(message);
    }
  }

  /** Takes in one message, which is released after that; the rest is for {@code super}. */
  void read(BackendMessage message) {
    if (message instanceof NoticeResponse notice) {
      noticed(new ErrorDetails(notice.getFields()));
    } else if (message instanceof ErrorResponse error) {
      error(error);
    }
  }

  /** The server gives up what it was asked for. */
  void error(ErrorResponse error) {
    fail(new WireError(error));
  }

  /** The number in a command tag. */
  static long rows(CommandComplete complete) {
    Long rows = complete.getRows();
    return rows == null ? 0 : rows;
  }

  @Override
  public void onError(Throwable broken) {
    fail(broken);
    end(failure);
  }

  @Override
  public void onComplete() {
    end(failure);
  }
}
