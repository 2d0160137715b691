package io.github.deepcut.pool;

/**
 * What one model of a pool was trained on and what it says.
 *
 * @param model its number in the pool
 * @param members whether it was trained on each sample of the population
 * @param logOdds of the true class of each sample's items: one for a sentence or an image, one a
 *     word for a tagged sentence
 */
public record PooledModel(int model, boolean[] members, float[][] logOdds) {
  public PooledModel {
    if (members.length != logOdds.length) {
      throw new IllegalArgumentException(
          members.length + " samples but answers on " + logOdds.length);
    }
  }
}
