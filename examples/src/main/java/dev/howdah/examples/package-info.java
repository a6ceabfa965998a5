/**
 * The tour, and every example by name.
 *
 * <p>May import everything a user may, and nothing of {@code internal}.
 *
 * <p>Each example is one class (or one Kotlin file) that can be read from top to bottom and copied;
 * {@link dev.howdah.examples.Main} runs them.
 */
@NullMarked
package dev.howdah.examples;

import org.jspecify.annotations.NullMarked;
