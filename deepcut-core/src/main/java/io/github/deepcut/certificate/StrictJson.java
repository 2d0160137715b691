package io.github.deepcut.certificate;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.deepcut.run.FileErrors;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** JSON as certificates have it: UTF-8, one object, each field once, bounded in depth and size. */
final class StrictJson {
  /** Most bytes of a certificate. */
  static final int MAX_BYTES = 256 << 20;

  private static final int MAX_DEPTH = 32;

  static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES) // the names are anybody's
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(MAX_DEPTH)
                          .maxStringLength(MAX_BYTES)
                          .maxNameLength(1000)
                          .maxNumberLength(100)
                          .build())
                  .build())
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
          .enable(JsonWriteFeature.ESCAPE_NON_ASCII) // some verifiers count characters, not bytes
          .build();

  private StrictJson() {}

  /**
   * Reads an object.
   *
   * @throws IllegalArgumentException if that is not what the bytes hold
   */
  static JsonNode read(byte[] bytes) {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      JsonNode tree = MAPPER.readTree(text);
      if (!tree.isObject()) {
        throw new IllegalArgumentException("must be a JSON object, found " + tree.getNodeType());
      }
      return tree;
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException("must be JSON in UTF-8", e);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(
          "must be JSON: " + FileErrors.oneLine(e.getOriginalMessage()), e);
    }
  }
}
