package dev.howdah.config;

/** How TLS begins, as libpq's {@code sslnegotiation}. */
public enum SslNegotiation implements Labelled {
  /** PostgreSQL's own question first, then TLS; works with every server and is the default. */
  POSTGRES("postgres"),
  /** TLS at once: one round trip less, PostgreSQL 17 and later. */
  DIRECT("direct");

  private final String label;

  SslNegotiation(String label) {
    this.label = label;
  }

  /** Returns libpq's name of it. */
  @Override
  public String label() {
    return label;
  }
}
