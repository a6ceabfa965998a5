package dev.howdah.query;

/** The formats of COPY, with what they do when nothing is said. */
enum CopyFormat {
  TEXT('\t', "\\N"),
  CSV(',', ""),
  BINARY('\0', "");

  final char delimiter;
  final String nullText;

  CopyFormat(char delimiter, String nullText) {
    this.delimiter = delimiter;
    this.nullText = nullText;
  }

  String sql() {
    return switch (this) {
      case TEXT -> "text";
      case CSV -> "csv";
      case BINARY -> "binary";
    };
  }
}
