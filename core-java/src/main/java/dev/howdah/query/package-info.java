/**
 * Queries as values: what is to be asked, written down, not yet sent.
 *
 * <p>May import {@code row}, {@code schema} and {@code error}.
 */
@NullMarked
package dev.howdah.query;

import org.jspecify.annotations.NullMarked;
