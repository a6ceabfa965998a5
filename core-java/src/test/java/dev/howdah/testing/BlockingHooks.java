package dev.howdah.testing;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Connection hooks, waiting; see {@link BlockingQueries}.
 *
 * @param init as the hook of that name; null for none
 * @param setup as the hook of that name; null for none
 * @param reset as the hook of that name; null for none
 */
public record BlockingHooks(
    @Nullable Consumer<BlockingConnection> init,
    @Nullable Consumer<BlockingConnection> setup,
    @Nullable Consumer<BlockingConnection> reset) {

  /** No hook. */
  public static BlockingHooks none() {
    return new BlockingHooks(null, null, null);
  }

  /** One hook. */
  public static BlockingHooks init(Consumer<BlockingConnection> hook) {
    return new BlockingHooks(hook, null, null);
  }

  /** One hook. */
  public static BlockingHooks setup(Consumer<BlockingConnection> hook) {
    return new BlockingHooks(null, hook, null);
  }

  /** One hook. */
  public static BlockingHooks reset(Consumer<BlockingConnection> hook) {
    return new BlockingHooks(null, null, hook);
  }
}
