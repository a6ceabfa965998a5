package dev.howdah.testing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A network between client and server that can be made to fail: paused, slow, cut, half closed,
 * refusing.
 *
 * <p>Safe for any thread; one thread of its own does all the work. When a method returns, what it
 * says has happened, at this end of the network.
 */
public final class TcpProxy implements AutoCloseable {
  /** One of the two ways that bytes take. */
  public enum Direction {
    TO_SERVER,
    TO_CLIENT
  }

  private static final InetAddress HOST = InetAddress.getLoopbackAddress();
  private static final long ORDER_SECONDS = 10;

  private final InetSocketAddress server;
  private final int port;
  private final Selector selector;
  private final Queue<Runnable> orders = new ConcurrentLinkedQueue<>();
  private final List<ProxiedConnection> connections = new ArrayList<>();
  private final NetworkState state = new NetworkState();
  private final AtomicLong accepted = new AtomicLong();
  private final Thread thread;

  private @Nullable ServerSocketChannel listener;
  private volatile boolean closed;

  private TcpProxy(InetSocketAddress server) throws IOException {
    this.server = server;
    selector = Selector.open();
    listener = listen(0);
    port = ((InetSocketAddress) listener.getLocalAddress()).getPort();
    thread = new Thread(this::run, "tcp-proxy-" + port);
    thread.setDaemon(true);
    thread.start();
  }

  /** Opens a proxy on a free port of this machine, in front of this server. */
  public static TcpProxy to(String host, int port) {
    try {
      return new TcpProxy(new InetSocketAddress(host, port));
    } catch (IOException e) {
      throw new IllegalStateException("No proxy to " + host + ":" + port, e);
    }
  }

  /** Opens a proxy in front of the server of this database. */
  public static TcpProxy to(TestDatabase database) {
    return to(database.host(), database.port());
  }

  /** The address clients connect to instead of the server's. */
  public String host() {
    return HOST.getHostAddress();
  }

  /** The port clients connect to instead of the server's. */
  public int port() {
    return port;
  }

  /** How many connections are open now. */
  public int connections() {
    int[] count = new int[1];
    order(
        () -> {
          connections.removeIf(ProxiedConnection::isClosed);
          count[0] = connections.size();
        });
    return count[0];
  }

  /** How many connections there have been. */
  public long accepted() {
    return accepted.get();
  }

  /** How many bytes have come for this direction, passed on or not. */
  public long bytes(Direction direction) {
    return state.bytes(direction);
  }

  /** Passes nothing on, both ways, until {@link #resume()}; connections stay open, bytes wait. */
  public void pause() {
    order(() -> state.pauseAll(true));
  }

  /** Passes nothing on this way until {@link #resume()}; bytes wait. */
  public void pause(Direction direction) {
    order(() -> state.pause(direction));
  }

  /** Passes nothing on for the connections that are open now until {@link #resume()}. */
  public void pauseOpen() {
    each(connection -> connection.hold(true));
  }

  /** Takes new connections and passes nothing on for them until {@link #resume()}; bytes wait. */
  public void pauseNew() {
    order(state::holdNew);
  }

  /** Passes on what waited and all that comes. */
  public void resume() {
    order(
        () -> {
          state.pauseAll(false);
          connections.forEach(connection -> connection.hold(false));
        });
  }

  /** Swallows all bytes that come from now on, both ways, for good: a network that lost its way. */
  public void blackHole() {
    order(state::swallow);
  }

  /**
   * Swallows all bytes of the connections that are open now, for good, and serves new ones: a
   * firewall that forgot them.
   */
  public void forgetConnections() {
    each(ProxiedConnection::forget);
  }

  /** Lets every byte take this much longer, each way; zero ends it. */
  public void latency(Duration oneWay) {
    order(() -> state.delay(oneWay));
  }

  /** Breaks all connections at once, as a failing machine does (both ends see a reset). */
  public void cutConnections() {
    each(ProxiedConnection::cut);
  }

