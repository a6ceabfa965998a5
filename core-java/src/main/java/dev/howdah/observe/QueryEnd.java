package dev.howdah.observe;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How one run of a statement ended; an immutable value.
 *
 * @param rows rows changed, or returned by a statement that reads; 0 for one that failed
 * @param took from the call to the end, all waiting included
 * @param waited the part of {@code took} before the statement had a connection to itself
 * @param connection the backend and where it is, {@code 4711 (db.example:5432/shop)}; null when the
 *     statement never got a connection
 * @param members how many calls travelled in the same statement, this one among them; 1 when it
 *     went alone
 */
public record QueryEnd(
    long rows, Duration took, Duration waited, @Nullable String connection, int members) {}
