package io.github.deepcut.data;

import java.util.ArrayList;
import java.util.List;

/**
 * An entity in a sentence: words {@code start} (included) to {@code end} (excluded).
 *
 * @param type the tag without its prefix, such as {@code PER}
 */
public record Mention(String type, int start, int end) {

  /**
   * The entities that a sentence's tags spell, in order, as the CoNLL scorer reads them: B, S and U
   * begin one; so does any tag after {@code O} or after another type; E, L, S and U end one.
   */
  public static List<Mention> of(List<String> tags) {
    List<Mention> found = new ArrayList<>();
    int start = -1;
    String open = null;
    for (int i = 0; i <= tags.size(); i++) {
      String tag = i < tags.size() ? tags.get(i) : "O";
      String type = tag.equals("O") ? null : tag.substring(2);
      boolean begins = type != null && (!type.equals(open) || "BSU".indexOf(tag.charAt(0)) >= 0);
      if (open != null && (type == null || begins)) {
        found.add(new Mention(open, start, i));
        open = null;
      }
      if (begins) {
        start = i;
        open = type;
      }
      if (open != null && "ELSU".indexOf(tag.charAt(0)) >= 0) {
        found.add(new Mention(open, start, i + 1));
        open = null;
      }
    }
    return found;
  }

  /** Its words, joined by blanks. */
  public String surface(List<String> words) {
    return String.join(" ", words.subList(start, end));
  }

  /** Whether {@code tag} is {@code O}, or one of B I E S L U, a hyphen and a type. */
  static boolean isTag(String tag) {
    return tag.equals("O")
        || (tag.length() > 2 && tag.charAt(1) == '-' && "BIESLU".indexOf(tag.charAt(0)) >= 0);
  }
}
