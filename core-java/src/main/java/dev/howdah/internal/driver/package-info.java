/**
 * The driver port: connections that run commands, behind names of our own; the only importer of
 * {@code io.r2dbc}.
 *
 * <p>May import {@code config}, {@code query}, {@code row}, {@code observe}, {@code error} and
 * {@code internal.type}; R2DBC, Reactor and Netty buffers.
 */
@NullMarked
package dev.howdah.internal.driver;

import org.jspecify.annotations.NullMarked;
