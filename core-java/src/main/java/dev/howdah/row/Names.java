package dev.howdah.row;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How names in code and names of columns find each other, and how messages list them. */
final class Names {

  /** A table may have 1,600 columns; a message that lists them all helps nobody. */
  private static final int LISTED = 40;

  private Names() {}

  /** {@code userId} and {@code userID} become {@code user_id}, {@code URLPath} {@code url_path}. */
  static String snakeCase(String name) {
    StringBuilder result = new StringBuilder(name.length() + 4);
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (Character.isUpperCase(c)) {
        boolean afterLower = i > 0 && !Character.isUpperCase(name.charAt(i - 1));
        boolean beforeLower = i + 1 < name.length() && Character.isLowerCase(name.charAt(i + 1));
        if (i > 0 && (afterLower || beforeLower) && name.charAt(i - 1) != '_') {
          result.append('_');
        }
        result.append(Character.toLowerCase(c));
      } else {
        result.append(c);
      }
    }
    return result.toString();
  }

  /** The name without case, underscores and dots: the last, most tolerant way to compare. */
  static String plain(String name) {
    return name.replace("_", "").replace(".", "").toLowerCase(Locale.ROOT);
  }

  /** Lists names for a message, in order, shortened when there are very many. */
  static String list(List<String> names) {
    if (names.isEmpty()) {
      return "no columns";
    }
    if (names.size() <= LISTED) {
      return String.join(", ", names);
    }
    return String.join(", ", names.subList(0, LISTED)) + ", … (" + names.size() + " in all)";
  }

  /** The name that was probably meant, or null when none is close. */
  static @Nullable String closest(String wanted, List<String> names) {
    String plainWanted = plain(wanted);
    String best = null;
    // A third of the letters may be wrong: user_nmae is 2 edits from user_name, id none from name.
    int bestDistance = Math.max(1, plainWanted.length() / 3) + 1;
    for (String name : names) {
      if (Math.abs(plain(name).length() - plainWanted.length()) >= bestDistance) {
        continue;
      }
      int distance = distance(plainWanted, plain(name));
      if (distance < bestDistance && distance < Math.max(1, plainWanted.length())) {
        bestDistance = distance;
        best = name;
      }
    }
    return best;
  }

  /** Levenshtein's distance, with a swap of neighbours as one edit. */
  private static int distance(String a, String b) {
    int[][] d = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        if (i == 0 || j == 0) {
          d[i][j] = i + j;
          continue;
        }
        int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        int least = Math.min(Math.min(d[i - 1][j], d[i][j - 1]) + 1, d[i - 1][j - 1] + change);
        boolean swapped =
            i > 1
                && j > 1
                && a.charAt(i - 1) == b.charAt(j - 2)
                && a.charAt(i - 2) == b.charAt(j - 1);
        d[i][j] = swapped ? Math.min(least, d[i - 2][j - 2] + 1) : least;
      }
    }
    return d[a.length()][b.length()];
  }
}
