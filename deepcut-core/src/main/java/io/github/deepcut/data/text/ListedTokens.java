package io.github.deepcut.data.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.deepcut.run.FileErrors;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalInt;

/**
 * The added tokens that a file of the folder lists with their ids.
 *
 * @param file which one, for messages
 * @param tokens in the order in which they are added
 */
record ListedTokens(String file, List<AddedToken> tokens) {
  static final String FILE = "added_tokens.json";
  private static final String DECODER = "added_tokens_decoder";

  /** The native side takes time by the square: 1 s for 8,000, above a minute for 70,000. */
  private static final int MOST_CHARACTERS = 1000;

  private static final List<String> FLAGS =
      List.of("single_word", "lstrip", "rstrip", "normalized", "special");

  /** Those of {@code tokenizer.json}, as they stand there. */
  static ListedTokens ofWhole(TokenizerSettings settings, ObjectNode definition) {
    List<AddedToken> found = new ArrayList<>();
    definition
        .path("added_tokens")
        .forEach(t -> found.add(object(settings, TokenizerFiles.WHOLE, t.path("id"), t)));
    return new ListedTokens(TokenizerFiles.WHOLE, found);
  }

  /**
   * Those of {@code added_tokens_decoder} in {@code tokenizer_config.json}, or where that is
   * missing of {@code added_tokens.json}, which has no flags; by their ids.
   */
  static ListedTokens of(TokenizerSettings settings) {
    JsonNode decoder = settings.json().path(DECODER);
    List<AddedToken> found = new ArrayList<>();
    String file = decoder.isMissingNode() ? FILE : TokenizerSettings.FILE;
    if (decoder.isMissingNode()) {
      TokenizerFiles.objectOrEmpty(settings.folder().resolve(FILE))
          .properties()
          .forEach(
              e -> {
                OptionalInt id = id(settings, FILE, e.getValue());
                found.add(bounded(settings, FILE, AddedToken.plain(e.getKey(), id, false)));
              });
    } else if (decoder.isObject()) {
      decoder.properties().forEach(e -> found.add(decoded(settings, e.getKey(), e.getValue())));
    } else {
      throw settings.fail(file, DECODER + " must be an object");
    }
    found.sort(Comparator.comparingInt(t -> t.id().orElseThrow()));
    return new ListedTokens(file, found);
  }

  private static AddedToken decoded(TokenizerSettings settings, String id, JsonNode token) {
    if (!id.matches("\\d{1,9}")) {
      throw settings.fail(
          TokenizerSettings.FILE,
          "%s has the id %s, expected 0, 1, …".formatted(DECODER, shown(id)));
    }
    JsonNode number = IntNode.valueOf(Integer.parseInt(id));
    return object(settings, TokenizerSettings.FILE, number, token);
  }

  private static AddedToken object(
      TokenizerSettings settings, String file, JsonNode id, JsonNode token) {
    requireFlags(settings, file, token);
    return bounded(settings, file, AddedToken.of(token, id(settings, file, id), false));
  }

  /** Refuses a token without content, or with a flag that is neither true nor false. */
  static void requireFlags(TokenizerSettings settings, String file, JsonNode token) {
    boolean flags = FLAGS.stream().allMatch(f -> !token.has(f) || token.get(f).isBoolean());
    if (!token.path("content").isTextual() || !flags) {
      throw settings.fail(
          file,
          "an added token is "
              + shown(token.toString())
              + ", expected its content and flags of true or false");
    }
  }

  /** Refuses a token that is too long. */
  static AddedToken bounded(TokenizerSettings settings, String file, AddedToken token) {
    if (token.content().length() > MOST_CHARACTERS) {
      throw settings.fail(
          file,
          "added token '%s' has %d characters, expected at most %d"
              .formatted(shown(token.content()), token.content().length(), MOST_CHARACTERS));
    }
    return token;
  }

  private static OptionalInt id(TokenizerSettings settings, String file, JsonNode number) {
    if (!number.isInt() || number.asInt() < 0) {
      throw settings.fail(
          file, "an added token's id is '" + shown(number.toString()) + "', expected 0, 1, …");
    }
    return OptionalInt.of(number.asInt());
  }

  /** In one line of at most 60 characters. */
  static String shown(String text) {
    String line = FileErrors.oneLine(text);
    return line.length() > 60 ? line.substring(0, 60) + "…" : line;
  }
}
