package dev.howdah.row;

import dev.howdah.error.ClientException.MappingFailure;
import dev.howdah.error.ClientException.WrongArguments;
import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/**
 * A value of PostgreSQL's {@code cidr}: a network, IPv4 or IPv6.
 *
 * <p>It knows bytes only and never asks a name server. Immutable and safe to use from any thread.
 */
public final class Cidr {
  private final IpAddress ip;

  private Cidr(IpAddress ip) {
    this.ip = ip;
  }

  static Cidr of(IpAddress network) {
    return new Cidr(network);
  }

  /**
   * A network by its first address and the length of its prefix.
   *
   * @throws WrongArguments if the prefix is longer than the address, the address has bits right of
   *     the prefix (take {@link Inet#network()}), or an IPv6 scope
   */
  public static Cidr of(InetAddress address, int prefix) {
    IpAddress ip = IpAddress.of(address, prefix);
    if (!ip.isNetwork()) {
      throw new WrongArguments(
          "the address has bits right of its prefix of "
              + prefix
              + ", so it is no network: use Inet, or Inet.network()");
    }
    return new Cidr(ip);
  }

  /**
   * Reads {@code 10.0.0.0/8} or {@code 2001:db8::/32}; without a prefix it is a single address.
   *
   * @throws MappingFailure if the text is no network; the message does not show it
   */
  public static Cidr parse(String text) {
    IpAddress ip = IpAddress.parse(text);
    if (!ip.isNetwork()) {
      throw new MappingFailure("a network cannot be read: it has bits right of its prefix");
    }
    return new Cidr(ip);
  }

  /** The network's first address, always of this value's version. */
  public InetAddress address() {
    return ip.address();
  }

  /** How many bits all addresses of the network share. */
  public int prefix() {
    return ip.prefix();
  }

  /** Whether an address, with all of its own network, lies in this network. */
  public boolean contains(Inet inet) {
    return ip.contains(IpAddress.of(inet.address(), inet.prefix()));
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Cidr that && ip.equals(that.ip);
  }

  @Override
  public int hashCode() {
    return 31 + ip.hashCode();
  }

  /** As PostgreSQL prints it, always with the prefix. */
  @Override
  public String toString() {
    return ip.text() + "/" + ip.prefix();
  }
}
