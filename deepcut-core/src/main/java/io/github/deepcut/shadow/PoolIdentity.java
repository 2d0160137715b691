package io.github.deepcut.shadow;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
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
public record PoolIdentity(
    String version,
    String data,
    String eval,
    String base,
    String recipe,
    List<String> labels,
    long seed) {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  public PoolIdentity {
    labels = List.copyOf(labels);
  }

  /** As it is written down. */
  public String json() {
    try {
      return JSON.writeValueAsString(this);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /** SHA-256 of {@link #json}: 32 bytes. */
  byte[] digest() {
    try {
      return MessageDigest.getInstance("SHA-256").digest(json().getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** The name of the pool's folder: the digest's first 16 bytes in hexadecimal. */
  public String key() {
    return HexFormat.of().formatHex(digest(), 0, 16);
  }
}
