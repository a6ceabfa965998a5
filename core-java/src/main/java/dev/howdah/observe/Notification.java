package dev.howdah.observe;

/**
 * What somebody sent with NOTIFY; an immutable value.
 *
 * @param channel the channel it was sent to
 * @param payload the text that was sent, empty when there was none
 * @param pid the server process of the session that sent it
 */
public record Notification(String channel, String payload, int pid) {}
