package io.github.deepcut.shadow;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.github.deepcut.pool.PoolIdentity;
import java.util.List;

/**
 * All that the answers of a pool depend on. Two requests with the same identity share the pool,
 * whatever they forget.
 *
 * @param version of DeepCUT
 * @param data SHA-256 of the training data
 * @param eval SHA-256 of the data never seen
 * @param base SHA-256 of the folder that training starts from
 * @param recipe of training, without its seed
 * @param labels of the audited model, in its order
 * @param seed of the pool
 */
public record ShadowIdentity(
    String version,
    String data,
    String eval,
    String base,
    String recipe,
    List<String> labels,
    long seed) {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  public ShadowIdentity {
    labels = List.copyOf(labels);
  }

  /** {@return the identity of the pool, which is written down as JSON} */
  public PoolIdentity pool() {
    try {
      return new PoolIdentity(PoolIdentity.Kind.SHADOW, JSON.writeValueAsString(this));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
