package io.github.deepcut.unlearn.deepcut.target;

import io.github.deepcut.data.Input;
import java.util.List;

/**
 * What has learnt from the retained data alone, in no time, and so tells how easy an item is to a
 * model that never saw it: of sentences and images {@link Neighbours}, of words a {@link
 * LinearTagger}.
 */
interface DifficultyModel {
  /**
   * Measures of how easy each item of {@code rows} is, by measure and item. By the first of them
   * items are ranked; by all of them forgotten and held-out items are matched.
   */
  double[][] ease(List<? extends Input> rows);

  /** Edges, in ascending order, between the levels of a measure within which items are alike. */
  double[] edges(double[] forgotten);

  /** Whether items are alike only if their classes are the same, too. */
  boolean matchesClasses();
}
