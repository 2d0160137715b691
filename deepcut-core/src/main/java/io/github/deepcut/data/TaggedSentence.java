package io.github.deepcut.data;

import java.util.List;

/**
 * A sentence of words with one IOB tag each.
 *
 * @param tags one a word; empty where they are not known (prediction)
 */
public record TaggedSentence(String id, List<String> words, List<String> tags) implements Example {
  public TaggedSentence {
    words = List.copyOf(words);
    tags = List.copyOf(tags);
    if (!tags.isEmpty() && tags.size() != words.size()) {
      throw new IllegalArgumentException(
          "sentence " + id + ": " + words.size() + " words but " + tags.size() + " tags");
    }
  }
}
