package io.github.deepcut.shadow;

/**
 * What one shadow model was trained on and what it says.
 *
 * @param model its number in the pool
 * @param members whether it was trained on each sample of the population
 * @param logOdds of the true class of each sample's items: one for a sentence or an image, one a
 *     word for a tagged sentence
 */
public record Shadow(int model, boolean[] members, float[][] logOdds) {
  public Shadow {
    if (members.length != logOdds.length) {
      throw new IllegalArgumentException(
          members.length + " samples but answers on " + logOdds.length);
    }
  }
}
