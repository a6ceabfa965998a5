package dev.howdah.internal.driver;

import dev.howdah.internal.type.Codecs;
import dev.howdah.internal.type.ParameterEncoder.Parameter;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.r2dbc.postgresql.client.EncodedParameter;
import io.r2dbc.postgresql.codec.Codec;
import io.r2dbc.postgresql.codec.CodecMetadata;
import io.r2dbc.postgresql.codec.PostgresTypeIdentifier;
import io.r2dbc.postgresql.codec.PostgresqlObjectId;
import io.r2dbc.postgresql.message.Format;
import java.util.EnumSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Takes encoding and decoding away from the driver: every value that passes is ours.
 *
 * <p>The driver's own codecs throw on a numeric NaN, look an {@code inet} up in DNS, and cannot
 * bind a list; asked for {@code Object}, which nobody but us does, this one answers for all types.
 * It lists the types too: the driver's cache of codecs prefers those that do.
 */
final class ValueCodec implements Codec<Object>, CodecMetadata {
  private final Codecs codecs;

  /**
   * @param codecs the user's own, whose types are left as text here
   */
  ValueCodec(Codecs codecs) {
    this.codecs = codecs;
  }

  @Override
  public boolean canDecode(int dataType, Format format, Class<?> type) {
    return type == Object.class && format == Format.FORMAT_TEXT;
  }

  @Override
  public @Nullable Object decode(
      @Nullable ByteBuf buffer, int dataType, Format format, Class<?> type) {
    if (buffer == null) {
      return null;
    }
    int length = buffer.readableBytes();
    if (buffer.hasArray()) {
      return codecs.decode(
          dataType, buffer.array(), buffer.arrayOffset() + buffer.readerIndex(), length);
    }
    byte[] bytes = new byte[length];
    buffer.getBytes(buffer.readerIndex(), bytes);
    return codecs.decode(dataType, bytes, 0, length);
  }

  @Override
  public Class<?> type() {
    return Object.class;
  }

  @Override
  public Iterable<? extends PostgresTypeIdentifier> getDataTypes() {
    return EnumSet.allOf(PostgresqlObjectId.class);
  }

  @Override
  public Iterable<Format> getFormats() {
    return List.of(Format.FORMAT_TEXT);
  }

  @Override
  public boolean canEncode(Object value) {
    return value instanceof Parameter;
  }

  @Override
  public EncodedParameter encode(Object value) {
    Parameter parameter = (Parameter) value;
    byte[] bytes = parameter.bytes();
    if (bytes == null) {
      return new EncodedParameter(Format.FORMAT_TEXT, parameter.oid(), EncodedParameter.NULL_VALUE);
    }
    Format format = parameter.binary() ? Format.FORMAT_BINARY : Format.FORMAT_TEXT;
    return new EncodedParameter(
        format, parameter.oid(), Mono.fromSupplier(() -> Unpooled.wrappedBuffer(bytes)));
  }

  @Override
  public EncodedParameter encode(Object value, int dataType) {
    return encode(value);
  }

  @Override
  public boolean canEncodeNull(Class<?> type) {
    return false;
  }

  @Override
  public EncodedParameter encodeNull() {
    throw new UnsupportedOperationException("null travels as a Parameter");
  }
}
