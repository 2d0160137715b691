package io.github.deepcut.data;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An entity in a sentence: words {@code start} (included) to {@code end} (excluded).
 *
 * @param type the tag without its prefix, such as {@code PER}
 */
public record Mention(String type, int start, int end) {

  private static final Pattern TAG = Pattern.compile("([BIELSU])(?:-(.*))?", Pattern.DOTALL);

  /**
   * The entities of a sentence, in order, by the rules of conlleval. IOB1, IOB2, BIOES and BILOU
   * are read alike: an entity opens at B, S or U, after O, E, L, S or U, and where the type
   * changes; it lasts until the next opens or O comes. A tag without such a prefix is a type of its
   * own, as if after {@code I-}.
   */
  public static List<Mention> of(List<String> tags) {
    List<Mention> found = new ArrayList<>();
    Part before = Part.OUTSIDE;
    int start = -1;
    for (int i = 0; i <= tags.size(); i++) {
      Part now = i < tags.size() ? Part.of(tags.get(i)) : Part.OUTSIDE;
      boolean opens = now.opensAfter(before);
      if (start >= 0 && (opens || now.prefix == 'O')) {
        found.add(new Mention(before.type, start, i));
        start = -1;
      }
      start = opens ? i : start;
      before = now;
    }
    return found;
  }

  /** Its words, joined by blanks. */
  public String surface(List<String> words) {
    return String.join(" ", words.subList(start, end));
  }

  /** Whether {@code tag} is {@code O}, or one of B I E S L U, a hyphen and a type. */
  public static boolean isTag(String tag) {
    return tag.equals("O")
        || (tag.length() > 2 && tag.charAt(1) == '-' && "BIESLU".indexOf(tag.charAt(0)) >= 0);
  }

  private record Part(char prefix, String type) {
    static final Part OUTSIDE = new Part('O', "");

    static Part of(String tag) {
      if (tag.equals("O")) {
        return OUTSIDE;
      }
      Matcher m = TAG.matcher(tag);
      if (!m.matches()) {
        return new Part('I', tag);
      }
      return new Part(m.group(1).charAt(0), m.group(2) == null ? "" : m.group(2));
    }

    boolean opensAfter(Part before) {
      return prefix != 'O'
          && ("BSU".indexOf(prefix) >= 0
              || "OELSU".indexOf(before.prefix) >= 0
              || !type.equals(before.type));
    }
  }
}
