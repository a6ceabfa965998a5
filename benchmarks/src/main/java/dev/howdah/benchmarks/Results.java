package dev.howdah.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What a run leaves behind: a page of tables, and charts beside it. */
record Results(Settings settings, Conditions conditions, Standings raced, Standings grown) {

  /** The page, without its heading. */
  String text() {
    StringBuilder text = new StringBuilder();
    text.append(conditions.text(settings.race())).append(".\n\n");
    if (!raced.trials().isEmpty()) {
      text.append(Report.glance(raced)).append('\n');
    }
    for (Trial trial : raced.trials()) {
      text.append(Report.table(raced, trial)).append('\n');
    }
    if (!grown.trials().isEmpty()) {
      for (Curve curve : Curve.values()) {
        text.append(Report.growth(grown, curve)).append('\n');
      }
    }
    return text.toString().stripTrailing() + "\n";
  }

  /** Writes the page and the charts into {@code benchmarks/results}. */
  List<Path> write() throws IOException {
    Path module = Path.of("benchmarks");
    Path folder = (Files.isDirectory(module) ? module : Path.of("")).resolve("results");
    return write(folder);
  }

  /** Writes them into a folder, which is made if it is not there. */
  List<Path> write(Path folder) throws IOException {
    Files.createDirectories(folder);
    String name = conditions.fileName(settings.name());
    List<Path> files = new ArrayList<>();
    StringBuilder page = new StringBuilder("# Scoreboard of " + conditions.day() + "\n\n");
    if (!raced.trials().isEmpty()) {
      String chart = name + ".svg";
      files.add(
          Files.writeString(
              folder.resolve(chart), Chart.of(raced, conditions.brief(), settings.race())));
      page.append("![Speed beside the best rival](").append(chart).append(")\n\n");
    }
    files.add(Files.writeString(folder.resolve(name + ".md"), page + text()));
    return files;
  }
}
