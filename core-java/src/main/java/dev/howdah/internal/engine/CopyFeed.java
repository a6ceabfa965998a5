package dev.howdah.internal.engine;

import dev.howdah.query.CopySql;

/**
 * A copy that is ready to be sent.
 *
 * @param statement the statement
 * @param chunks its data
 */
public record CopyFeed(CopySql statement, Chunks chunks) {}
