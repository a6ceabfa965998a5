package dev.howdah.internal.driver;

import io.r2dbc.postgresql.client.Client;
import io.r2dbc.postgresql.message.backend.ErrorResponse;
import reactor.core.publisher.MonoSink;

/** A copy on its way, in or out: its errors are about the text that may be shown. */
abstract class CopyConversation extends WireConversation<Long> {
  private final CopyCommand copy;

  CopyConversation(
      CopyCommand copy, Client messages, R2dbcConnection connection, MonoSink<Long> caller) {
    super(Command.of(copy.shown()), messages, connection, caller);
    this.copy = copy;
  }

  final CopyCommand copy() {
    return copy;
  }

  /** The server has given it up: what is still to come, from either side, is dropped. */
  abstract void givenUp();

  @Override
  final void error(ErrorResponse error) {
    fail(copy.error(error));
    givenUp();
  }
}
