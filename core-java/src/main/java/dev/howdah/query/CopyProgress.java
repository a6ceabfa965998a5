package dev.howdah.query;

/**
 * How far a copy has come.
 *
 * @param bytes how many bytes have been handed over
 * @param rows how many rows; where only the server can count them, as in bytes that a program
 *     brings or gets, 0 until the end
 */
public record CopyProgress(long bytes, long rows) {}
