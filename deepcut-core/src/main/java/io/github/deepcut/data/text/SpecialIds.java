package io.github.deepcut.data.text;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.Map;

/** The ids of the special tokens, and the size of the vocabulary. */
record SpecialIds(int cls, int sep, int pad, int unknown, int vocabularySize) {

  /**
   * Classification and separator tokens are those that the layout sets first and last. Padding and
   * unknown tokens are those that the tokenizer names, else the model's {@code pad_token_id}, else
   * 0.
   */
  static SpecialIds of(TokenizerFiles files, Layout layout, JsonNode modelConfig) {
    Map<String, Integer> ids = ids(files.definition());
    JsonNode model = files.definition().path("model");
    int pad = modelConfig == null ? 0 : modelConfig.path("pad_token_id").asInt(0);
    String padding = named(ids, "[PAD]", "<pad>");
    pad = ids.getOrDefault(TokenizerJson.special(files.config(), "pad_token", padding), pad);
    String unk = TokenizerJson.special(files.config(), "unk_token", named(ids, "[UNK]", "<unk>"));
    int unknown = ids.getOrDefault(model.path("unk_token").asText(unk), ids.getOrDefault(unk, pad));
    int[] before = layout.single()[0].ids();
    int[] after = layout.single()[1].ids();
    int cls = before.length > 0 ? before[0] : unknown;
    int sep = after.length > 0 ? after[after.length - 1] : unknown;
    int size = ids.values().stream().mapToInt(id -> id + 1).max().orElse(0);
    return new SpecialIds(cls, sep, pad, unknown, size);
  }

  private static String named(Map<String, Integer> ids, String one, String other) {
    return ids.containsKey(one) ? one : other;
  }

  /** Every piece and added token; a Unigram model lists its pieces in order, with their scores. */
  private static Map<String, Integer> ids(JsonNode definition) {
    Map<String, Integer> ids = new HashMap<>();
    JsonNode vocabulary = definition.path("model").path("vocab");
    vocabulary.properties().forEach(e -> ids.put(e.getKey(), e.getValue().asInt()));
    if (vocabulary.isArray()) {
      vocabulary.forEach(piece -> ids.put(piece.path(0).asText(), ids.size()));
    }
    definition
        .path("added_tokens")
        .forEach(t -> ids.put(t.path("content").asText(), t.path("id").asInt()));
    return ids;
  }
}
