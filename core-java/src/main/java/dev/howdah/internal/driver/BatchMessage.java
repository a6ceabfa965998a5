package dev.howdah.internal.driver;

import dev.howdah.internal.type.ParameterEncoder.Parameter;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.r2dbc.postgresql.message.frontend.FrontendMessage;
import java.util.List;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;

/**
 * A whole batch as bytes: Parse, then Bind and Execute for each row, and one Sync. All by the
 * unnamed statement and portal, which the driver does not use for anything it keeps.
 *
 * <p>Rows of other types than the ones before them (a null tells no type) get a Parse of their own.
 */
final class BatchMessage implements FrontendMessage {

  private final Batch batch;

  BatchMessage(Batch batch) {
    this.batch = batch;
  }

  @Override
  public Publisher<ByteBuf> encode(ByteBufAllocator allocator) {
    return Mono.fromSupplier(() -> encoded(allocator));
  }

  private ByteBuf encoded(ByteBufAllocator allocator) {
    ByteBuf out = allocator.buffer();
    WireWriter writer = new WireWriter(out);
    byte[] sql = WireWriter.bytes(batch.sql());
    int[] types = null;
    List<List<Parameter>> rows = batch.rows();
    for (int i = 0; i < rows.size(); i++) {
      List<Parameter> row = rows.get(i);
      if (types == null || !fits(row, types)) {
        types = types(i);
        writer.parse(WireWriter.UNNAMED, sql, types);
        writer.describe(WireWriter.UNNAMED);
      }
      writer.bind(WireWriter.UNNAMED, row);
      writer.execute();
    }
    writer.sync();
    return out;
  }

  /** The types of a row, and where it holds null those of the rows behind it. */
  private int[] types(int from) {
    List<List<Parameter>> rows = batch.rows();
    int[] types = new int[rows.get(from).size()];
    int unknown = types.length;
    for (int i = from; i < rows.size() && unknown > 0; i++) {
      List<Parameter> row = rows.get(i);
      if (!fits(row, types)) {
        break;
      }
      unknown = 0;
      for (int p = 0; p < types.length; p++) {
        if (types[p] == 0) {
          types[p] = row.get(p).oid();
          unknown += row.get(p).bytes() == null ? 1 : 0;
        }
      }
    }
    return types;
  }

  private static boolean fits(List<Parameter> row, int[] types) {
    for (int p = 0; p < types.length; p++) {
      Parameter parameter = row.get(p);
      if (parameter.bytes() != null && types[p] != 0 && parameter.oid() != types[p]) {
        return false;
      }
    }
    return true;
  }
}
