package dev.howdah.internal.driver;

import io.netty.util.ReferenceCountUtil;
import io.r2dbc.postgresql.client.Client;
import io.r2dbc.postgresql.message.backend.BackendMessage;
import io.r2dbc.postgresql.message.backend.ErrorResponse;
import io.r2dbc.postgresql.message.backend.ParameterDescription;
import io.r2dbc.postgresql.message.backend.ReadyForQuery;
import io.r2dbc.postgresql.message.backend.RowDescription;
import io.r2dbc.postgresql.message.frontend.CompositeFrontendMessage;
import io.r2dbc.postgresql.message.frontend.Describe;
import io.r2dbc.postgresql.message.frontend.ExecutionType;
import io.r2dbc.postgresql.message.frontend.Parse;
import io.r2dbc.postgresql.message.frontend.Sync;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;

/** Asks what a statement takes and answers, without running it; by the unnamed statement. */
final class DescribeConversation extends Conversation<Described>
    implements CoreSubscriber<BackendMessage> {
  private final Client messages;
  private List<Integer> parameterTypes = List.of();
  private @Nullable RowDescription rows;
  private @Nullable Throwable failure;

  DescribeConversation(
      Command command, Client messages, R2dbcConnection connection, MonoSink<Described> caller) {
    super(command, connection, caller);
    this.messages = messages;
  }

  @Override
  void start() {
    Command command = command();
    int[] announced = command.parameters().stream().mapToInt(p -> p.oid()).toArray();
    messages
        .exchange(
            ReadyForQuery.class::isInstance,
            Mono.just(
                new CompositeFrontendMessage(
                    new Parse(Parse.UNNAMED_STATEMENT, announced, command.sql()),
                    new Describe(Parse.UNNAMED_STATEMENT, ExecutionType.STATEMENT),
                    Sync.INSTANCE)))
        .subscribe(this);
  }

  @Override
  public void onSubscribe(Subscription subscription) {
    subscription.request(Long.MAX_VALUE);
  }

  @Override
  public void onNext(BackendMessage message) {
    try {
      if (message instanceof ParameterDescription parameters) {
        parameterTypes = List.copyOf(parameters.getParameters());
      } else if (message instanceof RowDescription description) {
        rows = description;
      } else if (message instanceof ErrorResponse error && failure == null) {
        failure = new WireError(error);
      }
    } finally {
      ReferenceCountUtil.release(message);
    }
  }

  @Override
  public void onError(Throwable broken) {
    end(failure == null ? broken : failure, this::described);
  }

  @Override
  public void onComplete() {
    end(failure, this::described);
  }

  private Described described() {
    return new Described(parameterTypes, WireRows.columns(rows));
  }
}
