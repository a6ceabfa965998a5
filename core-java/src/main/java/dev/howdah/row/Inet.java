package dev.howdah.row;

import dev.howdah.error.ClientException.MappingFailure;
import dev.howdah.error.ClientException.WrongArguments;
import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/**
 * A value of PostgreSQL's {@code inet}: the address of a host, IPv4 or IPv6, with the length of its
 * network's prefix.
 *
 * <p>It knows bytes only and never asks a name server. Immutable and safe to use from any thread.
 */
public final class Inet {
  private final IpAddress ip;

  private Inet(IpAddress ip) {
    this.ip = ip;
  }

  /**
   * The address of one host, without a network.
   *
   * @throws WrongArguments if it has an IPv6 scope, which {@code inet} has no place for
   */
  public static Inet of(InetAddress address) {
    return of(address, IpAddress.bits(address));
  }

  /**
   * An address in the network of that prefix.
   *
   * @throws WrongArguments if the prefix is longer than the address, or it has an IPv6 scope
   */
  public static Inet of(InetAddress address, int prefix) {
    return new Inet(IpAddress.of(address, prefix));
  }

  /**
   * Reads {@code 10.0.0.1}, {@code 10.0.0.1/8} or {@code 2001:db8::1/64}; never a host's name.
   *
   * @throws MappingFailure if the text is no address; the message does not show it
   */
  public static Inet parse(String text) {
    return new Inet(IpAddress.parse(text));
  }

  /** The address, always of this value's version: {@code ::ffff:1.2.3.4} stays IPv6. */
  public InetAddress address() {
    return ip.address();
  }

  /** How many bits the network has; 32 or 128 for a single host. */
  public int prefix() {
    return ip.prefix();
  }

  /** Whether the prefix covers the whole address, so that nothing but the address is said. */
  public boolean isSingleHost() {
    return ip.isSingle();
  }

  /** The network the address is in. */
  public Cidr network() {
    return Cidr.of(ip.network());
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Inet that && ip.equals(that.ip);
  }

  @Override
  public int hashCode() {
    return ip.hashCode();
  }

  /** As PostgreSQL prints it: the prefix only where it is shorter than the address. */
  @Override
  public String toString() {
    return ip.isSingle() ? ip.text() : ip.text() + "/" + ip.prefix();
  }
}
