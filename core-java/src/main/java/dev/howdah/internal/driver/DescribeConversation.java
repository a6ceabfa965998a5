package dev.howdah.internal.driver;

import io.r2dbc.postgresql.client.Client;
import io.r2dbc.postgresql.message.backend.BackendMessage;
import io.r2dbc.postgresql.message.backend.NoticeResponse;
import io.r2dbc.postgresql.message.backend.ParameterDescription;
import io.r2dbc.postgresql.message.backend.RowDescription;
import io.r2dbc.postgresql.message.frontend.CompositeFrontendMessage;
import io.r2dbc.postgresql.message.frontend.Describe;
import io.r2dbc.postgresql.message.frontend.ExecutionType;
import io.r2dbc.postgresql.message.frontend.Parse;
import io.r2dbc.postgresql.message.frontend.Sync;
import java.util.List;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.MonoSink;

/** Asks what a statement takes and answers, without running it; by the unnamed statement. */
final class DescribeConversation extends WireConversation<Described> {
  private List<Integer> parameterTypes = List.of();
  private @Nullable RowDescription rows;

  DescribeConversation(
      Command command, Client messages, R2dbcConnection connection, MonoSink<Described> caller) {
    super(command, messages, connection, caller);
  }

  @Override
  void start() {
    Command command = command();
    int[] announced = command.parameters().stream().mapToInt(p -> p.oid()).toArray();
    send(
        new CompositeFrontendMessage(
            new Parse(Parse.UNNAMED_STATEMENT, announced, command.sql()),
            new Describe(Parse.UNNAMED_STATEMENT, ExecutionType.STATEMENT),
            Sync.INSTANCE));
  }

  @Override
  void read(BackendMessage message) {
    if (message instanceof ParameterDescription parameters) {
      parameterTypes = List.copyOf(parameters.getParameters());
    } else if (message instanceof RowDescription description) {
      rows = description;
    } else if (!(message instanceof NoticeResponse)) { // which is heard when the statement runs
      super.read(message);
    }
  }

  @Override
  Described whole() {
    return new Described(parameterTypes, WireCells.columns(rows));
  }
}
