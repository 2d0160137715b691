package io.github.deepcut.data.text;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;

/**
 * The ids of the special tokens, and those of all others.
 *
 * @param mask empty where the tokenizer has no mask token
 * @param ordinary every id that is not a special token's, ascending
 * @param vocabularySize one more than the largest id
 */
record SpecialIds(
    int cls, int sep, int pad, int unknown, OptionalInt mask, int[] ordinary, int vocabularySize) {

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
    String masking =
        TokenizerJson.special(files.config(), "mask_token", named(ids, "[MASK]", "<mask>"));
    OptionalInt mask =
        ids.containsKey(masking) ? OptionalInt.of(ids.get(masking)) : OptionalInt.empty();
    Set<Integer> special = new HashSet<>(List.of(cls, sep, unknown));
    mask.ifPresent(special::add);
    files.definition().path("added_tokens").forEach(t -> addIfSpecial(t, special));
    int[] ordinary =
        ids.values().stream()
            .distinct()
            .filter(id -> !special.contains(id))
            .mapToInt(id -> id)
            .sorted()
            .toArray();
    return new SpecialIds(cls, sep, pad, unknown, mask, ordinary, size);
  }

  private static void addIfSpecial(JsonNode token, Set<Integer> special) {
    if (token.path("special").asBoolean()) {
      special.add(token.path("id").asInt());
    }
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
