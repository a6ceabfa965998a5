package dev.howdah.error;

import org.jspecify.annotations.Nullable;

/**
 * Where the server's report came from.
 *
 * @param sql the whole statement as it was sent
 * @param parameters its arguments in the form they may be shown in, or null where they may not
 * @param connection the connection's tag
 * @param login whether it was the connection itself that was refused
 */
record Origin(
    @Nullable String sql,
    @Nullable String parameters,
    @Nullable String connection,
    boolean login) {}
