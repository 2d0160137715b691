package io.github.deepcut.unlearn;

import java.util.List;

/**
 * What siblings of the model, trained as it was, say of data that they never saw.
 *
 * @param forget of each row of D_f, by each sibling that was trained without it: the loss of each
 *     item, in nats
 * @param heldOut by each sibling, of each row of D_v, which none has seen: the loss of each item;
 *     null where it was not asked. Empty without D_v
 * @param fit whether siblings did without what the request takes away: see {@code targets}
 */
public record SiblingLosses(List<double[][]> forget, List<double[][]> heldOut, boolean fit) {
  /**
   * Copies the lists.
   *
   * @param forget of each row, by sibling and item
   * @param heldOut by sibling, row and item
   * @param fit whether they may be used unasked
   */
  public SiblingLosses {
    forget = List.copyOf(forget);
    heldOut = List.copyOf(heldOut);
  }
}
