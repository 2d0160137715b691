package io.github.deepcut.data.text;

import java.util.Arrays;

/**
 * The sub-words of a sentence's words, without special tokens.
 *
 * @param pieces the ids of each word's sub-words, at least one
 */
public record WordPieces(int[][] pieces) {

  /** How many words. */
  public int size() {
    return pieces.length;
  }

  /** The same, with no word longer than {@code most} sub-words. */
  public WordPieces atMost(int most) {
    return new WordPieces(
        Arrays.stream(pieces)
            .map(word -> word.length > most ? Arrays.copyOf(word, most) : word)
            .toArray(int[][]::new));
  }
}
