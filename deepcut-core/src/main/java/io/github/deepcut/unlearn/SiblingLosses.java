package io.github.deepcut.unlearn;

import java.util.List;

/**
 * What siblings of the model, trained as it was, say of data that they never saw.
 *
 * @param siblings one or more
 * @param fit whether siblings lack what the request takes away, and nothing else that resembles it
 */
public record SiblingLosses(List<Sibling> siblings, boolean fit) {
  /**
   * Copies the list.
   *
   * @param siblings one or more
   * @param fit whether they may be used unasked
   */
  public SiblingLosses {
    siblings = List.copyOf(siblings);
  }

  /**
   * The losses of one, in nats.
   *
   * @param forget of each example of D_f, the loss of each item, over all rows of the example;
   *     empty where the sibling is not to be asked about it. Every example has a sibling
   * @param heldOut the same of D_v, which no sibling saw; empty where it was not asked. Nothing
   *     without D_v
   */
  public record Sibling(double[][] forget, double[][] heldOut) {}
}
