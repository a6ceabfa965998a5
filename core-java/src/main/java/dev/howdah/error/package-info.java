/**
 * Every failure this library raises, as a tree that starts from SQLSTATE. Imports nothing but the
 * JDK and JSpecify.
 *
 * <p>{@link dev.howdah.error.DatabaseException} has two branches: {@link
 * dev.howdah.error.ServerException} is what PostgreSQL reported, {@link
 * dev.howdah.error.ClientException} is what this library refused or noticed by itself. The classes
 * below {@code ServerException} are generated from PostgreSQL's own table of error codes.
 */
@NullMarked
package dev.howdah.error;

import org.jspecify.annotations.NullMarked;
