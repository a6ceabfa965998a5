/**
 * Tables and columns as values: what is to be created, and what a live table is known to have.
 *
 * <p>May import {@code error}.
 */
@NullMarked
package dev.howdah.schema;

import org.jspecify.annotations.NullMarked;
