package dev.howdah.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What the pages show is what compiles: a code block below {@code <!-- example: First.java#first
 * -->} holds that region of that file.
 */
class DocExamplesTest {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final Path JAVA = Path.of("src/main/java/dev/howdah/examples");
  private static final Path KOTLIN = Path.of("src/main/kotlin/dev/howdah/examples/kotlin");

  private static final Pattern SNIPPET =
      Pattern.compile("<!-- example: (\\S+)#(\\S+) -->\\R+```\\w+\\R(.*?)```", Pattern.DOTALL);

  /** One code block of one page. */
  record Snippet(String page, String file, String region, String code) {
    @Override
    public String toString() {
      return page + ": " + file + "#" + region;
    }
  }

  static List<Snippet> snippets() throws IOException {
    List<Snippet> snippets = new ArrayList<>();
    for (Path page : pages()) {
      Matcher found = SNIPPET.matcher(lines(page));
      while (found.find()) {
        String name = ROOT.relativize(page).toString();
        snippets.add(new Snippet(name, found.group(1), found.group(2), found.group(3)));
      }
    }
    return snippets;
  }

  private static List<Path> pages() throws IOException {
    try (Stream<Path> docs = Files.walk(ROOT.resolve("docs"))) {
      List<Path> pages = new ArrayList<>(docs.filter(p -> p.toString().endsWith(".md")).toList());
      pages.add(ROOT.resolve("README.md"));
      return pages;
    }
  }

  @ParameterizedTest
  @MethodSource("snippets")
  void snippetIsARegionThatCompiles(Snippet snippet) throws IOException {
    assertThat(snippet.code()).isEqualTo(region(snippet.file(), snippet.region()));
  }

  @Test
  void readmeShowsTheFirstProgramAndTheMainJobInBothLanguages() throws IOException {
    List<String> shown =
        snippets().stream()
            .filter(snippet -> snippet.page().equals("README.md"))
            .map(snippet -> snippet.file() + "#" + snippet.region())
            .toList();
    assertThat(shown)
        .containsExactly(
            "First.java#first",
            "First.kt#first",
            "QueryVerbs.java#main-job",
            "QueryVerbs.kt#main-job");
  }

  @Test
  void everyMarkerIsFollowedByACodeBlock() throws IOException {
    for (Path page : pages()) {
      String text = lines(page);
      long markers = text.lines().filter(line -> line.startsWith("<!-- example:")).count();
      assertThat(SNIPPET.matcher(text).results().count()).as(page.toString()).isEqualTo(markers);
    }
  }

  /** The record or data class and an empty line are counted too. */
  @Test
  void firstProgramsAreShort() throws IOException {
    assertThat(region("First.java", "first").lines()).hasSizeLessThanOrEqualTo(14);
    assertThat(region("First.kt", "first").lines()).hasSizeLessThanOrEqualTo(14);
  }

  private static String region(String file, String name) throws IOException {
    Path source = (file.endsWith(".java") ? JAVA : KOTLIN).resolve(file);
    List<String> region = new ArrayList<>();
    boolean inside = false;
    for (String line : lines(source).lines().toList()) {
      String bare = line.strip();
      if (inside && bare.equals("// endregion")) {
        return unindented(region);
      }
      if (inside) {
        region.add(line);
      }
      inside |= bare.equals("// region " + name);
    }
    throw new AssertionError("there is no region '" + name + "' in " + source);
  }

  private static String unindented(List<String> region) {
    int indent =
        region.stream()
            .filter(line -> !line.isBlank())
            .mapToInt(line -> line.length() - line.stripLeading().length())
            .min()
            .orElse(0);
    StringBuilder text = new StringBuilder();
    for (String line : region) {
      text.append(line.isBlank() ? "" : line.substring(indent)).append('\n');
    }
    return text.toString();
  }

  /** A checkout on Windows may have other line ends. */
  private static String lines(Path file) throws IOException {
    return Files.readString(file).replace("\r\n", "\n");
  }
}
