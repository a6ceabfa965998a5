package dev.howdah.config;

/** Whether the password proof is tied to the TLS channel, as libpq's {@code channel_binding}. */
public enum ChannelBinding implements Labelled {
  /** Never. */
  DISABLE("disable"),
  /** When TLS and the server offer it; the default. */
  PREFER("prefer"),
  /** Always, else the connection is refused. */
  REQUIRE("require");

  private final String label;

  ChannelBinding(String label) {
    this.label = label;
  }

  /** Returns libpq's name of it. */
  @Override
  public String label() {
    return label;
  }
}