  /** Closes all connections in order, both ways, dropping what is still on its way. */
  public void closeConnections() {
    each(ProxiedConnection::close);
  }

  /** Tells the receiver of this direction on all connections that no more will come. */
  public void halfClose(Direction direction) {
    each(connection -> connection.end(direction));
  }

  /** Refuses new connections until {@link #acceptNew()}; open ones stay. */
  public void refuseNew() {
    order(
        () -> {
          close(listener);
          listener = null;
        });
  }

  /** Takes new connections again, on the same port. */
  public void acceptNew() {
    order(
        () -> {
          if (listener == null) {
            try {
              listener = listen(port);
            } catch (IOException e) {
              throw new IllegalStateException("port " + port + " was taken meanwhile", e);
            }
          }
        });
  }

  /** Breaks all connections and ends the thread; nothing to do if that is done. */
  @Override
  public void close() {
    closed = true;
    selector.wakeup();
    try {
      thread.join(TimeUnit.SECONDS.toMillis(ORDER_SECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Where it listens and leads to. */
  @Override
  public String toString() {
    return "TcpProxy[" + port + " to " + server + "]";
  }

  private void each(Consumer<ProxiedConnection> action) {
    order(() -> List.copyOf(connections).forEach(action));
  }

  /** Lets the proxy's thread do something and waits until it has. */
  private void order(Runnable action) {
    CompletableFuture<@Nullable Void> done = new CompletableFuture<>();
    orders.add(
        () -> {
          try {
            action.run();
            done.complete(null);
          } catch (RuntimeException e) {
            done.completeExceptionally(e);
          }
        });
    selector.wakeup();
    if (closed) {
      throw new IllegalStateException(this + " is closed");
    }
    done.orTimeout(ORDER_SECONDS, TimeUnit.SECONDS).join();
  }

  private void run() {
    try (selector) {
      while (!closed) {
        // Closing a channel uses up a wake-up call, so look for orders before sleeping.
        if (orders.isEmpty()) {
          selector.select(millisToNextDue());
        } else {
          selector.selectNow();
        }
        for (Runnable order = orders.poll(); order != null; order = orders.poll()) {
          order.run();
        }
        for (SelectionKey key : List.copyOf(selector.selectedKeys())) {
          if (key.isValid() && key.isAcceptable()) {
            accept((ServerSocketChannel) key.channel());
          }
        }
        selector.selectedKeys().clear();
        // A handful of connections: asking each is simpler than telling whose turn it is.
        connections.forEach(ProxiedConnection::move);
        connections.removeIf(ProxiedConnection::isClosed);
      }
      connections.forEach(ProxiedConnection::cut);
    } catch (IOException e) {
      connections.forEach(ProxiedConnection::cut);
      throw new IllegalStateException("the proxy broke", e);
    } finally {
      close(listener);
    }
  }

  private void accept(ServerSocketChannel from) throws IOException {
    SocketChannel client = from.accept();
    if (client != null) {
      accepted.incrementAndGet();
      connections.add(ProxiedConnection.open(client, server, selector, state));
    }
  }

  private long millisToNextDue() {
    long now = System.nanoTime();
    long nanos = Long.MAX_VALUE;
    for (ProxiedConnection connection : connections) {
      nanos = Math.min(nanos, connection.nanosToNextDue(now));
    }
    if (nanos == Long.MAX_VALUE) {
      return 0; // forever
    }
    return Math.max(1, TimeUnit.NANOSECONDS.toMillis(nanos));
  }

  private ServerSocketChannel listen(int wanted) throws IOException {
    ServerSocketChannel channel = ServerSocketChannel.open();
    channel.bind(new InetSocketAddress(HOST, wanted));
    channel.configureBlocking(false);
    channel.register(selector, SelectionKey.OP_ACCEPT);
    return channel;
  }

  private void close(@Nullable ServerSocketChannel channel) {
    if (channel != null) {
      try {
        channel.close();
        if (selector.isOpen()) {
          selector.selectNow(); // only now does the system close the socket
        }
      } catch (IOException e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
