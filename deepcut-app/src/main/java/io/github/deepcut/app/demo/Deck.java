package io.github.deepcut.app.demo;

import java.util.ArrayList;
import java.util.List;

/** Cards dealt in random order, and shuffled anew when all are dealt. */
final class Deck<T> {
  private final List<T> cards;
  private final Words words;
  private final List<T> left = new ArrayList<>();

  Deck(List<T> cards, Words words) {
    this.cards = cards;
    this.words = words;
  }

  T next() {
    if (left.isEmpty()) {
      left.addAll(cards);
    }
    return left.remove(words.below(left.size()));
  }
}
