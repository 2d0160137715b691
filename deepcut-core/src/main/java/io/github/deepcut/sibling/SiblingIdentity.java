package io.github.deepcut.sibling;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.github.deepcut.pool.PoolIdentity;
import io.github.deepcut.provenance.SiblingsUsed;
import java.util.List;

/**
 * All that the answers of siblings depend on.
 *
 * @param made how the model was trained that they are siblings of
 * @param rows of its training data
 * @param data SHA-256 of what these say
 * @param holdout SHA-256 of what the data say that none of them saw; empty where there are none
 * @param unit of the rows that a sibling never sees, as {@link Units} names it
 * @param folds how many, and the seed of dealing and training
 */
public record SiblingIdentity(
    Made made, int rows, String data, String holdout, String unit, Folds folds) {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  /**
   * How a model was trained, but for data and seed.
   *
   * @param version of DeepCUT
   * @param base SHA-256 of the folder that training starts from
   * @param recipe of training, its seed 0
   * @param labels in the order of the classes
   */
  public record Made(String version, String base, String recipe, List<String> labels) {
    public Made {
      labels = List.copyOf(labels);
    }
  }

  /** Whether these are siblings of a model that was trained so, if it was on such data. */
  boolean isOf(Made model) {
    return made.base().equals(model.base())
        && made.recipe().equals(model.recipe())
        && made.labels().equals(model.labels());
  }

  /** What a record tells of them. */
  SiblingsUsed used(double misfit) {
    return new SiblingsUsed(
        unit,
        folds.count(),
        folds.rounds(),
        folds.seed(),
        data,
        holdout,
        (int) Math.round(100 * misfit));
  }

  /** {@return the identity of the pool, which is written down as JSON} */
  PoolIdentity pool() {
    try {
      return new PoolIdentity(PoolIdentity.Kind.SIBLING, JSON.writeValueAsString(this));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * {@return the identity that was written down}
   *
   * @param json as a pool has it
   * @throws JsonProcessingException if it is none
   */
  static SiblingIdentity parse(String json) throws JsonProcessingException {
    return JSON.readValue(json, SiblingIdentity.class);
  }
}
