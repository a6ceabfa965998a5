package dev.howdah.internal.driver;

import dev.howdah.internal.type.ParameterEncoder.Parameter;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.r2dbc.postgresql.message.frontend.FrontendMessage;
import java.nio.charset.StandardCharsets;
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
  private static final int TEXT = 0;
  private static final int BINARY = 1;
  private static final int NULL = -1;

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
    byte[] sql = batch.sql().getBytes(StandardCharsets.UTF_8);
    int[] types = null;
    List<List<Parameter>> rows = batch.rows();
    for (int i = 0; i < rows.size(); i++) {
      List<Parameter> row = rows.get(i);
      if (types == null || !fits(row, types)) {
        types = types(i);
        parse(out, sql, types);
      }
      bind(out, row);
      execute(out);
    }
    int start = begin(out, 'S');
    end(out, start);
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

  private static void parse(ByteBuf out, byte[] sql, int[] types) {
    int start = begin(out, 'P');
    out.writeByte(0);
    out.writeBytes(sql);
    out.writeByte(0);
    out.writeShort(types.length);
    for (int type : types) {
      out.writeInt(type);
    }
    end(out, start);
    describe(out);
  }

  private static void describe(ByteBuf out) {
    int start = begin(out, 'D');
    out.writeByte('S');
    out.writeByte(0);
    end(out, start);
  }

  private static void bind(ByteBuf out, List<Parameter> row) {
    int start = begin(out, 'B');
    out.writeByte(0);
    out.writeByte(0);
    out.writeShort(row.size());
    for (Parameter parameter : row) {
      out.writeShort(parameter.binary() ? BINARY : TEXT);
    }
    out.writeShort(row.size());
    for (Parameter parameter : row) {
      byte[] bytes = parameter.bytes();
      if (bytes == null) {
        out.writeInt(NULL);
      } else {
        out.writeInt(bytes.length);
        out.writeBytes(bytes);
      }
    }
    out.writeShort(0);
    end(out, start);
  }

  private static void execute(ByteBuf out) {
    int start = begin(out, 'E');
    out.writeByte(0);
    out.writeInt(0);
    end(out, start);
  }

  private static int begin(ByteBuf out, char type) {
    out.writeByte(type);
    int start = out.writerIndex();
    out.writeInt(0);
    return start;
  }

  private static void end(ByteBuf out, int start) {
    out.setInt(start, out.writerIndex() - start);
  }
}
