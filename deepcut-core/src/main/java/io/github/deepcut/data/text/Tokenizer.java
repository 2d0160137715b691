package io.github.deepcut.data.text;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import ai.djl.huggingface.tokenizers.jni.TokenizersLibrary;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.deepcut.run.FileErrors;
import io.github.deepcut.run.InputException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.function.Supplier;

/**
 * The tokenizer of a model folder: HuggingFace's own, without its downloads. It holds native memory
 * until it is closed, and may be used by one thread at a time.
 */
public final class Tokenizer implements AutoCloseable {
  static {
    System.setProperty("ai.djl.offline", "true"); // or DJL looks for libraries to download
    System.setProperty("OPT_OUT_TRACKING", "true"); // or it tells its makers that it runs
  }

  private final HuggingFaceTokenizer texts;

  /** Takes words apart: as {@link #texts}, but each word is preceded by a blank. */
  private final HuggingFaceTokenizer words;

  private final Layout layout;
  private final SpecialIds specials;
  private final TokenizerSettings settings;

  /** How many segments the model knows. */
  private final int segments;

  private Tokenizer(TokenizerFiles files, JsonNode modelConfig) {
    settings = files.settings();
    segments = modelConfig == null ? 2 : modelConfig.path("type_vocab_size").asInt(2);
    ObjectNode definition = files.definition();
    TokenizerCheck.check(files.folder(), definition);
    texts = open(files.folder(), definition);
    JsonNode split = definition.path("pre_tokenizer");
    boolean bare =
        split.path("type").asText().equals("ByteLevel")
            && !split.path("add_prefix_space").asBoolean();
    words = bare ? open(files.folder(), withPrefixSpace(definition)) : texts;
    Layout seen = said(() -> Layout.of(texts));
    layout = settings.hasTypes() ? seen : seen.untyped();
    requireAround(files, "cls_token", layout.first());
    requireAround(files, "sep_token", layout.last());
    specials = SpecialIds.of(files, layout, modelConfig);
  }

  /**
   * Loads {@code tokenizer.json}, else {@code vocab.txt} (BERT's WordPiece) or {@code vocab.json}
   * with {@code merges.txt} (RoBERTa's byte-level BPE), with the added tokens and the settings of
   * {@code added_tokens.json}, {@code special_tokens_map.json} and {@code tokenizer_config.json},
   * so that texts get the ids that transformers gives them. {@code tokenizer.json} keeps its
   * normaliser where {@code tokenizer_config.json} says nothing about it; transformers' BERT class
   * would lower-case then.
   *
   * @param configOrNull the model's {@code config.json}: its type, how many segments it knows, and
   *     its {@code pad_token_id} where the tokenizer names no padding token
   * @throws InputException if none of the files is there, one is broken, or they name what would
   *     give other ids than are given here
   */
  public static Tokenizer load(Path folder, JsonNode configOrNull) {
    return new Tokenizer(TokenizerFiles.read(folder, configOrNull), configOrNull);
  }

  /** A special token that is named must be the one that is set there. */
  private void requireAround(TokenizerFiles files, String key, OptionalInt set) {
    String token = settings.token(key, null);
    if (token != null
        && set.isPresent()
        && !Objects.equals(files.ids().get(token), set.getAsInt())) {
      throw settings.fail(
          TokenizerSettings.FILE,
          key + " is '" + FileErrors.oneLine(token) + "', but tokenizer.json sets another there");
    }
  }

  private static ObjectNode withPrefixSpace(ObjectNode definition) {
    ObjectNode copy = definition.deepCopy();
    ((ObjectNode) copy.get("pre_tokenizer")).put("add_prefix_space", true);
    return copy;
  }

