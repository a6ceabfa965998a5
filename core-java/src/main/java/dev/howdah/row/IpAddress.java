package dev.howdah.row;

import dev.howdah.error.ClientException.MappingFailure;
import dev.howdah.error.ClientException.WrongArguments;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of an IPv4 or IPv6 address with the length of a prefix, and their text: what {@link
 * Inet} and {@link Cidr} share. Nothing here asks a name server.
 */
final class IpAddress {
  private static final int WORDS = 8;

  private final byte[] bytes;
  private final int prefix;

  private IpAddress(byte[] bytes, int prefix) {
    this.bytes = bytes;
    this.prefix = prefix;
  }

  static IpAddress of(InetAddress address, int prefix) {
    if (address instanceof Inet6Address scoped && scoped.getScopeId() != 0) {
      throw new WrongArguments(
          "PostgreSQL's inet has no place for the scope of an IPv6 address: leave it out");
    }
    byte[] bytes = address.getAddress();
    if (prefix < 0 || prefix > bytes.length * 8) {
      throw new WrongArguments(
          "the prefix of an IPv"
              + (bytes.length == 4 ? 4 : 6)
              + " address has 0 to "
              + bytes.length * 8
              + " bits, not "
              + prefix);
    }
    return new IpAddress(bytes, prefix);
  }

  static int bits(InetAddress address) {
    return address instanceof Inet4Address ? 32 : 128;
  }

  /**
   * Reads {@code 10.0.0.1}, {@code 10.0.0.0/8}, {@code 2001:db8::1/64}, {@code ::ffff:1.2.3.4}.
   *
   * @throws MappingFailure without the text
   */
  static IpAddress parse(String text) {
    int slash = text.indexOf('/');
    String address = slash < 0 ? text : text.substring(0, slash);
    byte[] bytes = address.indexOf(':') < 0 ? v4(address) : v6(address);
    if (bytes == null) {
      throw unreadable();
    }
    int prefix =
        slash < 0 ? bytes.length * 8 : number(text, slash + 1, text.length(), bytes.length * 8);
    if (prefix < 0) {
      throw unreadable();
    }
    return new IpAddress(bytes, prefix);
  }

  /** Keeps the version: the JDK's own factory makes IPv4 of ::ffff:1.2.3.4. */
  InetAddress address() {
    try {
      return bytes.length == 4
          ? InetAddress.getByAddress(bytes)
          : Inet6Address.getByAddress(null, bytes, -1);
    } catch (UnknownHostException impossible) {
      throw new AssertionError("an address of " + bytes.length + " bytes", impossible);
    }
  }

  int prefix() {
    return prefix;
  }

  boolean isSingle() {
    return prefix == bytes.length * 8;
  }

  /** Whether all bits right of the prefix are zero. */
  boolean isNetwork() {
    return Arrays.equals(bytes, network().bytes);
  }

  /** The address with the bits right of the prefix set to zero. */
  IpAddress network() {
    byte[] masked = bytes.clone();
    for (int i = 0; i < masked.length; i++) {
      int kept = Math.max(0, Math.min(8, prefix - i * 8));
      masked[i] &= (byte) (0xff << (8 - kept));
    }
    return new IpAddress(masked, prefix);
  }

  boolean contains(IpAddress other) {
    return bytes.length == other.bytes.length
        && prefix <= other.prefix
        && Arrays.equals(network().bytes, new IpAddress(other.bytes, prefix).network().bytes);
  }

  /** The address alone, as the server prints it. */
  String text() {
    return bytes.length == 4 ? v4Text(0) : v6Text();
  }

  private String v4Text(int from) {
    StringBuilder text = new StringBuilder(15);
    for (int i = from; i < from + 4; i++) {
      text.append(i == from ? "" : ".").append(bytes[i] & 0xff);
    }
    return text.toString();
  }

