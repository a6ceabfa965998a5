/**
 * Tables by name: what {@code DatabaseManager} does, as a core whose verbs return {@code Mono}.
 *
 * <p>May import {@code internal.engine}, {@code config}, {@code query}, {@code schema}, {@code
 * row}, {@code error} and Reactor.
 */
@NullMarked
package dev.howdah.internal.tables;

import org.jspecify.annotations.NullMarked;
