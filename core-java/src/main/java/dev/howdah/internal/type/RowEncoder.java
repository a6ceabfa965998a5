package dev.howdah.internal.type;

import dev.howdah.error.ClientException.WrongArguments;
import org.jspecify.annotations.Nullable;

/**
 * Writes rows as COPY reads them, binary or as text. One copy, one thread at a time; nothing is
 * made for a cell but the bytes.
 */
public abstract sealed class RowEncoder {
  private final int[] oids;
  private final String[] columns;

  private RowEncoder(int[] oids, String[] columns) {
    this.oids = oids;
    this.columns = columns;
  }

  /** Whether a column of this type can be written exactly in the binary format. */
  public static boolean isBinary(int oid) {
    return BinaryEncoders.of(oid) != null;
  }

  /**
   * An encoder.
   *
   * @param oids the columns' types; for a binary one all of them {@linkplain #isBinary fit}
   * @param columns what names each column in messages: {@code column 'age' of table 'users'}
   * @param codecs the user's own, which come first; they make text, so there are none for binary
   */
  public static RowEncoder of(boolean binary, int[] oids, String[] columns, Codecs codecs) {
    return binary ? new Binary(oids, columns) : new Text(oids, columns, codecs);
  }

  /** What stands before the first row. */
  public abstract void begin(Chunk out);

  /**
   * A row: a cell for each column.
   *
   * @throws WrongArguments when a column cannot hold its value; names the column and what it takes,
   *     never the value
   */
  public abstract void row(@Nullable Object[] cells, Chunk out);

  /** What stands behind the last row. */
  public abstract void end(Chunk out);

  int oid(int column) {
    return oids[column];
  }

  WrongArguments refused(int column, Refused refused, String advice) {
    String type = Oids.isBuiltIn(oids[column]) ? " (" + Oids.name(oids[column]) + ")" : "";
    return new WrongArguments(columns[column] + type + refused.reason() + advice);
  }

  private static final class Binary extends RowEncoder {
    private static final byte[] SIGNATURE = {
      'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xff, '\r', '\n', 0
    };

    private final CellEncoder[] encoders;

    Binary(int[] oids, String[] columns) {
      super(oids, columns);
      encoders = new CellEncoder[oids.length];
      for (int i = 0; i < oids.length; i++) {
        CellEncoder encoder = BinaryEncoders.of(oids[i]);
        if (encoder == null) {
          throw new IllegalArgumentException(columns[i] + " has no binary form here");
        }
        encoders[i] = encoder;
      }
    }

    @Override
    public void begin(Chunk out) {
      out.put(SIGNATURE);
      out.putInt(0);
      out.putInt(0);
    }

    @Override
    public void row(@Nullable Object[] cells, Chunk out) {
      out.putShort(encoders.length);
      for (int i = 0; i < encoders.length; i++) {
        Object value = ScalarWriter.unwrap(cells[i]);
        if (value == null) {
          out.putInt(-1);
        } else {
          cell(i, value, out);
        }
      }
    }

    private void cell(int column, Object value, Chunk out) {
      int begin = out.beginLength();
      try {
        encoders[column].write(value, out);
      } catch (Refused refused) {
        boolean text = value instanceof CharSequence && !ColumnWriter.isText(oid(column));
        throw refused(column, refused, text ? "; with asText() it may be given as text" : "");
      }
      out.endLength(begin);
    }

    @Override
    public void end(Chunk out) {
      out.putShort(-1);
    }
  }

  private static final class Text extends RowEncoder {
    private final int count;
    private final ColumnWriter writer;

    Text(int[] oids, String[] columns, Codecs codecs) {
      super(oids, columns);
      count = oids.length;
      writer = new ColumnWriter(new ValueWriter(codecs));
    }

    @Override
    public void begin(Chunk out) {}

    @Override
    public void row(@Nullable Object[] cells, Chunk out) {
      for (int i = 0; i < count; i++) {
        if (i > 0) {
          out.putByte('\t');
        }
        Object value = ScalarWriter.unwrap(cells[i]);
        if (value == null) {
          out.putByte('\\');
          out.putByte('N');
        } else {
          cell(i, value, out);
        }
      }
      out.putByte('\n');
    }

    private void cell(int column, Object value, Chunk out) {
      try {
        out.putText(escaped(writer.write(oid(column), value)));
      } catch (Refused refused) {
        throw refused(column, refused, "");
      }
    }

    /** What would be read as the end of a field or a row, or as an escape. */
    private static String escaped(String text) {
      for (int i = 0; i < text.length(); i++) {
        if (letter(text.charAt(i)) != 0) {
          return escapedFrom(text, i);
        }
      }
      return text;
    }

    private static String escapedFrom(String text, int first) {
      StringBuilder escaped = new StringBuilder(text.length() + 16).append(text, 0, first);
      for (int i = first; i < text.length(); i++) {
        char letter = letter(text.charAt(i));
        if (letter == 0) {
          escaped.append(text.charAt(i));
        } else {
          escaped.append('\\').append(letter);
        }
      }
      return escaped.toString();
    }

    private static char letter(char c) {
      return switch (c) {
        case '\\' -> '\\';
        case '\n' -> 'n';
        case '\r' -> 'r';
        case '\t' -> 't';
        default -> 0;
      };
    }

    @Override
    public void end(Chunk out) {}
  }
}
