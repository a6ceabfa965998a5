package dev.howdah.coroutines

import dev.howdah.internal.engine.Engine
import dev.howdah.internal.engine.Hooks
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.reactor.mono
import reactor.core.publisher.Mono

/**
 * Like `ConnectionHooks` in Java: a program's own steps in the life of a pool's connections, run
 * with `Dispatchers.Default`.
 *
 * @param init makes a session ready: a new one, and one that was wiped clean since
 * @param setup before each borrower
 * @param reset after each borrower
 */
public class ConnectionHooks(
    private val init: (suspend Connection.() -> Unit)? = null,
    private val setup: (suspend Connection.() -> Unit)? = null,
    private val reset: (suspend Connection.() -> Unit)? = null,
) {
    internal fun inEngine(): Hooks = Hooks(hook(init), hook(setup), hook(reset))

    private fun hook(step: (suspend Connection.() -> Unit)?): Hooks.Hook? =
        step?.let { Hooks.Hook { lease: Engine.Lease -> run(it, lease) } }

    private fun run(step: suspend Connection.() -> Unit, lease: Engine.Lease): Mono<Void> =
        mono(Dispatchers.Default) { step(Connection(lease)) }.then()
}