  /**
   * The first of the longest runs of zeros is left out, if it is longer than one; an address that
   * holds one of IPv4 ends in its dots.
   */
  private String v6Text() {
    int start = -1;
    int length = 1;
    for (int i = 0, run = 0; i < WORDS; i++) {
      run = word(i) == 0 ? run + 1 : 0;
      if (run > length) {
        length = run;
        start = i - run + 1;
      }
    }
    boolean holdsV4 = start == 0 && (length == 6 || (length == 5 && word(5) == 0xffff));
    StringBuilder text = new StringBuilder(39);
    for (int i = 0; i < WORDS; i++) {
      if (start >= 0 && i == start) {
        text.append(i == 0 ? "::" : ":");
        i += length - 1;
      } else if (holdsV4 && i == 6) {
        return text.append(v4Text(12)).toString();
      } else {
        text.append(Integer.toHexString(word(i))).append(i == WORDS - 1 ? "" : ":");
      }
    }
    return text.toString();
  }

  private int word(int index) {
    return (bytes[2 * index] & 0xff) << 8 | bytes[2 * index + 1] & 0xff;
  }

  private static byte @Nullable [] v4(String text) {
    byte[] bytes = new byte[4];
    int at = 0;
    for (int i = 0; i < 4; i++) {
      int end = i == 3 ? text.length() : text.indexOf('.', at);
      int value = end < 0 ? -1 : number(text, at, end, 255);
      if (value < 0) {
        return null;
      }
      bytes[i] = (byte) value;
      at = end + 1;
    }
    return bytes;
  }

  private static byte @Nullable [] v6(String text) {
    byte[] bytes = new byte[16];
    int size = 0;
    int gap = -1;
    int at = 0;
    if (text.startsWith("::")) {
      gap = 0;
      at = 2;
    }
    while (at < text.length()) {
      int colon = text.indexOf(':', at);
      int end = colon < 0 ? text.length() : colon;
      if (colon < 0 && text.indexOf('.', at) >= 0) {
        byte[] v4 = v4(text.substring(at));
        if (v4 == null || size > 12) {
          return null;
        }
        System.arraycopy(v4, 0, bytes, size, 4);
        size += 4;
        break;
      }
      int word = hex(text, at, end);
      if (word < 0 || size > 14) {
        return null;
      }
      bytes[size++] = (byte) (word >> 8);
      bytes[size++] = (byte) word;
      at = end + 1;
      if (colon >= 0 && at < text.length() && text.charAt(at) == ':') {
        if (gap >= 0) {
          return null;
        }
        gap = size;
        at++;
      } else if (colon >= 0 && at == text.length()) {
        return null;
      }
    }
    if (gap < 0) {
      return size == 16 ? bytes : null;
    }
    if (size > 14) {
      return null;
    }
    System.arraycopy(bytes, gap, bytes, 16 - (size - gap), size - gap);
    Arrays.fill(bytes, gap, 16 - (size - gap), (byte) 0);
    return bytes;
  }

  /** A decimal number up to a limit, or -1. */
  private static int number(String text, int from, int to, int most) {
    int value = 0;
    for (int i = from; i < to; i++) {
      int digit = text.charAt(i) - '0';
      if (digit < 0 || digit > 9 || i - from > 2) {
        return -1;
      }
      value = value * 10 + digit;
    }
    return from >= to || value > most ? -1 : value;
  }

  private static int hex(String text, int from, int to) {
    int value = 0;
    for (int i = from; i < to; i++) {
      int digit = Character.digit(text.charAt(i), 16);
      if (digit < 0 || i - from > 3) {
        return -1;
      }
      value = value << 4 | digit;
    }
    return from >= to ? -1 : value;
  }

  private static MappingFailure unreadable() {
    return new MappingFailure(
        "a network address cannot be read; expected such as 10.0.0.1, 10.0.0.0/8 or 2001:db8::/32");
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof IpAddress that
        && prefix == that.prefix
        && Arrays.equals(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(bytes) + prefix;
  }
}
