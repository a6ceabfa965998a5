package dev.howdah.examples;

/**
 * One example: what it is called, what it shows, what it does.
 *
 * @param name what it is run by
 * @param language Java or Kotlin
 * @param purpose one line for the list
 * @param inTour whether the tour shows it
 * @param program what runs
 */
public record Example(
    String name, String language, String purpose, boolean inTour, Program program) {

  /** What an example does with the database it is given; prints to the standard output. */
  @FunctionalInterface
  public interface Program {
    /** Runs to the end; what it throws is shown and makes the run fail. */
    void run(ExampleDatabase database) throws Exception;
  }
}
