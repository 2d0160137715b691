package io.github.deepcut.app.demo;

import io.github.deepcut.data.TaggedSentence;
import java.util.ArrayList;
import java.util.List;

/** A sentence under construction: words with their tags. */
final class Sentence {
  private final List<String> words = new ArrayList<>();
  private final List<String> tags = new ArrayList<>();

  /** Adds words outside any entity. */
  void plain(String text) {
    for (String word : text.split(" ", -1)) {
      words.add(word);
      tags.add("O");
    }
  }

  /** Adds an entity. */
  void entity(String type, String text) {
    String prefix = "B-";
    for (String word : text.split(" ", -1)) {
      words.add(word);
      tags.add(prefix + type);
      prefix = "I-";
    }
  }

  String text() {
    return String.join(" ", words);
  }

  TaggedSentence tagged(String id) {
    return new TaggedSentence(id, words, tags);
  }

  /** As CoNLL lines, with the blank line behind. */
  String conll() {
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < words.size(); i++) {
      lines.append(words.get(i)).append('\t').append(tags.get(i)).append('\n');
    }
    return lines.append('\n').toString();
  }
}
