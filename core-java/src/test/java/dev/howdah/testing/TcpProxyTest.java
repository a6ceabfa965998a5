package dev.howdah.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.howdah.testing.TcpProxy.Direction;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TcpProxyTest {
  private static final int BYTES = 8 * 1024 * 1024;

  private final ServerSocket listener = listen();
  private final TcpProxy proxy = TcpProxy.to("127.0.0.1", listener.getLocalPort());
  private Socket client = new Socket();
  private Socket server = new Socket();

  @BeforeEach
  void connect() throws IOException {
    client = new Socket(proxy.host(), proxy.port());
    server = listener.accept();
    client.setSoTimeout(10_000);
    server.setSoTimeout(10_000);
  }

  @AfterEach
  void close() throws IOException {
    client.close();
    server.close();
    proxy.close();
    listener.close();
  }

  @Test
  void passesBytesOnBothWays() throws IOException {
    send(client, "hello");
    assertThat(read(server, 5)).isEqualTo("hello");
    send(server, "answer");
    assertThat(read(client, 6)).isEqualTo("answer");
    assertThat(proxy.bytes(Direction.TO_SERVER)).isEqualTo(5);
    assertThat(proxy.bytes(Direction.TO_CLIENT)).isEqualTo(6);
    assertThat(proxy.connections()).isEqualTo(1);
    assertThat(proxy.accepted()).isEqualTo(1);
  }

  @Test
  void passesMuchOnToASlowReceiver() throws IOException {
    byte[] much = new byte[BYTES];
    for (int i = 0; i < much.length; i++) {
      much[i] = (byte) (i * 31);
    }
    CompletableFuture<?> sending =
        CompletableFuture.runAsync(
            () -> {
              try {
                client.getOutputStream().write(much);
              } catch (IOException e) {
                throw new IllegalStateException(e);
              }
            });

    assertThat(server.getInputStream().readNBytes(BYTES)).isEqualTo(much);
    sending.join();
  }

  @Test
  void holdsBytesBackWhilePaused() throws IOException {
    proxy.pause(Direction.TO_CLIENT);
    send(client, "a");
    assertThat(read(server, 1)).isEqualTo("a");
    send(server, "b");
    proxy.pause();
    send(client, "c");
    // Orders are done one after another, so whatever could have moved has moved.
    assertThat(proxy.connections()).isEqualTo(1);
    assertThat(server.getInputStream().available()).isZero();
    assertThat(client.getInputStream().available()).isZero();

    proxy.resume();

    assertThat(read(server, 1)).isEqualTo("c");
    assertThat(read(client, 1)).isEqualTo("b");
  }

  @Test
  void swallowsBytesInABlackHole() throws IOException {
    proxy.blackHole();
    send(client, "lost");
    Eventually.require(
        "the bytes arrive at the proxy", () -> proxy.bytes(Direction.TO_SERVER) == 4);
    assertThat(server.getInputStream().available()).isZero();
    client.shutdownOutput();
    assertThat(proxy.connections()).isEqualTo(1);
  }

  @Test
  void forgetsOpenConnectionsAndServesNewOnes() throws IOException {
    proxy.forgetConnections();
    send(client, "lost");
    Eventually.require(
        "the bytes arrive at the proxy", () -> proxy.bytes(Direction.TO_SERVER) == 4);
    try (Socket next = new Socket(proxy.host(), proxy.port());
        Socket nextServer = listener.accept()) {
      send(next, "next");
      assertThat(read(nextServer, 4)).isEqualTo("next");
    }
    assertThat(server.getInputStream().available()).isZero();
  }

  @Test
  void holdsNewConnectionsBackWhileOpenOnesGoOn() throws IOException {
    proxy.pauseNew();
    try (Socket next = new Socket(proxy.host(), proxy.port());
        Socket nextServer = listener.accept()) {
      send(next, "next");
      send(client, "open");
      assertThat(read(server, 4)).isEqualTo("open");
      assertThat(proxy.connections()).isEqualTo(2);
      assertThat(nextServer.getInputStream().available()).isZero();

      proxy.resume();

      assertThat(read(nextServer, 4)).isEqualTo("next");
    }
  }

  @Test
  void holdsOpenConnectionsBackWhileNewOnesGoOn() throws IOException {
    proxy.pauseOpen();
    try (Socket next = new Socket(proxy.host(), proxy.port());
        Socket nextServer = listener.accept()) {
      send(client, "open");
      send(next, "next");
      assertThat(read(nextServer, 4)).isEqualTo("next");
      assertThat(proxy.connections()).isEqualTo(2);
      assertThat(server.getInputStream().available()).isZero();

      proxy.resume();

      assertThat(read(server, 4)).isEqualTo("open");
    }
  }

  @Test
  void delaysBytes() throws IOException {
    proxy.latency(Duration.ofMillis(50));
    long start = System.nanoTime();
    send(client, "late");

    assertThat(read(server, 4)).isEqualTo("late");
    assertThat(Duration.ofNanos(System.nanoTime() - start))
        .isGreaterThanOrEqualTo(Duration.ofMillis(50));
  }

  @Test
  void cutsConnectionsWithAReset() {
    proxy.cutConnections();

    assertThatThrownBy(() -> read(client, 1)).isInstanceOf(SocketException.class);
    assertThatThrownBy(() -> read(server, 1)).isInstanceOf(SocketException.class);
    assertThat(proxy.connections()).isZero();
  }

  @Test
  void closesConnectionsInOrder() throws IOException {
    proxy.closeConnections();

    assertThat(client.getInputStream().read()).isEqualTo(-1);
    assertThat(server.getInputStream().read()).isEqualTo(-1);
  }

  @Test
  void passesTheEndOfOneDirectionOn() throws IOException {
    send(client, "last");
    client.shutdownOutput();
    assertThat(new String(server.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
        .isEqualTo("last");
    send(server, "still here");
    assertThat(read(client, 10)).isEqualTo("still here");
    server.close();
    assertThat(client.getInputStream().read()).isEqualTo(-1);
    Eventually.require("the connection is gone", () -> proxy.connections() == 0);
  }

  @Test
  void endsOneDirectionByItself() throws IOException {
    proxy.halfClose(Direction.TO_CLIENT);

    assertThat(client.getInputStream().read()).isEqualTo(-1);
    send(client, "heard");
    assertThat(read(server, 5)).isEqualTo("heard");
  }

  @Test
  void refusesNewConnectionsAndTakesThemAgain() throws IOException {
    proxy.refuseNew();
    assertThatThrownBy(() -> new Socket(proxy.host(), proxy.port()))
        .isInstanceOf(ConnectException.class);
    send(client, "open");
    assertThat(read(server, 4)).isEqualTo("open");

    proxy.acceptNew();

    try (Socket next = new Socket(proxy.host(), proxy.port());
        Socket nextServer = listener.accept()) {
      send(next, "next");
      assertThat(read(nextServer, 4)).isEqualTo("next");
    }
  }

  @Test
  void breaksConnectionsWhenThereIsNoServer() throws IOException {
    listener.close();
    try (Socket next = new Socket(proxy.host(), proxy.port())) {
      assertThatThrownBy(() -> readOrFail(next)).isInstanceOf(IOException.class);
    }
  }

  @Test
  void refusesOrdersAfterClose() {
    proxy.close();
    proxy.close();

    assertThatThrownBy(proxy::pause)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("is closed");
    assertThatThrownBy(() -> new Socket(proxy.host(), proxy.port()))
        .isInstanceOf(ConnectException.class);
  }

  private static ServerSocket listen() {
    try {
      return new ServerSocket(0, 50, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void send(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String read(Socket socket, int length) throws IOException {
    return new String(socket.getInputStream().readNBytes(length), StandardCharsets.UTF_8);
  }

  private static void readOrFail(Socket socket) throws IOException {
    if (socket.getInputStream().read() == -1) {
      throw new IOException("closed");
    }
  }
}
