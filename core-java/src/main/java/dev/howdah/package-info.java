/**
 * The handles: what Java programs type, answering with {@link
 * java.util.concurrent.CompletableFuture}.
 *
 * <p>May import all packages but {@code internal.driver}.
 *
 * <p><b>Threads.</b> Handles are safe for any number of threads. A verb sends its statement at once
 * and returns. Futures complete, and rows are mapped, on the completion executor of {@link
 * dev.howdah.config.DatabaseOptions}: virtual threads where the JVM has them, the common pool
 * otherwise, never the network's event loop. So a dependent stage may block.
 *
 * <p><b>Cancelling.</b> Cancelling a verb's future, or completing it from outside in any other way
 * ({@code orTimeout} does), stops the statement on the server. A stage derived from it, by {@code
 * thenApply} for instance, is the JDK's own and does not: keep the verb's future to cancel it.
 *
 * <p><b>Failures.</b> Wrong arguments throw when a verb is called. Everything that needed the
 * server fails through the future, with a {@link dev.howdah.error.DatabaseException}.
 */
@NullMarked
package dev.howdah;

import org.jspecify.annotations.NullMarked;
