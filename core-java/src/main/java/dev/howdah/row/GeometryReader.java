package dev.howdah.row;

import dev.howdah.error.ClientException.MappingFailure;
import dev.howdah.row.Geometry.Box;
import dev.howdah.row.Geometry.Circle;
import dev.howdah.row.Geometry.Line;
import dev.howdah.row.Geometry.LineSegment;
import dev.howdah.row.Geometry.Path;
import dev.howdah.row.Geometry.Point;
import dev.howdah.row.Geometry.Polygon;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Reads geometric values as the server prints them; one pass over one text. */
final class GeometryReader {
  private final String type;
  private final String text;
  private int at;

  private GeometryReader(String type, String text) {
    this.type = type;
    this.text = text;
  }

  static <T> T read(String type, String text, Function<GeometryReader, T> shape) {
    GeometryReader reader = new GeometryReader(type, text);
    T value = shape.apply(reader);
    if (reader.at != text.length()) {
      throw reader.unreadable();
    }
    return value;
  }

  Point point() {
    expect('(');
    double x = number();
    expect(',');
    double y = number();
    expect(')');
    return new Point(x, y);
  }

  Line line() {
    expect('{');
    double a = number();
    expect(',');
    double b = number();
    expect(',');
    double c = number();
    expect('}');
    if (a == 0 && b == 0) {
      throw unreadable();
    }
    return new Line(a, b, c);
  }

  LineSegment segment() {
    expect('[');
    Point start = point();
    expect(',');
    Point end = point();
    expect(']');
    return new LineSegment(start, end);
  }

  Box box() {
    Point upperRight = point();
    expect(',');
    return new Box(upperRight, point());
  }

  Path path() {
    boolean open = peek() == '[';
    return new Path(!open, points(open ? '[' : '(', open ? ']' : ')'));
  }

  Polygon polygon() {
    return new Polygon(points('(', ')'));
  }

  Circle circle() {
    expect('<');
    Point center = point();
    expect(',');
    double radius = number();
    expect('>');
    if (radius < 0) {
      throw unreadable();
    }
    return new Circle(center, radius);
  }

  private List<Point> points(char open, char close) {
    List<Point> points = new ArrayList<>();
    expect(open);
    points.add(point());
    while (peek() == ',') {
      at++;
      points.add(point());
    }
    expect(close);
    return points;
  }

  private double number() {
    int start = at;
    while (at < text.length() && ",()[]{}<>".indexOf(text.charAt(at)) < 0) {
      at++;
    }
    try {
      return Double.parseDouble(text.substring(start, at));
    } catch (NumberFormatException malformed) {
      at = start;
      throw unreadable();
    }
  }

  private char peek() {
    return at < text.length() ? text.charAt(at) : '\0';
  }

  private void expect(char wanted) {
    if (peek() != wanted) {
      throw unreadable();
    }
    at++;
  }

  private MappingFailure unreadable() {
    return new MappingFailure("a " + type + " cannot be read, near position " + at);
  }
}
