package dev.howdah.row;

import dev.howdah.error.ClientException.MappingFailure;
import dev.howdah.error.ClientException.WrongArguments;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/**
 * A value of PostgreSQL's {@code bit} or {@code varbit}: zeros and ones with a length, which a
 * {@link BitSet} does not have.
 *
 * <p>Bits count from 0 at the left, as PostgreSQL's {@code get_bit} counts them. Immutable and safe
 * to use from any thread.
 */
public final class BitString {
  private final BitSet bits;
  private final int length;

  private BitString(BitSet bits, int length) {
    this.bits = bits;
    this.length = length;
  }

  /** The bits of an array, the leftmost first. */
  public static BitString of(boolean... bits) {
    BitSet set = new BitSet(bits.length);
    for (int i = 0; i < bits.length; i++) {
      set.set(i, bits[i]);
    }
    return new BitString(set, bits.length);
  }

  /**
   * The bits of a set, which is copied; bit 0 is the leftmost one.
   *
   * @throws WrongArguments if the length is negative, or the set reaches further
   */
  public static BitString of(BitSet bits, int length) {
    if (length < bits.length()) {
      throw new WrongArguments(
          "the bits reach to index " + (bits.length() - 1) + ", beyond the length of " + length);
    }
    if (length < 0) {
      throw new WrongArguments("a length cannot be negative, but is " + length);
    }
    return new BitString((BitSet) bits.clone(), length);
  }

  /**
   * Reads zeros and ones; the empty text has no bits.
   *
   * @throws MappingFailure if there is anything else; the message gives the position
   */
  public static BitString parse(String text) {
    BitSet bits = new BitSet(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c != '0' && c != '1') {
        throw new MappingFailure(
            "a bit string cannot be read: neither 0 nor 1 is at position " + i);
      }
      bits.set(i, c == '1');
    }
    return new BitString(bits, text.length());
  }

  /** How many bits there are. */
  public int length() {
    return length;
  }

  /**
   * The bit at an index, from 0 at the left.
   *
   * @throws IndexOutOfBoundsException if the index is outside
   */
  public boolean get(int index) {
    if (index < 0 || index >= length) {
      throw new IndexOutOfBoundsException("index " + index + " is outside 0.." + (length - 1));
    }
    return bits.get(index);
  }

  /** The bits as a new set; the length is {@link #length()}, not the set's. */
  public BitSet toBitSet() {
    return (BitSet) bits.clone();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof BitString that && length == that.length && bits.equals(that.bits);
  }

  @Override
  public int hashCode() {
    return 31 * bits.hashCode() + length;
  }

  /** Zeros and ones, as PostgreSQL prints it. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(length);
    for (int i = 0; i < length; i++) {
      text.append(bits.get(i) ? '1' : '0');
    }
    return text.toString();
  }
}
