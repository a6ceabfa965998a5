package dev.howdah.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

class ChartTest {
  private static final Plan PLAN = Settings.of(List.of()).race();

  @Test
  void barsAreAsLongAsTheirRatios() throws Exception {
    Standings standings = new Standings();
    StandingsTest.add(standings, StandingsTest.GATHER, 1, 300, 200, 100);

    List<Element> bars = bars(parsed(Chart.of(standings, "here & now", PLAN)));

    assertThat(bars)
        .extracting(bar -> bar.getAttribute("class"))
        .containsExactly("java", "kotlin", "best");
    double unit = width(bars.get(2));
    assertThat(width(bars.get(0)) / unit).isBetween(2.99, 3.01);
    assertThat(width(bars.get(1)) / unit).isBetween(1.99, 2.01);
  }

  @Test
  void allPanelsHaveOneScale() throws Exception {
    Standings standings = new Standings();
    StandingsTest.add(standings, StandingsTest.GATHER, 1, 600, 200, 100);
    StandingsTest.add(standings, Trial.of(Workload.MIXED, 1_000), 1, 10, 10, 10);

    List<Element> bars = bars(parsed(Chart.of(standings, "here", PLAN)));

    assertThat(width(bars.get(3))).isEqualTo(width(bars.get(2)));
  }

  @Test
  void nothingReachesOverTheEdge() throws Exception {
    Standings standings = new Standings();
    StandingsTest.add(standings, StandingsTest.GATHER, 1, 5_000, 200, 100);
    StandingsTest.add(standings, StandingsTest.GATHER, 2, 1_000, 200, 100);

    Document chart = parsed(Chart.of(standings, "here", PLAN));
    double edge = Double.parseDouble(chart.getDocumentElement().getAttribute("width"));

    assertThat(bars(chart))
        .allSatisfy(
            bar ->
                assertThat(Double.parseDouble(bar.getAttribute("x")) + width(bar))
                    .isLessThan(edge));
  }

  @Test
  void everybodyHasALineInEveryCurve() throws Exception {
    Standings standings = new Standings();
    for (Curve curve : Curve.values()) {
      curve.trials().stream()
          .filter(trial -> !standings.trials().contains(trial))
          .forEach(trial -> StandingsTest.add(standings, trial, 1, 30, 20, 10));
    }

    NodeList lines =
        parsed(GrowthChart.of(standings, "here", PLAN)).getElementsByTagName("polyline");

    assertThat(lines.getLength()).isEqualTo(Curve.values().length * 3);
  }

  private static double width(Element bar) {
    return Double.parseDouble(bar.getAttribute("width"));
  }

  /** All rectangles but the page itself. */
  private static List<Element> bars(Document chart) {
    NodeList all = chart.getElementsByTagName("rect");
    List<Element> bars = new ArrayList<>();
    for (int i = 0; i < all.getLength(); i++) {
      if (all.item(i) instanceof Element element && !element.getAttribute("class").equals("page")) {
        bars.add(element);
      }
    }
    return bars;
  }

  private static Document parsed(String svg) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(svg)));
  }
}
