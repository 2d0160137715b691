package io.github.deepcut.data.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.deepcut.run.FileErrors;
import io.github.deepcut.run.InputException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What {@code tokenizer_config.json} says, and {@code special_tokens_map.json} where the former
 * lists no {@code added_tokens_decoder}: transformers reads the latter in that case alone, and
 * before the former.
 *
 * @param folder for messages
 * @param json both, joined
 * @param kind how words are taken apart, where a class of tokenizers is named, or known by the
 *     model's type
 */
record TokenizerSettings(Path folder, JsonNode json, Kind kind) {
  static final String FILE = "tokenizer_config.json";
  private static final String MAP = "special_tokens_map.json";
  private static final String DECODER = "added_tokens_decoder";

  /** The ways to make a tokenizer. */
  enum Kind {
    /** BERT's, from {@code vocab.txt}. */
    WORD_PIECE,
    /** RoBERTa's byte-level BPE, from {@code vocab.json} and {@code merges.txt}. */
    BYTE_LEVEL,
    /** As {@code tokenizer.json} has it, and nothing else. */
    WHOLE,
    /** Nothing is said: what is there decides. */
    UNKNOWN
  }

  private static final Set<String> WORD_PIECE =
      Set.of("Bert", "DistilBert", "Electra", "MobileBert", "ConvBert", "LayoutLM");
  private static final Set<String> BYTE_LEVEL = Set.of("Roberta", "Bart", "Longformer", "LED");

  /** Classes that cut words by programs of their own, whatever {@code tokenizer.json} says. */
  private static final Set<String> OWN_PROGRAMS =
      Set.of("BertJapanese", "Bertweet", "Phobert", "Character");

  /** Settings that would give other tokens, and the values that do not. */
  private static final Map<String, Boolean> FIXED =
      Map.of("do_basic_tokenize", true, "split_special_tokens", false);

  /**
   * Reads the files.
   *
   * @param modelOrNull the model's {@code config.json}
   * @throws InputException if one is broken, or names what is not done here
   */
  static TokenizerSettings read(Path folder, JsonNode modelOrNull) {
    ObjectNode json = TokenizerFiles.objectOrEmpty(folder.resolve(FILE));
    if (!json.has(DECODER)) {
      TokenizerFiles.objectOrEmpty(folder.resolve(MAP))
          .properties()
          .forEach(e -> json.set(e.getKey(), merged(e.getKey(), json, e.getValue())));
    }
    String named = name(folder, json, modelOrNull);
    var settings = new TokenizerSettings(folder, json, kind(named, modelOrNull));
    settings.check(named);
    return settings;
  }

  /** The map goes before the configuration; of further special tokens both lists count. */
  private static JsonNode merged(String key, ObjectNode config, JsonNode fromMap) {
    if (!key.equals("additional_special_tokens")
        || !fromMap.isArray()
        || !config.path(key).isArray()) {
      return fromMap;
    }
    var all = config.withArray(key).deepCopy();
    fromMap.forEach(all::add);
    return all;
  }

  /** The class's name without {@code Tokenizer} and {@code Fast}; empty where none is named. */
  private static String name(Path folder, JsonNode json, JsonNode modelOrNull) {
    JsonNode named = json.path("tokenizer_class");
    if (!named.isTextual() && modelOrNull != null) {
      named = modelOrNull.path("tokenizer_class");
    }
    if (!named.isTextual() && !named.isMissingNode() && !named.isNull()) {
      throw new InputException(folder + ": tokenizer_class is " + named + ", expected a name");
    }
    return named.asText("").replaceFirst("Fast$", "").replaceFirst("Tokenizer$", "");
  }

  private static Kind kind(String named, JsonNode modelOrNull) {
    if (named.isEmpty()) {
      String type = modelOrNull == null ? "" : modelOrNull.path("model_type").asText("");
      return type.equals("roberta")
          ? Kind.BYTE_LEVEL
          : type.equals("bert") || type.equals("distilbert") ? Kind.WORD_PIECE : Kind.UNKNOWN;
    }
    return WORD_PIECE.contains(named)
        ? Kind.WORD_PIECE
        : BYTE_LEVEL.contains(named) ? Kind.BYTE_LEVEL : Kind.WHOLE;
  }

  /** Whether a class is named, so that no other files will do. */
  boolean isNamed() {
    return json.path("tokenizer_class").isTextual();
  }

  private void check(String named) {
    if (OWN_PROGRAMS.contains(named)) {
      throw fail(FILE, "tokenizer_class is " + named + "Tokenizer, which is not supported");
    }
    JsonNode code = json.path("auto_map");
    if (code.size() > 0) {
      throw fail(FILE, "auto_map names code of the model's own, which is not run");
    }
    FIXED.forEach(
        (key, value) -> {
          if (flag(key, value) != value) {
            throw fail(FILE, key + " is " + !value + ", expected " + value);
          }
        });
    if (!List.of("left", "right").contains(truncationSide())) {
      throw fail(FILE, "truncation_side is " + shown("truncation_side") + ", expected left, right");
    }
    maxTokens();
  }

  /** Whether {@code key} has a value. */
  boolean says(String key) {
    return !json.path(key).isMissingNode();
  }

  /** A yes or no. */
  boolean flag(String key, boolean otherwise) {
    JsonNode value = json.path(key);
    if (!value.isMissingNode() && !value.isBoolean()) {
      throw fail(FILE, key + " is " + shown(key) + ", expected true or false");
    }
    return value.asBoolean(otherwise);
  }

  /** A yes or no, or null, which says that another setting decides. */
  JsonNode flagOrNull(String key) {
    if (!json.path(key).isNull()) {
      flag(key, false);
    }
    return json.get(key);
  }

  /** A special token's text: it is given plain, or as an object's content. */
  String token(String key, String otherwise) {
    JsonNode node = json.path(key);
    JsonNode text = node.isObject() ? node.path("content") : node;
    if (node.isMissingNode() || node.isNull()) {
      return otherwise;
    }
    if (!text.isTextual()) {
      throw fail(FILE, key + " is " + shown(key) + ", expected a token");
    }
    return text.asText();
  }

  /** Which end of a text that is too long is cut. */
  String truncationSide() {
    return json.path("truncation_side").asText("right");
  }

  /**
   * {@code model_max_length}, or {@code max_len} as it was called: transformers writes 1e30 where
   * there is none.
   */
  int maxTokens() {
    String key = says("model_max_length") ? "model_max_length" : "max_len";
    JsonNode most = json.path(key);
    if (most.isMissingNode() || most.isNull()) {
      return Integer.MAX_VALUE;
    }
    if (!most.isNumber() || !(most.asDouble() >= 1)) {
      throw fail(FILE, key + " is " + shown(key) + ", expected >= 1");
    }
    return (int) Math.min(Integer.MAX_VALUE, most.asDouble());
  }

  /** Whether segments are given to the model; {@code model_input_names} may leave them out. */
  boolean hasTypes() {
    JsonNode names = json.path("model_input_names");
    if (!names.isArray()) {
      return kind != Kind.BYTE_LEVEL;
    }
    for (JsonNode name : names) {
      if (name.asText().equals("token_type_ids")) {
        return true;
      }
    }
    return false;
  }

  private String shown(String key) {
    String text = FileErrors.oneLine(json.path(key).toString());
    return text.length() > 60 ? text.substring(0, 60) + "…" : text;
  }

  InputException fail(String file, String rule) {
    return new InputException(folder.resolve(file) + ": " + rule);
  }
}
