package io.github.deepcut.audit;

import io.github.deepcut.stats.Checks;
import java.util.Arrays;
import java.util.Objects;

/**
 * What shadow models say of one sample: log odds of its true class in the two worlds that an attack
 * tells apart.
 *
 * @param id the sample's id
 * @param member under models that had the sample, each trained on it or trained on it and then made
 *     to unlearn it
 * @param other under models that never had it
 */
public record Worlds(String id, double[] member, double[] other) {
  public Worlds {
    Objects.requireNonNull(id, "id");
    Checks.numbers(id + ": log odds with it", member);
    Checks.numbers(id + ": log odds without it", other);
  }

  static double mean(double[] values) {
    return Arrays.stream(values).average().orElse(Double.NaN);
  }
}
