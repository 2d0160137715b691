package io.github.deepcut.data.text;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.deepcut.data.text.TokenizerSettings.Kind;
import io.github.deepcut.run.InputException;
import java.util.List;
import java.util.Map;

/**
 * Writes the {@code tokenizer.json} that older vocabulary files stand for, and puts the settings of
 * {@code tokenizer_config.json} into one that is there.
 */
final class TokenizerJson {
  private static final ObjectMapper JSON = new ObjectMapper();

  private TokenizerJson() {}

  /** BERT's: {@code vocab.txt} has a piece a line, its id being its 0-based line. */
  static ObjectNode wordPiece(List<String> pieces, TokenizerSettings settings) {
    ObjectNode vocabulary = JSON.createObjectNode();
    for (int id = 0; id < pieces.size(); id++) {
      vocabulary.put(pieces.get(id), id);
    }
    ObjectNode root = root();
    String unknown = AddedTokens.named(settings, Kind.WORD_PIECE, "unk_token");
    if (!vocabulary.has(unknown)) {
      throw missing(Kind.WORD_PIECE, unknown);
    }
    ObjectNode normalizer = root.putObject("normalizer").put("type", "BertNormalizer");
    normalizer.put("clean_text", true);
    normalise(normalizer, settings);
    root.putObject("pre_tokenizer").put("type", "BertPreTokenizer");
    root.putObject("decoder").put("type", "WordPiece").put("prefix", "##").put("cleanup", true);
    ObjectNode model = root.putObject("model").put("type", "WordPiece").put("unk_token", unknown);
    model.put("continuing_subword_prefix", "##").put("max_input_chars_per_word", 100);
    model.set("vocab", vocabulary);
    return root;
  }

  /** The settings of BERT's normaliser; where they are silent, BERT's own. */
  private static void normalise(ObjectNode normalizer, TokenizerSettings settings) {
    normalizer.put("handle_chinese_chars", settings.flag("tokenize_chinese_chars", true));
    normalizer.set("strip_accents", settings.flagOrNull("strip_accents"));
    normalizer.put("lowercase", settings.flag("do_lower_case", true));
  }

  /** RoBERTa's byte-level BPE: {@code vocab.json} maps pieces to ids, {@code merges.txt} ranks. */
  static ObjectNode byteLevel(
      ObjectNode vocabulary, List<String> merges, TokenizerSettings settings) {
    ObjectNode root = root();
    root.putNull("normalizer");
    ObjectNode split = root.putObject("pre_tokenizer").put("type", "ByteLevel");
    split.put("add_prefix_space", settings.flag("add_prefix_space", false));
    split.put("trim_offsets", true).put("use_regex", true);
    ObjectNode decoder = root.putObject("decoder").put("type", "ByteLevel");
    decoder.put("add_prefix_space", true).put("trim_offsets", true).put("use_regex", true);
    ObjectNode model = root.putObject("model").put("type", "BPE").putNull("dropout");
    model.put("unk_token", AddedTokens.named(settings, Kind.BYTE_LEVEL, "unk_token"));
    model.put("continuing_subword_prefix", "").put("end_of_word_suffix", "").put("fuse_unk", false);
    model.set("vocab", vocabulary);
    ArrayNode ranked = model.putArray("merges");
    merges.stream()
        .filter(line -> !line.startsWith("#version") && !line.isBlank())
        .forEach(ranked::add);
    return root;
  }

  /**
   * Puts the settings into a whole definition, as transformers' BERT and RoBERTa classes do: all of
   * the normaliser's where one is named, for those that are not named are the class's own then.
   * Where none is named the definition stays as it is.
   */
  static void override(ObjectNode definition, TokenizerSettings settings) {
    boolean normalises =
        List.of("do_lower_case", "strip_accents", "tokenize_chinese_chars").stream()
            .anyMatch(settings::says);
    if (settings.kind() == Kind.WORD_PIECE
        && normalises
        && definition.path("normalizer") instanceof ObjectNode normalizer) {
      if (!normalizer.path("type").asText().equals("BertNormalizer")) {
        throw settings.fail(
            TokenizerSettings.FILE,
            "do_lower_case, strip_accents and tokenize_chinese_chars are for a BertNormalizer, but"
                + " tokenizer.json has a "
                + normalizer.path("type"));
      }
      normalise(normalizer, settings);
    }
    if (settings.says("add_prefix_space")
        && definition.path("pre_tokenizer") instanceof ObjectNode split
        && split.path("type").asText().equals("ByteLevel")) {
      split.put("add_prefix_space", settings.flag("add_prefix_space", false));
    }
  }

  /** What sets the special tokens around a text; its ids are those that the files give. */
  static ObjectNode processor(TokenizerFiles files, Kind kind) {
    String cls = AddedTokens.named(files.settings(), kind, "cls_token");
    String sep = AddedTokens.named(files.settings(), kind, "sep_token");
    for (String token : List.of(cls, sep)) {
      if (!files.ids().containsKey(token)) {
        throw missing(kind, token);
      }
    }
    if (kind == Kind.WORD_PIECE) {
      return template(cls, sep, files.ids());
    }
    ObjectNode processor = JSON.createObjectNode().put("type", "RobertaProcessing");
    processor.putArray("sep").add(sep).add(files.ids().get(sep));
    processor.putArray("cls").add(cls).add(files.ids().get(cls));
    boolean space = files.settings().flag("add_prefix_space", false);
    return processor.put("trim_offsets", true).put("add_prefix_space", space);
  }

  /** {@code cls A sep}, and {@code cls A sep B sep} with the second segment marked 1. */
  private static ObjectNode template(String cls, String sep, Map<String, Integer> ids) {
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
      entry.putArray("ids").add(ids.get(token));
      entry.putArray("tokens").add(token);
    }
    return processor;
  }

  private static void part(ArrayNode row, String kind, String id, int type) {
    row.addObject().putObject(kind).put("id", id).put("type_id", type);
  }

  private static ObjectNode root() {
    return JSON.createObjectNode().put("version", "1.0").putNull("truncation").putNull("padding");
  }

  private static InputException missing(Kind kind, String token) {
    String file = kind == Kind.WORD_PIECE ? "vocab.txt" : "vocab.json";
    return new InputException(file + ": the special token " + token + " is not in it");
  }
}
