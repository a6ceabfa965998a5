package dev.howdah.config;

import dev.howdah.error.ClientException.InvalidOption;
import dev.howdah.error.ClientException.WrongDeletionPassword;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/**
 * The word a program has to repeat before it empties or drops a whole table.
 *
 * <p>It is a guard against accidents, <em>not</em> access control: it lives in this program only,
 * the server knows nothing of it, and whoever may run SQL may delete without it. Rights are given
 * and taken with {@code GRANT} and {@code REVOKE}.
 *
 * <p>An immutable value, safe for any thread; it never prints its word.
 */
public final class DeletionPassword {
  private final byte[] word;

  /**
   * Remembers the word.
   *
   * @throws InvalidOption if it is blank: a guard that everybody passes guards nothing
   */
  public DeletionPassword(String word) {
    if (word == null || word.isBlank()) {
      throw new InvalidOption(
          "The deletion password is blank: choose any word that has to be repeated before a table"
              + " is emptied or dropped");
    }
    this.word = word.getBytes(StandardCharsets.UTF_8);
  }

  /**
   * Returns quietly if the attempt is the word; the comparison takes the same time wherever they
   * differ.
   *
   * @throws WrongDeletionPassword if it is not, null included
   */
  public void check(@Nullable String attempt) {
    if (attempt == null || !MessageDigest.isEqual(word, attempt.getBytes(StandardCharsets.UTF_8))) {
      throw new WrongDeletionPassword(
          "The deletion password is wrong: nothing was deleted, nothing was sent. Pass the one the"
              + " manager was created with.");
    }
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof DeletionPassword that && MessageDigest.isEqual(word, that.word);
  }

  /** Returns a constant, so that not even a hash of the word can be seen. */
  @Override
  public int hashCode() {
    return DeletionPassword.class.hashCode();
  }

  @Override
  public String toString() {
    return "DeletionPassword[***]";
  }
}
