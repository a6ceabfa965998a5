package dev.howdah.internal.driver;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.util.ReferenceCountUtil;
import io.r2dbc.postgresql.message.frontend.FrontendMessage;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;

/** A chunk of a copy as one CopyData message, in the form that goes to the socket. */
final class CopyChunk implements FrontendMessage {
  private static final int LENGTH = 4;

  private final AtomicReference<@Nullable ByteBuf> message;
  private final int size;

  private CopyChunk(ByteBuf message) {
    this.message = new AtomicReference<>(message);
    this.size = message.readableBytes();
  }

  /** Copies the bytes. */
  static CopyChunk of(ByteBuffer bytes, ByteBufAllocator allocator) {
    int length = LENGTH + bytes.remaining();
    return new CopyChunk(
        allocator
            .ioBuffer(1 + length)
            .writeByte('d')
            .writeInt(length)
            .writeBytes(bytes.duplicate()));
  }

  @Override
  public Publisher<ByteBuf> encode(ByteBufAllocator allocator) {
    return Mono.fromSupplier(() -> message.getAndSet(null));
  }

  /** It will not be sent. */
  void release() {
    ReferenceCountUtil.release(message.getAndSet(null));
  }

  /** The size alone: the driver prints its messages when it is asked to debug. */
  @Override
  public String toString() {
    return "CopyChunk[" + size + " bytes]";
  }
}
