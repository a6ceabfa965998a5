/**
 * Reads of one shape as one statement: whether that can be done, how, and whether it pays.
 *
 * <p>Knows no connection and waits for nothing; the engine asks and tells it.
 */
@NullMarked
package dev.howdah.internal.merge;

import org.jspecify.annotations.NullMarked;
