package io.github.deepcut.data.text;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.deepcut.run.FileErrors;
import io.github.deepcut.run.InputException;
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
    Map<String, Integer> ids = files.ids();
    JsonNode model = files.definition().path("model");
    int pad = modelConfig == null ? 0 : modelConfig.path("pad_token_id").asInt(0);
    TokenizerSettings settings = files.settings();
    pad = ids.getOrDefault(settings.token("pad_token", named(ids, "[PAD]", "<pad>")), pad);
    String unk = settings.token("unk_token", named(ids, "[UNK]", "<unk>"));
    int unknown = ids.getOrDefault(model.path("unk_token").asText(unk), ids.getOrDefault(unk, pad));
    int cls = layout.first().orElse(unknown);
    int sep = layout.last().orElse(unknown);
    int size = ids.values().stream().mapToInt(id -> id + 1).max().orElse(0);
    String masking = settings.token("mask_token", named(ids, "[MASK]", "<mask>"));
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

  /** The ids of a model's pieces; a Unigram model lists them in order, with their scores. */
  static Map<String, Integer> vocabulary(JsonNode definition) {
    Map<String, Integer> ids = new HashMap<>();
    JsonNode vocabulary = definition.path("model").path("vocab");
    vocabulary.properties().forEach(e -> ids.put(e.getKey(), id(e.getKey(), e.getValue())));
    if (vocabulary.isArray()) {
      vocabulary.forEach(piece -> ids.put(piece.path(0).asText(), ids.size()));
    }
    return ids;
  }

  private static int id(String piece, JsonNode number) {
    if (!number.isInt() || number.asInt() < 0) {
      throw new InputException(
          FileErrors.oneLine(
              "the tokenizer's vocabulary: the id of '%s' is %s, expected 0, 1, …"
                  .formatted(piece, number)));
    }
    return number.asInt();
  }
}
