package io.github.deepcut.audit;

import io.github.deepcut.model.Prediction;

/**
 * An attack by a number that one answer gives. A sample of several items, such as the words of a
 * sentence, scores their mean; one without items scores 0.
 */
public interface ScoreAttack extends Attack {
  /** Of one item. */
  double score(Prediction item);

  @Override
  default double score(Sample sample) {
    return sample.items().stream().mapToDouble(this::score).average().orElse(0);
  }
}
