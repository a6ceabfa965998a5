/**
 * Seeing what happens: listeners, their events and the pool's figures.
 *
 * <p>May import {@code error}.
 */
@NullMarked
package dev.howdah.observe;

import org.jspecify.annotations.NullMarked;
