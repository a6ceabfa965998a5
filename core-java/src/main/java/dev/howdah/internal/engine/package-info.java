/**
 * The engine: runs values on connections, and is the only place that knows waiting.
 *
 * <p>May import {@code internal.driver} (its ports), {@code internal.type} and all value packages
 * but {@code model} and {@code migration}; Reactor.
 */
@NullMarked
package dev.howdah.internal.engine;

import org.jspecify.annotations.NullMarked;
