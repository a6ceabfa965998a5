package dev.howdah.internal.engine;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.howdah.config.DatabaseOptions;
import dev.howdah.error.ClientException.Unsupported;
import dev.howdah.internal.driver.CopyCommand;
import dev.howdah.internal.driver.DriverConnection;
import dev.howdah.internal.type.Codecs;
import dev.howdah.internal.type.TypeCatalog;
import java.lang.reflect.Proxy;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

/** A driver that does not let us at its messages: said in words, before anything is pulled. */
class CopyWithoutMessagesTest {
  private static final CopyCommand COPY = new CopyCommand("COPY t", "COPY t");

  /** Knows nothing but that it has no messages; anything else that is asked of it fails. */
  private static HeldConnection withoutMessages() {
    DriverConnection bare =
        (DriverConnection)
            Proxy.newProxyInstance(
                DriverConnection.class.getClassLoader(),
                new Class<?>[] {DriverConnection.class},
                (proxy, method, arguments) -> {
                  if (method.getName().equals("hasMessages")) {
                    return false;
                  }
                  if (method.getName().equals("settle")) {
                    return Mono.empty();
                  }
                  if (method.getName().equals("hear")) {
                    return null;
                  }
                  throw new AssertionError(method + " was called");
                });
    TypeCatalog types = new TypeCatalog(Codecs.NONE);
    return new HeldConnection(
        bare, new Sessions(DatabaseOptions.builder().build(), Hooks.NONE, null, null, types));
  }

  @Test
  void copiesAreUnsupportedInWords() {
    HeldConnection held = withoutMessages();
    assertThatThrownBy(() -> held.copyIn(COPY, Mono::never, false).block())
        .isInstanceOf(Unsupported.class)
        .hasMessageContaining("copyIn needs the messages")
        .hasMessageContaining("executeMany or stream");
    assertThatThrownBy(() -> held.copyOut(COPY, chunk -> Mono.empty(), false).block())
        .isInstanceOf(Unsupported.class)
        .hasMessageContaining("copyOut needs the messages");
  }
}
