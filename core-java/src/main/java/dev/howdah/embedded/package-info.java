/**
 * A real PostgreSQL server started by this JVM, for tests, tours and first steps. May import {@code
 * config} and {@code error}; unpacking uses Commons Compress and XZ for Java, both optional.
 *
 * <p>Nothing in here is meant for data that must survive: the server runs without {@code fsync} and
 * its data folder is removed at the end, also when the JVM is killed.
 */
@NullMarked
package dev.howdah.embedded;

import org.jspecify.annotations.NullMarked;
