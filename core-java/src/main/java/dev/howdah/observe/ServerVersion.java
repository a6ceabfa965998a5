package dev.howdah.observe;

import dev.howdah.error.ClientException.WrongArguments;
import java.util.Comparator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The version of a server; an immutable value.
 *
 * <p>In order of age: {@code 18beta1} comes before {@code 18rc1}, and that before {@code 18.0}. Two
 * builds of one version compare as 0 though their texts, and so the values, differ.
 *
 * @param major the first number: 18 of {@code 18.6}
 * @param minor the second number: 6 of {@code 18.6}, 0 where there is none; before PostgreSQL 10 it
 *     was part of the major version
 * @param text what the server says of itself: {@code 15.18 (Debian 15.18-0+deb12u1)}
 */
public record ServerVersion(int major, int minor, String text)
    implements Comparable<ServerVersion> {
  /** The numbers, and what stands right behind them in a version that is not finished. */
  private static final Pattern VERSION =
      Pattern.compile("(\\d{1,6})(?:\\.(\\d{1,6}))?(?:(devel|alpha|beta|rc)(\\d{0,6}))?");

  private static final int FINISHED = 4;

  private static final Comparator<ServerVersion> BY_AGE =
      Comparator.comparingInt(ServerVersion::major)
          .thenComparingInt(ServerVersion::minor)
          .thenComparingInt(ServerVersion::stage)
          .thenComparingInt(ServerVersion::stageNumber);

  /**
   * Reads what {@code SHOW server_version} or {@code version()} say; what stands before the first
   * number and behind the version does not matter.
   *
   * @throws WrongArguments when there is no number in it
   */
  public static ServerVersion parse(String text) {
    Matcher found = VERSION.matcher(text);
    if (!found.find()) {
      throw new WrongArguments("'" + text + "' cannot be read as a version: it holds no number");
    }
    String minor = found.group(2);
    return new ServerVersion(
        Integer.parseInt(found.group(1)), minor == null ? 0 : Integer.parseInt(minor), text);
  }

  /** Whether this is version {@code major} or a later one, betas of it included. */
  public boolean isAtLeast(int major) {
    return this.major >= major;
  }

  /** Whether this is version {@code major.minor} or a later one, betas of it included. */
  public boolean isAtLeast(int major, int minor) {
    return this.major > major || (this.major == major && this.minor >= minor);
  }

  @Override
  public int compareTo(ServerVersion other) {
    return BY_AGE.compare(this, other);
  }

  private int stage() {
    Matcher found = VERSION.matcher(text);
    String word = found.find() ? found.group(3) : null;
    return word == null
        ? FINISHED
        : switch (word) {
          case "devel" -> 0;
          case "alpha" -> 1;
          case "beta" -> 2;
          default -> 3;
        };
  }

  private int stageNumber() {
    Matcher found = VERSION.matcher(text);
    String number = found.find() ? found.group(4) : null;
    return number == null || number.isEmpty() ? 0 : Integer.parseInt(number);
  }

  /** What the server says of itself. */
  @Override
  public String toString() {
    return text;
  }
}
