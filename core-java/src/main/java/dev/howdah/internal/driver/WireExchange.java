package dev.howdah.internal.driver;

import dev.howdah.error.SqlState;
import dev.howdah.internal.driver.StatementCache.Prepared;
import dev.howdah.internal.type.Codecs;
import io.netty.buffer.ByteBuf;
import io.r2dbc.postgresql.client.Client;
import io.r2dbc.postgresql.message.backend.BackendMessage;
import io.r2dbc.postgresql.message.backend.CommandComplete;
import io.r2dbc.postgresql.message.backend.DataRow;
import io.r2dbc.postgresql.message.backend.NoData;
import io.r2dbc.postgresql.message.backend.RowDescription;
import io.r2dbc.postgresql.message.frontend.FrontendMessage;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;

/**
 * One command by way of the driver's messages: one message out, and with arguments a statement that
 * stays prepared, whose columns are known from its first run.
 *
 * <p>The driver's own statements do the same with several times the objects, read each cell through
 * a look-up, and describe and close a portal every time.
 */
final class WireExchange<T> extends WireConversation<T> {
  /** What a server says of a statement that it has, or no longer has, under a name of ours. */
  private static final Set<String> STALE =
      Set.of(SqlState.FEATURE_NOT_SUPPORTED, SqlState.INVALID_SQL_STATEMENT_NAME);

  private final Answer<T> answer;
  private final StatementCache statements;
  private final Codecs codecs;
  private boolean known;
  private String name = "";
  private boolean again;
  private boolean begun;

  /** How many statements of ours before it have not been answered. */
  private int before;

  private @Nullable WireCells cells;
  private long affected;

  WireExchange(
      Command command,
      Answer<T> answer,
      Client messages,
      StatementCache statements,
      Codecs codecs,
      R2dbcConnection connection,
      MonoSink<T> caller) {
    super(command, messages, connection, caller);
    this.answer = answer;
    this.statements = statements;
    this.codecs = codecs;
  }

  /** As long as BEGIN has not been answered it is what fails. */
  @Override
  Command failing() {
    String begin = command().begin();
    return before > 0 && begin != null ? Command.of(begin) : command();
  }

  @Override
  void start() {
    if (!isSimple()) {
      prepare();
    }
    FrontendMessage message = allocator -> Mono.fromSupplier(() -> encoded(allocator.buffer()));
    send(message);
  }

  /** Without arguments it may be several statements, which only the simple protocol takes. */
  private boolean isSimple() {
    return command().parameters().isEmpty();
  }

  private void prepare() {
    Prepared prepared = statements.find(command());
    known = prepared != null;
    if (prepared != null) {
      name = prepared.name();
      cells = new WireCells(prepared.columns(), codecs);
    } else {
      name = statements.nextName();
    }
  }

  private ByteBuf encoded(ByteBuf out) {
    WireWriter writer = new WireWriter(out);
    if (isSimple()) {
      writer.query(WireWriter.bytes(command().sql()));
      return out;
    }
    for (String unwanted : statements.takeUnwanted()) {
      writer.close(WireWriter.bytes(unwanted));
    }
    String begin = command().begin();
    if (begin != null) {
      if (again) {
        before(writer, "ROLLBACK");
      }
      before(writer, begin);
    }
    byte[] statement = WireWriter.bytes(name);
    if (!known) {
      writer.parse(statement, WireWriter.bytes(command().sql()), StatementCache.types(command()));
      writer.describe(statement);
    }
    writer.bind(statement, command().parameters());
    writer.execute();
    writer.sync();
    return out;
  }

  /** Begins or ends a transaction before the statement. */
  private void before(WireWriter writer, String sql) {
    before++;
    writer.parse(WireWriter.UNNAMED, WireWriter.bytes(sql));
    writer.bind(WireWriter.UNNAMED, List.of());
    writer.execute();
  }

  @Override
  void read(BackendMessage message) {
    if (message instanceof DataRow row) {
      begun = true;
      WireCells reader = cells;
      if (reader != null && failure() == null && !isAbandoned()) {
        answer.add(reader.at(row));
      }
    } else if (message instanceof CommandComplete complete) {
      before = Math.max(0, before - 1);
      affected += rows(complete);
    } else if (message instanceof RowDescription description) {
      described(description);
    } else if (message instanceof NoData) {
      prepared(null);
    } else {
      super.read(message);
    }
  }

  private void described(RowDescription description) {
    if (isSimple()) {
      cells = new WireCells(WireCells.columns(description), codecs);
    } else {
      prepared(description);
    }
  }

  private void prepared(@Nullable RowDescription description) {
    Prepared prepared = new Prepared(name, WireCells.columns(description));
    statements.add(command(), prepared);
    cells = new WireCells(prepared.columns(), codecs);
  }

  @Override
  public void onComplete() {
    if (known && before == 0 && isStale()) {
      statements.forget(command());
      boolean nothingHappened =
          !begun && (command().begin() != null || !connection().inTransaction());
      if (nothingHappened && !again && !isAbandoned()) {
        // Or nothing but a BEGIN, and nobody need hear of it.
        again = true;
        forgetFailure();
        start();
        return;
      }
    }
    super.onComplete();
  }

  private boolean isStale() {
    return failure() instanceof WireError error
        && STALE.contains(error.getErrorDetails().getCode());
  }

  @Override
  T whole() {
    return answer.whole(affected);
  }
}
