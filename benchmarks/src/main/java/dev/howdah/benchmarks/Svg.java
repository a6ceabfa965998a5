package dev.howdah.benchmarks;

import java.util.Locale;

/** The text of an SVG picture that follows the reader's light or dark theme. Used by one thread. */
final class Svg {
  /** No CSS variables: not every program that shows SVG knows them. */
  private static final String SHAPES =
      """
      text { font: 12px -apple-system, "Segoe UI", "Noto Sans", Helvetica, Arial, sans-serif; }
      .head { font-size: 20px; font-weight: 600; }
      .title { font-size: 13px; font-weight: 600; }
      .ours { font-weight: 600; }
      .small { font-size: 11px; }
      .value { font-size: 11px; paint-order: stroke; stroke-width: 4px; }
      .end { text-anchor: end; }
      .middle { text-anchor: middle; }
      .rule { stroke-dasharray: 3 3; }
      .spread { stroke-opacity: 0.6; }
      polyline { fill: none; stroke-width: 1.5; stroke-linejoin: round; }
      polyline.java-line, polyline.kotlin-line { stroke-width: 3; }
      """;

  private static final String LIGHT =
      colors(
          "#ffffff", "#d1d9e0", "#1f2328", "#59636e", "#cfd6dd", "#929ca7", "#d9660b", "#f2a65a");
  private static final String DARK =
      colors(
          "#0d1117", "#3d444d", "#f0f6fc", "#9198a1", "#3d444d", "#767e88", "#f58a2e", "#b0621f");

  private final StringBuilder text = new StringBuilder();

  Svg(int width, int height, String description) {
    add(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\""
            + " viewBox=\"0 0 %d %d\" role=\"img\">\n",
        width, height, width, height);
    add("<title>%s</title>\n", escaped(description));
    text.append("<style>\n")
        .append(SHAPES)
        .append(LIGHT)
        .append("@media (prefers-color-scheme: dark) {\n")
        .append(DARK)
        .append("}\n</style>\n");
    add(
        "<rect class=\"page\" x=\"0.5\" y=\"0.5\" width=\"%d\" height=\"%d\" rx=\"8\"/>\n",
        width - 1, height - 1);
  }

  void text(String style, double x, double y, String words) {
    add("<text class=\"%s\" x=\"%.1f\" y=\"%.1f\">%s</text>\n", style, x, y, escaped(words));
  }

  void bar(String style, double x, double y, double width, double height) {
    add(
        "<rect class=\"%s\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" rx=\"2\"/>\n",
        style, x, y, width, height);
  }

  void line(String style, double x1, double y1, double x2, double y2) {
    add(
        "<line class=\"%s\" x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\"/>\n",
        style, x1, y1, x2, y2);
  }

  /** A broken line through points: x, y, x, y and so on. */
  void path(String style, double... points) {
    text.append("<polyline class=\"").append(style).append("-line\" points=\"");
    for (int i = 0; i < points.length; i += 2) {
      add("%.1f,%.1f ", points[i], points[i + 1]);
    }
    text.append("\"/>\n");
  }

  @Override
  public String toString() {
    return text + "</svg>\n";
  }

  private void add(String format, Object... arguments) {
    text.append(String.format(Locale.ROOT, format, arguments));
  }

  private static String colors(
      String page,
      String edge,
      String ink,
      String faint,
      String rival,
      String best,
      String java,
      String kotlin) {
    return """
        text { fill: %3$s; }
        .faint { fill: %4$s; }
        .page { fill: %1$s; stroke: %2$s; }
        .value { stroke: %1$s; }
        .grid { stroke: %2$s; }
        .rule { stroke: %4$s; }
        .spread { stroke: %3$s; }
        .rival { fill: %5$s; }
        .best { fill: %6$s; }
        .java { fill: %7$s; }
        .kotlin { fill: %8$s; }
        .rival-line { stroke: %5$s; }
        .best-line { stroke: %6$s; }
        .java-line { stroke: %7$s; }
        .kotlin-line { stroke: %8$s; }
        """
        .formatted(page, edge, ink, faint, rival, best, java, kotlin);
  }

  private static String escaped(String words) {
    return words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
