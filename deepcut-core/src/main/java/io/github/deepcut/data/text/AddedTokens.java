package io.github.deepcut.data.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.deepcut.data.text.TokenizerSettings.Kind;
import io.github.deepcut.run.InputException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * Collects the added tokens of a folder, as transformers does: those of {@code tokenizer.json};
 * those of {@code added_tokens_decoder}, or where that is missing of {@code added_tokens.json}, in
 * the order of their ids; and the special tokens that have names.
 */
final class AddedTokens {
  /** The special tokens with names, in the order in which transformers adds them. */
  private static final List<String> NAMES =
      List.of(
          "bos_token",
          "eos_token",
          "unk_token",
          "sep_token",
          "pad_token",
          "cls_token",
          "mask_token");

  private static final Map<String, String> OF_BERT =
      Map.of(
          "unk_token", "[UNK]",
          "sep_token", "[SEP]",
          "pad_token", "[PAD]",
          "cls_token", "[CLS]",
          "mask_token", "[MASK]");
  private static final Map<String, String> OF_ROBERTA =
      Map.of(
          "bos_token", "<s>",
          "eos_token", "</s>",
          "unk_token", "<unk>",
          "sep_token", "</s>",
          "pad_token", "<pad>",
          "cls_token", "<s>",
          "mask_token", "<mask>");

  private final TokenizerSettings settings;
  private final Kind kind;
  private final Map<String, Integer> vocabulary;
  private final Map<String, AddedToken> tokens = new LinkedHashMap<>();
  private final Map<String, String> files = new HashMap<>();

  private AddedTokens(TokenizerSettings settings, Kind kind, Map<String, Integer> vocabulary) {
    this.settings = settings;
    this.kind = kind;
    this.vocabulary = vocabulary;
  }

  /** The text of a special token, by its name or by the custom of {@code kind}; may be null. */
  static String named(TokenizerSettings settings, Kind kind, String key) {
    return settings.token(key, usual(kind).get(key));
  }

  private static Map<String, String> usual(Kind kind) {
    return kind == Kind.BYTE_LEVEL ? OF_ROBERTA : kind == Kind.WORD_PIECE ? OF_BERT : Map.of();
  }

  /**
   * Writes the tokens into {@code definition}, which has a model with its vocabulary and may have
   * added tokens.
   *
   * @param kind how the tokenizer was made
   * @return the id of each piece and token
   * @throws InputException if a token has an id that the tokenizer would not give it
   */
  static Map<String, Integer> write(TokenizerSettings settings, Kind kind, ObjectNode definition) {
    var all = new AddedTokens(settings, kind, SpecialIds.vocabulary(definition));
    all.add(ListedTokens.ofWhole(settings, definition));
    all.add(ListedTokens.of(settings));
    NAMES.forEach(all::addNamed);
    all.addFurther(settings.json().path("additional_special_tokens"));
    all.addFurther(settings.json().path("extra_special_tokens"));
    Map<String, Integer> ids = all.numbered();
    ArrayNode entries = definition.putArray("added_tokens");
    all.tokens.values().forEach(t -> t.writeTo(entries.addObject()));
    return ids;
  }

  /** One that has no place in a list. */
  private void put(AddedToken token) {
    String file = TokenizerSettings.FILE;
    put(file, ListedTokens.bounded(settings, file, token));
  }

  private void add(ListedTokens listed) {
    listed.tokens().forEach(t -> put(listed.file(), t));
  }

  private void put(String file, AddedToken token) {
    if (token.content().isEmpty()) {
      return; // as tokenizers does
    }
    AddedToken old = tokens.get(token.content());
    boolean keepsId = token.id().isEmpty() && old != null;
    tokens.put(token.content(), keepsId ? token.withId(old.id()) : token);
    files.put(token.content(), file);
  }

  /** A special token with a name. One that is only usual must be in the vocabulary. */
  private void addNamed(String key) {
    String content = named(settings, kind, key);
    if (content == null || content.isEmpty()) {
      return;
    }
    boolean said = settings.json().path(key).isTextual() || settings.json().path(key).isObject();
    boolean mask = kind == Kind.BYTE_LEVEL && key.equals("mask_token");
    if (said && settings.json().path(key).isObject() && !tokens.containsKey(content)) {
      addSpecial(settings.json().path(key));
    } else if (said || vocabulary.containsKey(content) || tokens.containsKey(content)) {
      boolean listed = tokens.containsKey(content);
      addPlain(content);
      if (mask && !(said && listed)) {
        tokens.put(content, tokens.get(content).strippingLeft());
      }
    }
  }

  /** Further special tokens: a list, or an object whose keys are names. */
  private void addFurther(JsonNode list) {
    for (JsonNode token : list) {
      if (token.isObject()) {
        addSpecial(token);
      } else if (token.isTextual()) {
        addPlain(token.asText());
      } else {
        throw settings.fail(
            TokenizerSettings.FILE,
            "a special token is " + ListedTokens.shown(token.toString()) + ", expected its text");
      }
    }
  }

  private void addSpecial(JsonNode object) {
    ListedTokens.requireFlags(settings, TokenizerSettings.FILE, object);
    put(AddedToken.of(object, OptionalInt.empty(), true));
  }

  /** By its text: what was listed keeps its flags; a listed one without any is not normalised. */
  private void addPlain(String content) {
    AddedToken old = tokens.get(content);
    if (old == null) {
      put(AddedToken.plain(content, OptionalInt.empty(), true));
    } else if (!old.special()) {
      boolean flagless = ListedTokens.FILE.equals(files.get(content));
      tokens.put(content, flagless ? AddedToken.plain(content, old.id(), true) : old.madeSpecial());
    }
  }

  /**
   * Gives each token its id, as tokenizers does: its place in the vocabulary, else the next free
   * one.
   */
  private Map<String, Integer> numbered() {
    Map<String, Integer> ids = new HashMap<>(vocabulary);
    int next = vocabulary.size();
    for (AddedToken token : List.copyOf(tokens.values())) {
      Integer known = vocabulary.get(token.content());
      int id = known == null ? next : known;
      if (token.id().orElse(id) != id) {
        throw settings.fail(
            files.get(token.content()),
            "added token '%s' has id %d, expected %d, %s"
                .formatted(
                    ListedTokens.shown(token.content()),
                    token.id().getAsInt(),
                    id,
                    known == null ? "the next one free" : "its place in the vocabulary"));
      }
      tokens.put(token.content(), token.withId(OptionalInt.of(id)));
      ids.put(token.content(), id);
      next = Math.max(next, id + 1);
    }
    return ids;
  }
}
