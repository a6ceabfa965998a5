/**
 * The test kit: a server, a fresh database for each test, a leak check and a faulty network. May
 * import everything; servers and databases are managed without the code under test, over JDBC.
 */
@NullMarked
package dev.howdah.testing;

import org.jspecify.annotations.NullMarked;
