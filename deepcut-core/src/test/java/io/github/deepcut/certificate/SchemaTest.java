package io.github.deepcut.certificate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The grammar uses nothing that its checker passes over. */
class SchemaTest {
  private static final Set<String> CHECKED =
      Set.of(
          "$ref",
          "type",
          "const",
          "enum",
          "pattern",
          "maxLength",
          "minimum",
          "maximum",
          "minItems",
          "maxItems",
          "items",
          "properties",
          "required",
          "additionalProperties");
  private static final Set<String> SAID = Set.of("$schema", "title", "$defs");
  private static final Set<String> TYPES = Set.of("object", "array", "string", "integer", "null");

  @ParameterizedTest
  @ValueSource(strings = {"envelope.schema.json", "statement-v2.schema.json"})
  void everyKeywordIsChecked(String name) throws IOException {
    JsonNode root = new ObjectMapper().readTree(Schema.class.getResourceAsStream(name));
    walk(root, root);
  }

  private static void walk(JsonNode schema, JsonNode root) {
    schema
        .fieldNames()
        .forEachRemaining(k -> assertThat(CHECKED.contains(k) || SAID.contains(k)).as(k).isTrue());
    if (schema.has("$ref")) {
      assertThat(schema.size()).as("nothing stands beside $ref").isEqualTo(1);
      assertThat(root.at(schema.get("$ref").asText().substring(1)).isObject()).isTrue();
    }
    if (schema.path("type").isTextual()) {
      assertThat(TYPES).contains(schema.get("type").asText());
    }
    schema.path("type").forEach(type -> assertThat(TYPES).contains(type.asText()));
    if (schema.has("pattern")) {
      assertThat(schema.get("pattern").asText()).startsWith("^").endsWith("$");
    }
    if (schema.has("minimum")) {
      assertThat(schema.get("type").toString()).as("bounds are of integers").contains("integer");
    }
    schema.path("properties").forEach(inner -> walk(inner, root));
    schema.path("$defs").forEach(inner -> walk(inner, root));
    if (schema.path("additionalProperties").isObject()) {
      walk(schema.get("additionalProperties"), root);
    } else if (schema.has("additionalProperties")) {
      assertThat(schema.get("additionalProperties").asBoolean(true)).isFalse();
    }
    if (schema.has("items")) {
      walk(schema.get("items"), root);
    }
  }
}
