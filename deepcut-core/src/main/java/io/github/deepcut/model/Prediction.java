package io.github.deepcut.model;

/**
 * What a model says of one item, dropout off.
 *
 * @param example index of the example in its dataset
 * @param word index of the word in the example; 0 for a sentence
 * @param label true class, -1 where unknown
 * @param logProbabilities natural log of the softmax over classes (C)
 */
public record Prediction(int example, int word, int label, float[] logProbabilities) {

  /** Cross-entropy in nats; NaN where the label is unknown. */
  public double loss() {
    return label < 0 ? Double.NaN : -logProbabilities[label];
  }

  /** The most probable class; the first of equals. */
  public int best() {
    int best = 0;
    for (int c = 1; c < logProbabilities.length; c++) {
      if (logProbabilities[c] > logProbabilities[best]) {
        best = c;
      }
    }
    return best;
  }
}
