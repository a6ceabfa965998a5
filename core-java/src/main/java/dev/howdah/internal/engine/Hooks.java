package dev.howdah.internal.engine;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * A user's own steps in the life of a pooled connection, as a handle of either language gives them.
 * The lease is theirs until their {@link Mono} ends.
 *
 * @param init makes a session ready: a new one, and one that was wiped clean since
 * @param setup before each borrower
 * @param reset after each borrower
 */
public record Hooks(@Nullable Hook init, @Nullable Hook setup, @Nullable Hook reset) {
  /** None. */
  public static final Hooks NONE = new Hooks(null, null, null);

  /** One such step. */
  public interface Hook extends Function<Engine.Lease, Mono<Void>> {}
}
