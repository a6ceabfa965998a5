package dev.howdah.config;

/** How much TLS a connection asks for, with libpq's names and meaning. */
public enum SslMode implements Labelled {
  /** Never TLS. */
  DISABLE("disable"),
  /** Plain first, TLS if the server insists. */
  ALLOW("allow"),
  /** TLS first, plain if the server has none; the default. Protects from nobody who is active. */
  PREFER("prefer"),
  /** TLS or nothing; the certificate is verified only when a root certificate file is there. */
  REQUIRE("require"),
  /** TLS, and the certificate must come from a trusted authority. */
  VERIFY_CA("verify-ca"),
  /** TLS, a trusted authority, and the certificate must name the host; the only safe mode. */
  VERIFY_FULL("verify-full");

  private final String label;

  SslMode(String label) {
    this.label = label;
  }

  /** Returns libpq's name of it. */
  @Override
  public String label() {
    return label;
  }

  /** Returns whether a connection without TLS is refused. */
  public boolean demandsTls() {
    return compareTo(REQUIRE) >= 0;
  }

  /** Returns whether the server's certificate is always verified. */
  public boolean verifies() {
    return compareTo(VERIFY_CA) >= 0;
  }
}
