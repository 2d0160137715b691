package io.github.deepcut.unlearn;

import java.util.List;

/**
 * What siblings of the model, trained as it was, say of data that they never saw. Losses are in
 * nats.
 *
 * @param forget of each example of D_f, by each sibling that was trained without it: the loss of
 *     each item, over all rows of the example
 * @param heldOut of each example of D_v, which no sibling saw, the same by as many siblings; once
 *     for each such set of siblings. Of one that they were not asked about no sibling. Empty
 *     without D_v
 * @param fit whether siblings lack what the request takes away, and nothing else that resembles it
 */
public record SiblingLosses(List<double[][]> forget, List<List<double[][]>> heldOut, boolean fit) {
  /**
   * Copies the lists.
   *
   * @param forget of each example, by sibling and item
   * @param heldOut by set of siblings: of each example, by sibling and item
   * @param fit whether they may be used unasked
   */
  public SiblingLosses {
    forget = List.copyOf(forget);
    heldOut = List.copyOf(heldOut);
  }
}
