package dev.howdah.row;

import dev.howdah.error.ClientException.MappingFailure;
import dev.howdah.error.ClientException.WrongArguments;
import java.util.List;
import java.util.stream.Collectors;

/**
 * PostgreSQL's geometric types as values.
 *
 * <p>All are immutable and safe to use from any thread; equality is by coordinates, exactly, and
 * {@code toString} is the text PostgreSQL prints. {@code parse} reads that text and fails with a
 * {@link MappingFailure} that names the position and not the text.
 */
public sealed interface Geometry {

  /**
   * A {@code point}.
   *
   * @param x to the right
   * @param y upwards
   */
  record Point(double x, double y) implements Geometry {

    /** Reads {@code (1,2)}. */
    public static Point parse(String text) {
      return GeometryReader.read("point", text, GeometryReader::point);
    }

    @Override
    public String toString() {
      return "(" + ServerText.of(x) + "," + ServerText.of(y) + ")";
    }
  }

  /**
   * A {@code line} without ends: all points with {@code a·x + b·y + c = 0}.
   *
   * @param a the factor of x
   * @param b the factor of y; not zero when {@code a} is
   * @param c the rest
   */
  record Line(double a, double b, double c) implements Geometry {

    /**
     * Checks the factors.
     *
     * @throws WrongArguments if both are zero
     */
    public Line {
      if (a == 0 && b == 0) {
        throw new WrongArguments("a and b of a line cannot both be zero");
      }
    }

    /** Reads <code>{1,-1,0}</code>. */
    public static Line parse(String text) {
      return GeometryReader.read("line", text, GeometryReader::line);
    }

    @Override
    public String toString() {
      return "{" + ServerText.of(a) + "," + ServerText.of(b) + "," + ServerText.of(c) + "}";
    }
  }

  /**
   * An {@code lseg}: the part of a line between two points.
   *
   * @param start one end
   * @param end the other
   */
  record LineSegment(Point start, Point end) implements Geometry {

    /** Reads {@code [(0,0),(1,1)]}. */
    public static LineSegment parse(String text) {
      return GeometryReader.read("lseg", text, GeometryReader::segment);
    }

    @Override
    public String toString() {
      return "[" + start + "," + end + "]";
    }
  }

  /**
   * A {@code box}: a rectangle parallel to the axes. The server gives the corners back as these
   * two, whichever two were sent.
   *
   * @param upperRight the corner with the larger coordinates
   * @param lowerLeft the corner opposite of it
   */
  record Box(Point upperRight, Point lowerLeft) implements Geometry {

    /** Reads {@code (1,1),(0,0)}. */
    public static Box parse(String text) {
      return GeometryReader.read("box", text, GeometryReader::box);
    }

    @Override
    public String toString() {
      return upperRight + "," + lowerLeft;
    }
  }

  /**
   * A {@code path}: points joined one after the other.
   *
   * @param closed whether the last point is joined to the first
   * @param points at least one
   */
  record Path(boolean closed, List<Point> points) implements Geometry {

    /**
     * Copies the points.
     *
     * @throws WrongArguments if there are none
     */
    public Path {
      points = atLeastOne("path", points);
    }

    /** Reads {@code [(0,0),(1,1)]} (open) or {@code ((0,0),(1,1))} (closed). */
    public static Path parse(String text) {
      return GeometryReader.read("path", text, GeometryReader::path);
    }

    @Override
    public String toString() {
      return (closed ? "(" : "[") + joined(points) + (closed ? ")" : "]");
    }
  }

  /**
   * A {@code polygon}.
   *
   * @param points its corners, at least one
   */
  record Polygon(List<Point> points) implements Geometry {

    /**
     * Copies the points.
     *
     * @throws WrongArguments if there are none
     */
    public Polygon {
      points = atLeastOne("polygon", points);
    }

    /** Reads {@code ((0,0),(1,0),(1,1))}. */
    public static Polygon parse(String text) {
      return GeometryReader.read("polygon", text, GeometryReader::polygon);
    }

    @Override
    public String toString() {
      return "(" + joined(points) + ")";
    }
  }

  /**
   * A {@code circle}.
   *
   * @param center its middle
   * @param radius zero or more
   */
  record Circle(Point center, double radius) implements Geometry {

    /**
     * Checks the radius.
     *
     * @throws WrongArguments if it is negative
     */
    public Circle {
      if (radius < 0) {
        throw new WrongArguments("the radius of a circle cannot be negative");
      }
    }

    /** Reads {@code <(0,0),1>}. */
    public static Circle parse(String text) {
      return GeometryReader.read("circle", text, GeometryReader::circle);
    }

    @Override
    public String toString() {
      return "<" + center + "," + ServerText.of(radius) + ">";
    }
  }

  private static List<Point> atLeastOne(String type, List<Point> points) {
    if (points.isEmpty()) {
      throw new WrongArguments("a " + type + " has at least one point");
    }
    return List.copyOf(points);
  }

  private static String joined(List<Point> points) {
    return points.stream().map(Point::toString).collect(Collectors.joining(","));
  }
}
