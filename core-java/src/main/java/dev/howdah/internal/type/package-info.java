/**
 * PostgreSQL's text and binary forms of values, and the Java values they stand for. Imports {@code
 * row} and {@code error}; no Netty, no R2DBC, no Reactor.
 *
 * <p>Results come as text and are read by {@link dev.howdah.internal.type.TextDecoder}; parameters
 * are written by {@link dev.howdah.internal.type.ParameterEncoder}, as text with a type OID of our
 * choice except {@code byte[]}, which goes binary. Everything here is stateless and safe to use
 * from any thread.
 */
@NullMarked
package dev.howdah.internal.type;

import org.jspecify.annotations.NullMarked;
