package io.github.deepcut.data.read;

import io.github.deepcut.data.Mention;
import java.util.LinkedHashMap;
import java.util.Map;

/** A line such as {@code # id=12 template_id=7} or {@code # text = a sentence}. */
final class ConllComment {
  private ConllComment() {}

  /**
   * Whether a line is a comment: it begins with {@code "# "}, has no TAB and does not end in a tag
   * (then it is the word {@code #} of a file whose columns are separated by blanks).
   */
  static boolean matches(String line) {
    return line.startsWith("# ")
        && line.indexOf('\t') < 0
        && !Mention.isTag(line.substring(line.lastIndexOf(' ') + 1));
  }

  /** What it says: several {@code key=value}, one {@code key = long value}, or nothing. */
  static Map<String, String> parse(String line) {
    Map<String, String> values = new LinkedHashMap<>();
    String text = line.substring(2).strip();
    int spaced = text.indexOf(" =");
    int equals = text.indexOf('=');
    if (spaced > 0 && spaced < equals) {
      values.put(text.substring(0, spaced).strip(), text.substring(equals + 1).strip());
      return values;
    }
    String last = null;
    for (String part : text.split(" +", -1)) {
      int at = part.indexOf('=');
      if (at > 0) {
        last = part.substring(0, at);
        values.put(last, part.substring(at + 1));
      } else if (last != null) {
        values.merge(last, part, (a, b) -> (a + " " + b).strip());
      } else {
        return values; // prose
      }
    }
    return values;
  }
}
