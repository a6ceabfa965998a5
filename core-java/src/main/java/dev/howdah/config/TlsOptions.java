package dev.howdah.config;

import dev.howdah.error.ClientException.InvalidOption;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * How connections are encrypted and who vouches for whom, with libpq's names and meaning.
 *
 * <p>An immutable value, safe for any thread; the key's password is never printed. Null means that
 * nobody said so yet: the URL, the service file and the environment may, then the default stands.
 * Files are looked at when the options are resolved, before a connection is tried.
 *
 * @param givenMode the mode somebody asked for; read it with {@link #mode()}
 * @param rootCertificate PEM file of the authorities to trust, or {@link #SYSTEM_ROOTS}
 * @param certificate PEM file of our own certificate
 * @param key PEM file of its private key
 * @param keyPassword what opens the private key
 * @param givenNegotiation how TLS begins, if somebody said so; read it with {@link #negotiation()}
 * @param givenChannelBinding whether the password proof is tied to TLS, if somebody said so; read
 *     it with {@link #channelBinding()}
 */
public record TlsOptions(
    @Nullable SslMode givenMode,
    @Nullable Path rootCertificate,
    @Nullable Path certificate,
    @Nullable Path key,
    @Nullable String keyPassword,
    @Nullable SslNegotiation givenNegotiation,
    @Nullable ChannelBinding givenChannelBinding) {

  /**
   * Stands for the authorities this Java trusts, as {@code sslrootcert=system}; a file of that name
   * is written {@code ./system}.
   */
  public static final Path SYSTEM_ROOTS = Path.of("system");

  private static final TlsOptions DEFAULTS =
      new TlsOptions(null, null, null, null, null, null, null);

  /**
   * Checks what can be checked without looking at files.
   *
   * @throws InvalidOption if the mode is too weak for what else is asked
   */
  public TlsOptions {
    if (givenMode != null) {
      checkTogether(givenMode, rootCertificate, givenNegotiation, givenChannelBinding);
    }
  }

  /** Returns the defaults: {@link SslMode#PREFER}, no certificates. */
  public static TlsOptions defaults() {
    return DEFAULTS;
  }

  /** Returns the mode asked for, else {@code prefer} ({@code verify-full} with system roots). */
  public SslMode mode() {
    if (givenMode != null) {
      return givenMode;
    }
    return usesSystemRoots() ? SslMode.VERIFY_FULL : SslMode.PREFER;
  }

  /**
   * Returns what the connection has to do: as {@link #mode()}, but {@code require} verifies like
   * {@code verify-ca} once a root certificate is there, as it does in libpq.
   */
  public SslMode effectiveMode() {
    return mode() == SslMode.REQUIRE && rootCertificate != null ? SslMode.VERIFY_CA : mode();
  }

  /** Returns how TLS begins: what was said, else {@link SslNegotiation#POSTGRES}. */
  public SslNegotiation negotiation() {
    return givenNegotiation == null ? SslNegotiation.POSTGRES : givenNegotiation;
  }

  /** Returns whether the password proof is tied to TLS: what was said, else when possible. */
  public ChannelBinding channelBinding() {
    return givenChannelBinding == null ? ChannelBinding.PREFER : givenChannelBinding;
  }

  /** Returns whether the authorities this Java trusts are to be used. */
  public boolean usesSystemRoots() {
    return SYSTEM_ROOTS.equals(rootCertificate);
  }

  /** Returns these options with another mode. */
  public TlsOptions withMode(SslMode mode) {
    return new TlsOptions(
        mode,
        rootCertificate,
        certificate,
        key,
        keyPassword,
        givenNegotiation,
        givenChannelBinding);
  }

  /** Returns these options trusting the authorities in a PEM file, or {@link #SYSTEM_ROOTS}. */
  public TlsOptions withRootCertificate(@Nullable Path rootCertificate) {
    return new TlsOptions(
        givenMode,
        rootCertificate,
        certificate,
        key,
        keyPassword,
        givenNegotiation,
        givenChannelBinding);
  }

  /** Returns these options with a client certificate and its private key, both PEM files. */
  public TlsOptions withCertificate(@Nullable Path certificate, @Nullable Path key) {
    return new TlsOptions(
        givenMode,
        rootCertificate,
        certificate,
        key,
        keyPassword,
        givenNegotiation,
        givenChannelBinding);
  }

  /** Returns these options with the password of the private key. */
  public TlsOptions withKeyPassword(@Nullable String keyPassword) {
    return new TlsOptions(
        givenMode,
        rootCertificate,
        certificate,
        key,
        keyPassword,
        givenNegotiation,
        givenChannelBinding);
  }

  /** Returns these options with another beginning of TLS. */
  public TlsOptions withNegotiation(SslNegotiation negotiation) {
    return new TlsOptions(
        givenMode,
        rootCertificate,
        certificate,
        key,
        keyPassword,
        negotiation,
        givenChannelBinding);
  }

  /** Returns these options with channel binding forbidden, preferred or demanded. */
  public TlsOptions withChannelBinding(ChannelBinding channelBinding) {
    return new TlsOptions(
        givenMode,
        rootCertificate,
        certificate,
        key,
        keyPassword,
        givenNegotiation,
        channelBinding);
  }

  private static void checkTogether(
      SslMode mode,
      @Nullable Path rootCertificate,
      @Nullable SslNegotiation negotiation,
      @Nullable ChannelBinding channelBinding) {
    if (SYSTEM_ROOTS.equals(rootCertificate) && mode != SslMode.VERIFY_FULL) {
      throw new InvalidOption(
          "sslmode "
              + mode.label()
              + " is too weak for sslrootcert=system, where anybody can get a certificate: use"
              + " verify-full");
    }
    if (negotiation == SslNegotiation.DIRECT && !mode.demandsTls()) {
      throw new InvalidOption(
          "sslmode "
              + mode.label()
              + " may fall back to a plain connection, which sslnegotiation=direct cannot: use"
              + " require, verify-ca or verify-full");
    }
    if (channelBinding == ChannelBinding.REQUIRE && mode == SslMode.DISABLE) {
      throw new InvalidOption(
          "channel_binding=require needs TLS, but sslmode is disable: use require, verify-ca or"
              + " verify-full");
    }
  }

  @Override
  public String toString() {
    return "TlsOptions[mode="
        + mode().label()
        + ", rootCertificate="
        + rootCertificate
        + ", certificate="
        + certificate
        + ", key="
        + key
        + ", keyPassword="
        + (keyPassword == null ? null : "***")
        + ", negotiation="
        + negotiation().label()
        + ", channelBinding="
        + channelBinding().label()
        + "]";
  }
}
