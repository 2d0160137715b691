package io.github.deepcut.data;

/** One row of model input, and the items in it that carry a label. */
public sealed interface Input permits Sequence, Picture {

  /** Index of the example in its dataset. */
  int example();

  /** Index in the example of each item's word; 0 where the whole row is the item. */
  int[] words();

  /** Class index of each item, -1 where it is not known. */
  int[] labels();

  /** How much there is to compute: the tokens of a sequence, the pixels of a picture. */
  int length();

  /** The same row under other labels, as many as before. */
  Input withLabels(int[] labels);
}
