package io.github.deepcut.data.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.deepcut.run.InputException;
import java.util.List;

/** Writes the {@code tokenizer.json} that older vocabulary files stand for. */
final class TokenizerJson {
  private static final ObjectMapper JSON = new ObjectMapper();

  private TokenizerJson() {}

  /**
   * BERT's: {@code vocab.txt} has a piece a line, its id being its 0-based line.
   *
   * @param config {@code tokenizer_config.json}; {@code do_lower_case} is true where it is silent
   */
  static ObjectNode wordPiece(List<String> pieces, JsonNode config) {
    ObjectNode vocabulary = JSON.createObjectNode();
    for (int id = 0; id < pieces.size(); id++) {
      vocabulary.put(pieces.get(id), id);
    }
    ObjectNode root = root();
    String unknown = special(config, "unk_token", "[UNK]");
    String cls = special(config, "cls_token", "[CLS]");
    String sep = special(config, "sep_token", "[SEP]");
    String pad = special(config, "pad_token", "[PAD]");
    require(vocabulary, "vocab.txt", List.of(unknown, cls, sep));
    String mask = special(config, "mask_token", "[MASK]");
    addSpecials(root, vocabulary, List.of(pad, unknown, cls, sep, mask));
    ObjectNode normalizer = root.putObject("normalizer").put("type", "BertNormalizer");
    normalizer.put("clean_text", true);
    normalizer.put("handle_chinese_chars", config.path("tokenize_chinese_chars").asBoolean(true));
    normalizer.set("strip_accents", config.get("strip_accents"));
    normalizer.put("lowercase", config.path("do_lower_case").asBoolean(true));
    root.putObject("pre_tokenizer").put("type", "BertPreTokenizer");
    root.set("post_processor", template(cls, sep, vocabulary));
    root.putObject("decoder").put("type", "WordPiece").put("prefix", "##").put("cleanup", true);
    ObjectNode model = root.putObject("model").put("type", "WordPiece").put("unk_token", unknown);
    model.put("continuing_subword_prefix", "##").put("max_input_chars_per_word", 100);
    model.set("vocab", vocabulary);
    return root;
  }

  /** {@code cls A sep}, and {@code cls A sep B sep} with the second segment marked 1. */
  private static ObjectNode template(String cls, String sep, ObjectNode vocabulary) {
    ObjectNode processor = JSON.createObjectNode().put("type", "TemplateProcessing");
    ArrayNode single = processor.putArray("single");
    ArrayNode pair = processor.putArray("pair");
    for (ArrayNode row : List.of(single, pair)) {
      part(row, "SpecialToken", cls, 0);
      part(row, "Sequence", "A", 0);
      part(row, "SpecialToken", sep, 0);
    }
    part(pair, "Sequence", "B", 1);
    part(pair, "SpecialToken", sep, 1);
    ObjectNode specials = processor.putObject("special_tokens");
    for (String token : List.of(cls, sep)) {
      ObjectNode entry = specials.putObject(token).put("id", token);
      entry.putArray("ids").add(vocabulary.get(token).asInt());
      entry.putArray("tokens").add(token);
    }
    return processor;
  }

  private static void part(ArrayNode row, String kind, String id, int type) {
    row.addObject().putObject(kind).put("id", id).put("type_id", type);
  }

  /** RoBERTa's byte-level BPE: {@code vocab.json} maps pieces to ids, {@code merges.txt} ranks. */
  static ObjectNode byteLevel(ObjectNode vocabulary, List<String> merges, JsonNode config) {
    ObjectNode root = root();
    String cls = special(config, "cls_token", "<s>");
    String sep = special(config, "sep_token", "</s>");
    String unknown = special(config, "unk_token", "<unk>");
    String pad = special(config, "pad_token", "<pad>");
    require(vocabulary, "vocab.json", List.of(cls, sep));
    addSpecials(
        root, vocabulary, List.of(cls, pad, sep, unknown, special(config, "mask_token", "<mask>")));
    boolean space = config.path("add_prefix_space").asBoolean(false);
    root.putNull("normalizer");
    ObjectNode split = root.putObject("pre_tokenizer").put("type", "ByteLevel");
    split.put("add_prefix_space", space).put("trim_offsets", true).put("use_regex", true);
    ObjectNode processor = root.putObject("post_processor").put("type", "RobertaProcessing");
    processor.putArray("sep").add(sep).add(vocabulary.get(sep).asInt());
    processor.putArray("cls").add(cls).add(vocabulary.get(cls).asInt());
    processor.put("trim_offsets", true).put("add_prefix_space", space);
    ObjectNode decoder = root.putObject("decoder").put("type", "ByteLevel");
    decoder.put("add_prefix_space", true).put("trim_offsets", true).put("use_regex", true);
    ObjectNode model = root.putObject("model").put("type", "BPE").putNull("dropout");
    model.put("unk_token", unknown).put("continuing_subword_prefix", "");
    model.put("end_of_word_suffix", "").put("fuse_unk", false);
    model.set("vocab", vocabulary);
    ArrayNode ranked = model.putArray("merges");
    merges.stream()
        .filter(line -> !line.startsWith("#version") && !line.isBlank())
        .forEach(ranked::add);
    return root;
  }

  private static ObjectNode root() {
    return JSON.createObjectNode().put("version", "1.0").putNull("truncation").putNull("padding");
  }

  /** A special token's text: tokenizer_config.json has it plain, or as an object's content. */
  static String special(JsonNode config, String key, String otherwise) {
    JsonNode node = config.path(key);
    return node.isObject()
        ? node.path("content").asText(otherwise)
        : node.isTextual() ? node.asText() : otherwise;
  }

  private static void require(ObjectNode vocabulary, String file, List<String> tokens) {
    for (String token : tokens) {
      if (!vocabulary.has(token)) {
        throw new InputException(file + ": the special token " + token + " is not in it");
      }
    }
  }

  private static void addSpecials(ObjectNode root, ObjectNode vocabulary, List<String> tokens) {
    ArrayNode added = root.putArray("added_tokens");
    for (String token : tokens) {
      if (vocabulary.has(token)) {
        ObjectNode entry = added.addObject().put("id", vocabulary.get(token).asInt());
        entry.put("content", token).put("single_word", false);
        entry.put("lstrip", token.equals("<mask>")).put("rstrip", false);
        entry.put("normalized", false).put("special", true);
      }
    }
  }
}
