package io.github.deepcut.audit;

import io.github.deepcut.model.Prediction;
import java.util.List;
import java.util.Objects;

/**
 * What an attack is asked about: a sentence, an image, a mention of an entity, or all mentions of
 * one entity.
 *
 * @param id the example's id, for parts of one with a suffix
 * @param stratum what it is to be matched by, such as its class; "" where there is nothing to match
 * @param items what the model says of its items; their labels are known
 */
public record Sample(String id, String stratum, List<Prediction> items) {
  public Sample {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(stratum, "stratum");
    items = List.copyOf(items);
  }
}