  private static HuggingFaceTokenizer open(Path folder, ObjectNode definition) {
    byte[] json = definition.toString().getBytes(StandardCharsets.UTF_8);
    Map<String, String> options = Map.of("padding", "false", "truncation", "false");
    try {
      return HuggingFaceTokenizer.newInstance(new ByteArrayInputStream(json), options);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (RuntimeException e) { // what the native side throws
      String why = FileErrors.oneLine(String.valueOf(e.getMessage()));
      throw new InputException(folder + ": the tokenizer cannot be built: " + why, e);
    }
  }

  /**
   * A sentence, or a pair, with its special tokens. What is longer than {@code maxLength} tokens
   * loses its end, or its beginning where {@code truncation_side} says so; of a pair the longer
   * text is cut first.
   *
   * @throws InputException for a pair, if the model knows one segment only
   */
  public Encoded encode(String text, String pairOrNull, int maxLength) {
    int[] first = pieces(text);
    if (pairOrNull == null) {
      return layout.around(cut(first, room(maxLength, layout.singleSize())));
    }
    if (layout.lastType() >= segments) {
      throw new InputException(
          settings.folder()
              + ": a pair of texts has two segments, but type_vocab_size in config.json is "
              + segments);
    }
    int[] second = pieces(pairOrNull);
    int room = room(maxLength, layout.pairSize());
    int shorter = Math.min(Math.min(first.length, second.length), room / 2);
    return layout.around(
        cut(first, first.length <= second.length ? shorter : room - shorter),
        cut(second, first.length <= second.length ? room - shorter : shorter));
  }

  private int[] pieces(String text) {
    return encoded(texts, (library, tokenizer) -> library.encode(tokenizer, text, false)).ids();
  }

  /** Tokens, and which word each belongs to. */
  private record Ids(int[] ids, long[] words) {}

  private interface Encode {
    long by(TokenizersLibrary library, long tokenizer);
  }

  /** What the native side answers; it may find only now that its files do not fit together. */
  private <T> T said(Supplier<T> question) {
    try {
      return question.get();
    } catch (InputException e) {
      throw e;
    } catch (RuntimeException e) {
      String why = FileErrors.oneLine(String.valueOf(e.getMessage()));
      throw new InputException(settings.folder() + ": the tokenizer refuses a text: " + why, e);
    }
  }

  /** Takes what is needed alone: an {@code Encoding} of DJL's takes half as long again to fill. */
  private Ids encoded(HuggingFaceTokenizer tokenizer, Encode encode) {
    TokenizersLibrary library = TokenizersLibrary.LIB;
    long encoding = said(() -> encode.by(library, tokenizer.getHandle()));
    try {
      return new Ids(Layout.ints(library.getTokenIds(encoding)), library.getWordIds(encoding));
    } finally {
      library.deleteEncoding(encoding);
    }
  }

  private int[] cut(int[] ids, int most) {
    if (ids.length <= most) {
      return ids;
    }
    int from = settings.truncationSide().equals("left") ? ids.length - most : 0;
    return Arrays.copyOfRange(ids, from, from + most);
  }

  private int room(int maxLength, int specials) {
    if (maxLength <= specials) {
      throw new InputException(
          settings.folder()
              + ": maxLength "
              + maxLength
              + " leaves no room beside "
              + specials
              + " special tokens");
    }
    return maxLength - specials;
  }

  /**
   * Each word's sub-words, without special tokens. A word that comes to nothing, such as a blank,
   * is one unknown token.
   */
  public WordPieces encodeWords(List<String> sentence) {
    if (sentence.isEmpty()) {
      return new WordPieces(new int[0][]);
    }
    String[] all = sentence.toArray(String[]::new);
    Ids found = encoded(words, (library, tokenizer) -> library.encodeList(tokenizer, all, false));
    int[] ids = found.ids();
    long[] wordIds = found.words();
    int[][] pieces = new int[sentence.size()][];
    Arrays.fill(pieces, new int[] {unkId()});
    for (int from = 0, to; from < ids.length; from = to) {
      to = from + 1;
      while (to < ids.length && wordIds[to] == wordIds[from]) {
        to++;
      }
      pieces[(int) wordIds[from]] = Arrays.copyOfRange(ids, from, to);
    }
    return new WordPieces(pieces);
  }

  /**
   * The words of running text as the tokenizer itself sees them, without special tokens; the text
   * is taken to follow other text, so that a byte-level tokenizer sets a blank before it.
   */
  public WordPieces encodeText(String text) {
    Ids found = encoded(words, (library, tokenizer) -> library.encode(tokenizer, text, false));
    int[] ids = found.ids();
    long[] wordIds = found.words();
    List<int[]> pieces = new ArrayList<>();
    for (int from = 0, to; from < ids.length; from = to) {
      to = from + 1;
      while (to < ids.length && wordIds[to] == wordIds[from]) {
        to++;
      }
      pieces.add(Arrays.copyOfRange(ids, from, to));
    }
    return new WordPieces(pieces.toArray(int[][]::new));
  }

  /** Sub-words with the special tokens that stand around one text; nothing is cut. */
  public Encoded around(int[] pieces) {
    return layout.around(pieces);
  }

  /** How many special tokens stand before the first sub-word. */
  public int specialsBefore() {
    return layout.single()[0].ids().length;
  }

  /** How many special tokens one text takes in all. */
  public int specialsAround() {
    return layout.singleSize();
  }

  /** The longest row that {@code tokenizer_config.json} allows, special tokens included. */
  public int maxTokens() {
    return settings.maxTokens();
  }

  public int clsId() {
    return specials.cls();
  }

  public int sepId() {
    return specials.sep();
  }

  public int padId() {
    return specials.pad();
  }

  public int unkId() {
    return specials.unknown();
  }

  /** The token that stands for a hidden one; empty where the tokenizer has none. */
  public OptionalInt maskId() {
    return specials.mask();
  }

  /** The ids of all tokens but special ones, ascending. */
  public int[] ordinaryIds() {
    return specials.ordinary();
  }

  /** One more than the largest id: how many rows the word embeddings need at least. */
  public int vocabularySize() {
    return specials.vocabularySize();
  }

  @Override
  public void close() {
    texts.close();
    if (words != texts) {
      words.close();
    }
  }
}
