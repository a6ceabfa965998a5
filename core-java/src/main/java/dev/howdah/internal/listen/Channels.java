package dev.howdah.internal.listen;

import dev.howdah.error.ClientException.WrongArguments;
import dev.howdah.schema.Identifiers;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** What the server takes as a channel and as a payload; anything else is refused here. */
public final class Channels {
  /** The server refuses 8,000 bytes and more, in its default configuration. */
  private static final int MAX_PAYLOAD_BYTES = 7_999;

  private Channels() {}

  /**
   * The same channel.
   *
   * @throws WrongArguments when it cannot be one
   */
  public static String checked(String verb, @Nullable String channel) {
    if (channel == null) {
      throw new WrongArguments(verb + " needs a channel, it was given null");
    }
    return Identifiers.check(channel, "channel");
  }

  /**
   * The same payload.
   *
   * @throws WrongArguments when it cannot be one; the message does not show it
   */
  public static String checkedPayload(@Nullable String payload) {
    if (payload == null) {
      throw new WrongArguments("notify was given null as its payload; an empty text sends none");
    }
    if (payload.indexOf('\0') >= 0) {
      throw new WrongArguments(
          "the payload holds a NUL character, which PostgreSQL cannot take; remove it");
    }
    if (payload.length() > MAX_PAYLOAD_BYTES / 3) {
      int bytes = payload.getBytes(StandardCharsets.UTF_8).length;
      if (bytes > MAX_PAYLOAD_BYTES) {
        throw new WrongArguments(
            "the payload is "
                + bytes
                + " bytes long in UTF-8, PostgreSQL takes "
                + MAX_PAYLOAD_BYTES
                + "; store it in a table and send its key");
      }
    }
    return payload;
  }
}
