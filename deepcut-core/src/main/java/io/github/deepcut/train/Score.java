package io.github.deepcut.train;

import io.github.deepcut.model.Classifier;

/** How good a model is on data that it does not train on; higher is better. */
@FunctionalInterface
public interface Score {
  double of(Classifier model);
}
