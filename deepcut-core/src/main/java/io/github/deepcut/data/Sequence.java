package io.github.deepcut.data;

/**
 * One row of model input: the token ids of a sentence (or of a window of it) and the items in it
 * that carry a label. A sentence classifier has one item, at position 0; a tagger has one a word,
 * at its first sub-word.
 *
 * @param example index of the example in its dataset
 * @param ids token ids, special tokens included, no padding
 * @param types segment ids, as many as {@code ids}
 * @param positions token position of each item
 * @param words index in the example of each item's word (0 for a sentence)
 * @param labels class index of each item, -1 where it is not known
 */
public record Sequence(
    int example, int[] ids, int[] types, int[] positions, int[] words, int[] labels)
    implements Input {

  @Override
  public int length() {
    return ids.length;
  }

  @Override
  public Sequence withLabels(int[] other) {
    return new Sequence(example, ids, types, positions, words, other);
  }
}
