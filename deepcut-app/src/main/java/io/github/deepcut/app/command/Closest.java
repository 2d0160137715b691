package io.github.deepcut.app.command;

import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** Words that may have been meant: those within two letters put in, left out or changed. */
final class Closest {
  private static final int MOST = 2;

  private Closest() {}

  static List<String> to(String word, Collection<String> known) {
    return known.stream()
        .filter(k -> distance(word, k) <= MOST)
        .sorted(Comparator.comparingInt(k -> distance(word, k)))
        .toList();
  }

  /** Levenshtein's, row by row of the table. */
  static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    Arrays.setAll(row, j -> j);
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int changed = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(changed, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
  }
}
