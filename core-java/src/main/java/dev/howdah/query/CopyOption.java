package dev.howdah.query;

/** The options of COPY as PostgreSQL writes them, and what can have them. */
enum CopyOption {
  DELIMITER(Formats.TEXTUAL),
  NULL(Formats.TEXTUAL),
  DEFAULT(Formats.TEXTUAL),
  HEADER(Formats.TEXTUAL),
  QUOTE(Formats.CSV),
  ESCAPE(Formats.CSV),
  FORCE_QUOTE(Formats.CSV),
  FORCE_NOT_NULL(Formats.CSV),
  FORCE_NULL(Formats.CSV),
  ENCODING(Formats.ALL),
  FREEZE(Formats.ALL),
  ON_ERROR(Formats.TEXTUAL),
  REJECT_LIMIT(Formats.TEXTUAL),
  LOG_VERBOSITY(Formats.ALL);

  private final Formats formats;

  CopyOption(Formats formats) {
    this.formats = formats;
  }

  private enum Formats {
    CSV("csv"),
    TEXTUAL("text and csv"),
    ALL("every format");

    private final String words;

    Formats(String words) {
      this.words = words;
    }
  }

  boolean fits(CopyFormat format) {
    return switch (formats) {
      case CSV -> format == CopyFormat.CSV;
      case TEXTUAL -> format != CopyFormat.BINARY;
      case ALL -> true;
    };
  }

  /** For messages: the formats that have it. */
  String formats() {
    return formats.words;
  }
}
