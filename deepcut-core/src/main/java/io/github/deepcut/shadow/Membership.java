package io.github.deepcut.shadow;

import io.github.deepcut.run.Run;

/**
 * Which samples a shadow model is trained on: each with probability one half, by a hash of seed and
 * id alone. Models 2k and 2k + 1 are complements, so that of 2n models exactly n have a sample,
 * whichever it is, and a pool that grows keeps the models it has.
 *
 * @param seed of the pool
 */
public record Membership(long seed) {
  /** Which file a sample is of: ids are unique only within one. */
  public enum Part {
    /** Training data of the audited model. */
    TRAIN,
    /** Data that it never saw. */
    EVAL
  }

  /** Whether shadow model {@code model} (0, 1, …) is trained on the sample. */
  public boolean has(int model, Part part, String id) {
    return draw("pair " + model / 2, part, id) < 0 == (model % 2 == 0);
  }

  /** A number by which to choose among samples at random. */
  long order(Part part, String id) {
    return draw("order", part, id);
  }

  private long draw(String purpose, Part part, String id) {
    return Run.of(seed).random(purpose + " " + part + " " + id).nextLong();
  }
}
