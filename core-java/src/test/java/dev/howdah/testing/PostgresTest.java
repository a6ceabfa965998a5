package dev.howdah.testing;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Gives the tests of a class (or one test) a {@link TestDatabase} parameter: a fresh, empty
 * database for each test, the same for its {@code @BeforeEach} and {@code @AfterEach} methods.
 *
 * <p>After each test, and after its {@code @AfterEach} methods, the test fails if a connection to
 * its database is still open or a query still runs; then the database is dropped. A test that hangs
 * is given up after two minutes, so that it is named.
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
@Tag("database")
@ExtendWith(PostgresExtension.class)
@Timeout(value = 2, unit = TimeUnit.MINUTES, threadMode = ThreadMode.SEPARATE_THREAD)
public @interface PostgresTest {}
