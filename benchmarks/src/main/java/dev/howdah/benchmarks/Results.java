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
      String chart = Chart.of(raced, conditions.brief(), settings.race());
      files.addAll(write(folder, name, "scoreboard", chart));
      page.append("![Speed beside the best rival](").append(name).append("-scoreboard.svg)\n\n");
    }
    if (!grown.trials().isEmpty()) {
      String chart = GrowthChart.of(grown, conditions.brief(), settings.growth());
      files.addAll(write(folder, name, "growth", chart));
      page.append("![How speed grows](").append(name).append("-growth.svg)\n\n");
    }
    files.add(Files.writeString(folder.resolve(name + ".md"), page + text()));
    return files;
  }

  /** The chart of a full run is also the one that the project's first page shows. */
  private List<Path> write(Path folder, String name, String kind, String chart) throws IOException {
    List<Path> files = new ArrayList<>();
    files.add(Files.writeString(folder.resolve(name + "-" + kind + ".svg"), chart));
    if (settings.name().equals("full")) {
      files.add(Files.writeString(folder.resolve(kind + ".svg"), chart));
    }
    return files;
  }
}
