/**
 * How to connect and how to behave: URLs, options, credentials and their defaults, as values.
 *
 * <p>May import {@code observe}, {@code row} and {@code error} only.
 */
@NullMarked
package dev.howdah.config;

import org.jspecify.annotations.NullMarked;
