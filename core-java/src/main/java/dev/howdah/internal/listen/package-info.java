/**
 * LISTEN: many listeners over one connection outside the pool, which is replaced when it is lost.
 *
 * <p>May import {@code internal.driver} (its ports), {@code config}, {@code schema}, {@code
 * observe} and {@code error}; Reactor.
 */
@NullMarked
package dev.howdah.internal.listen;

import org.jspecify.annotations.NullMarked;
