package dev.howdah.internal.driver;

import dev.howdah.internal.type.ParameterEncoder.Parameter;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Writes messages one behind the other. The portal is the unnamed one. */
final class WireWriter {
  /** The statement without a name. */
  static final byte[] UNNAMED = {};

  private static final int TEXT = 0;
  private static final int BINARY = 1;
  private static final int NULL = -1;

  private final ByteBuf out;

  WireWriter(ByteBuf out) {
    this.out = out;
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** Prepares a statement. */
  void parse(byte[] name, byte[] sql, int... types) {
    int start = begin('P');
    text(name);
    text(sql);
    out.writeShort(types.length);
    for (int type : types) {
      out.writeInt(type);
    }
    end(start);
  }

  /** Asks what a prepared statement takes and answers. */
  void describe(byte[] name) {
    int start = begin('D');
    out.writeByte('S');
    text(name);
    end(start);
  }

  /** One or several statements without arguments, by the simple protocol. */
  void query(byte[] sql) {
    int start = begin('Q');
    text(sql);
    end(start);
  }

  void bind(byte[] statement, List<Parameter> parameters) {
    int start = begin('B');
    out.writeByte(0);
    text(statement);
    out.writeShort(parameters.size());
    for (Parameter parameter : parameters) {
      out.writeShort(parameter.binary() ? BINARY : TEXT);
    }
    out.writeShort(parameters.size());
    for (Parameter parameter : parameters) {
      byte[] bytes = parameter.bytes();
      if (bytes == null) {
        out.writeInt(NULL);
      } else {
        out.writeInt(bytes.length);
        out.writeBytes(bytes);
      }
    }
    out.writeShort(0);
    end(start);
  }

  void execute() {
    int start = begin('E');
    out.writeByte(0);
    out.writeInt(0);
    end(start);
  }

  /** Closes a prepared statement; no error when there is none. */
  void close(byte[] statement) {
    int start = begin('C');
    out.writeByte('S');
    text(statement);
    end(start);
  }

  void sync() {
    end(begin('S'));
  }

  private void text(byte[] text) {
    out.writeBytes(text);
    out.writeByte(0);
  }

  private int begin(char type) {
    out.writeByte(type);
    int start = out.writerIndex();
    out.writeInt(0);
    return start;
  }

  private void end(int start) {
    out.setInt(start, out.writerIndex() - start);
  }
}
