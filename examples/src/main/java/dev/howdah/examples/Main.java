package dev.howdah.examples;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.howdah.error.DatabaseException;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * Runs the examples: without an argument the tour, {@code list} prints the names, a name runs that
 * example.
 *
 * <p>On an embedded PostgreSQL, or on the server of {@code --url} or {@code HOWDAH_URL}, where they
 * make databases of their own and drop them.
 */
public final class Main {
  private static final String RUN = "mvn -q -pl examples -am compile -Dtour";

  private Main() {}

  /** The program; its exit status is 1 when an example failed, 2 when the arguments are wrong. */
  public static void main(String[] arguments) {
    if (!System.getProperty("os.name", "").startsWith("Windows")) {
      // A container without a locale would print question marks for every name in the article.
      System.setOut(new PrintStream(new FileOutputStream(FileDescriptor.out), true, UTF_8));
    }
    int status = run(List.of(arguments), System.getenv("HOWDAH_URL"));
    if (status != 0) {
      System.exit(status);
    }
  }

  /** The same without an exit. */
  static int run(List<String> arguments, @Nullable String defaultUrl) {
    String url = defaultUrl == null || defaultUrl.isBlank() ? null : defaultUrl;
    List<String> names = new ArrayList<>();
    for (int i = 0; i < arguments.size(); i++) {
      String argument = arguments.get(i);
      if (argument.startsWith("--url=")) {
        url = argument.substring("--url=".length());
      } else if (argument.equals("--url") && i + 1 < arguments.size()) {
        url = arguments.get(++i);
      } else if (argument.startsWith("-") && !argument.equals("--help")) {
        return wrong("'" + argument + "' cannot be read; the only option is --url <url>.");
      } else {
        names.add(argument);
      }
    }
    if (names.contains("list") || names.contains("--help") || names.contains("help")) {
      printList();
      return 0;
    }
    // Maven says true for a -Dtour without a value.
    boolean tour =
        names.isEmpty() || names.equals(List.of("true")) || names.equals(List.of("tour"));
    List<Example> chosen = new ArrayList<>();
    for (String name : tour ? List.<String>of() : names) {
      Example example = Examples.named(name);
      if (example == null) {
        return wrong("There is no example '" + name + "'.");
      }
      chosen.add(example);
    }
    ConsoleLog.install();
    return tour ? run(Examples.tour(), url, true) : run(chosen, url, false);
  }

  private static int run(List<Example> examples, @Nullable String url, boolean tour) {
    long start = System.nanoTime();
    try (Server server = Server.open(url)) {
      for (Example example : examples) {
        if (examples.size() > 1) {
          System.out.println();
          System.out.println(
              "== " + example.name() + " [" + example.language() + "]: " + example.purpose());
        }
        server.run(example);
      }
    } catch (Exception failure) {
      report(failure);
      return 1;
    }
    if (tour) {
      double seconds = (System.nanoTime() - start) / 1e9;
      System.out.println();
      System.out.printf(Locale.ROOT, "%d examples in %.1f s%n", examples.size(), seconds);
      System.out.println("All of them by name:  " + RUN + "=list");
      System.out.println("One of them:          " + RUN + "=users");
    }
    return 0;
  }

  private static void printList() {
    int width = Examples.ALL.stream().mapToInt(example -> example.name().length()).max().orElse(0);
    for (Example example : Examples.ALL) {
      System.out.printf(
          "%-" + width + "s  %-8s  %s%n",
          example.name(),
          "[" + example.language() + "]",
          example.purpose());
    }
  }

  private static int wrong(String message) {
    System.out.println(message);
    System.out.println();
    System.out.println("The examples, each run by its name (" + RUN + "=<name>):");
    printList();
    return 2;
  }

  /** What the library says is said as it is; anything else is a fault of ours and shown whole. */
  private static void report(Throwable failure) {
    Throwable cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    if (cause instanceof DatabaseException known) {
      System.out.println("Failed: " + known);
    } else {
      cause.printStackTrace(System.out);
    }
  }
}
