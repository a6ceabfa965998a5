package dev.howdah.testing;

import dev.howdah.testing.TcpProxy.Direction;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** One client's connection through a {@link TcpProxy}; used by the proxy's thread alone. */
final class ProxiedConnection {
  private static final int CHUNK = 64 * 1024;
  private static final int MOST_CHUNKS = 64;

  private final SocketChannel client;
  private final SocketChannel server;
  private final Selector selector;
  private final NetworkState state;
  private final List<Way> ways;
  private final boolean late;
  private boolean forgotten;
  private boolean held;
  private boolean closed;

  private ProxiedConnection(
      SocketChannel client, SocketChannel server, Selector selector, NetworkState state) {
    this.client = client;
    this.server = server;
    this.selector = selector;
    this.state = state;
    this.late = state.isHoldingNew();
    this.ways =
        List.of(
            new Way(Direction.TO_SERVER, client, server),
            new Way(Direction.TO_CLIENT, server, client));
  }

  /** Bytes on their way, and when they may arrive. */
  private record Chunk(ByteBuffer bytes, long due) {}

  /** One of the two ways of this connection. */
  private static final class Way {
    final Direction direction;
    final SocketChannel from;
    final SocketChannel to;
    final Deque<Chunk> waiting = new ArrayDeque<>();
    boolean sourceEnded;
    boolean ended;

    Way(Direction direction, SocketChannel from, SocketChannel to) {
      this.direction = direction;
      this.from = from;
      this.to = to;
    }
  }

  static ProxiedConnection open(
      SocketChannel client, InetSocketAddress address, Selector selector, NetworkState state)
      throws IOException {
    SocketChannel server = SocketChannel.open();
    ProxiedConnection connection = new ProxiedConnection(client, server, selector, state);
    client.configureBlocking(false);
    server.configureBlocking(false);
    client.setOption(StandardSocketOptions.TCP_NODELAY, true);
    server.setOption(StandardSocketOptions.TCP_NODELAY, true);
    try {
      server.connect(address);
    } catch (IOException e) {
      connection.cut(); // what a client sees when there is nobody
    }
    return connection;
  }

  boolean isClosed() {
    return closed;
  }

  /** Moves as many bytes as can be moved now, and asks to be woken for the rest. */
  void move() {
    if (closed) {
      return;
    }
    try {
      if (server.isConnectionPending() && !server.finishConnect()) {
        server.register(selector, SelectionKey.OP_CONNECT);
        client.register(selector, 0);
        return;
      }
      for (Way way : ways) {
        read(way);
        write(way);
      }
      if (ways.stream().allMatch(way -> way.ended)) {
        close();
      } else {
        client.register(selector, interest(client));
        server.register(selector, interest(server));
      }
    } catch (IOException e) {
      cut(); // one end broke; the other is to see the same
    }
  }

  /** The time until the next waiting bytes may arrive; the largest number if none wait for time. */
  long nanosToNextDue(long now) {
    long nanos = Long.MAX_VALUE;
    for (Way way : ways) {
      Chunk first = way.waiting.peek();
      if (!closed && first != null && !isPaused(way) && first.due > now) {
        nanos = Math.min(nanos, first.due - now);
      }
    }
    return nanos;
  }

  /** Swallows whatever comes from now on, both ways. */
  void forget() {
    forgotten = true;
  }

  /** Takes bytes and passes none on, both ways, while this holds. */
  void hold(boolean hold) {
    held = hold;
  }

  private boolean isPaused(Way way) {
    return held || state.isPaused(way.direction) || (late && state.isHoldingNew());
  }

  private boolean isSwallowing() {
    return forgotten || state.isSwallowing();
  }

  /** No more bytes this way, whatever the sender does. */
  void end(Direction direction) {
    for (Way way : ways) {
      if (way.direction == direction && !way.ended && !closed) {
        way.waiting.clear();
        shutdown(way);
      }
    }
  }

  void cut() {
    for (SocketChannel channel : List.of(client, server)) {
      if (channel.isOpen()) {
        try {
          channel.setOption(StandardSocketOptions.SO_LINGER, 0);
        } catch (IOException e) {
          throw new IllegalStateException(e);
        }
      }
    }
    close();
  }

  void close() {
    closed = true;
    for (SocketChannel channel : List.of(client, server)) {
      try {
        channel.close();
      } catch (IOException e) {
        throw new IllegalStateException(e);
      }
    }
    try {
      selector.selectNow(); // only now does the system close the sockets
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private void read(Way way) throws IOException {
    while (wantsToRead(way)) {
      ByteBuffer bytes = ByteBuffer.allocate(CHUNK);
      int count = way.from.read(bytes);
      if (count < 0) {
        way.sourceEnded = true;
      } else if (count == 0) {
        return;
      } else {
        state.count(way.direction, count);
        if (!isSwallowing() && !way.ended) {
          way.waiting.add(new Chunk(bytes.flip(), System.nanoTime() + state.delayNanos()));
        }
      }
    }
  }

  private void write(Way way) throws IOException {
    while (wantsToWrite(way)) {
      Chunk first = way.waiting.getFirst();
      way.to.write(first.bytes);
      if (first.bytes.hasRemaining()) {
        return; // the receiver is slow
      }
      way.waiting.removeFirst();
    }
    if (way.sourceEnded
        && way.waiting.isEmpty()
        && !way.ended
        && !isPaused(way)
        && !isSwallowing()) {
      shutdown(way);
    }
  }

  private boolean wantsToRead(Way way) {
    return !way.sourceEnded && !state.isPaused(way.direction) && way.waiting.size() < MOST_CHUNKS;
  }

  private boolean wantsToWrite(Way way) {
    Chunk first = way.waiting.peek();
    return first != null && !isPaused(way) && !isSwallowing() && first.due - System.nanoTime() <= 0;
  }

  private int interest(SocketChannel channel) {
    int interest = 0;
    for (Way way : ways) {
      if (way.from == channel && wantsToRead(way)) {
        interest |= SelectionKey.OP_READ;
      }
      if (way.to == channel && wantsToWrite(way)) {
        interest |= SelectionKey.OP_WRITE;
      }
    }
    return interest;
  }

  private static void shutdown(Way way) {
    way.ended = true;
    try {
      way.to.shutdownOutput();
    } catch (IOException e) {
      way.sourceEnded = true; // gone already
    }
  }
}
