package io.github.deepcut.data.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.OptionalInt;

/**
 * A token that is looked for before a text is taken apart.
 *
 * @param id where a file gives it
 * @param singleWord whether it is found between word boundaries alone
 * @param lstrip whether it takes the blanks before it
 * @param rstrip whether it takes the blanks behind it
 * @param normalized whether it is looked for in the normalised text
 * @param special whether it is none of the text's own
 */
record AddedToken(
    String content,
    OptionalInt id,
    boolean singleWord,
    boolean lstrip,
    boolean rstrip,
    boolean normalized,
    boolean special) {

  /** One that is given as text alone. */
  static AddedToken plain(String content, OptionalInt id, boolean special) {
    return new AddedToken(content, id, false, false, false, !special, special);
  }

  /** As {@code AddedToken} of tokenizers reads it; {@code special} goes before what it says. */
  static AddedToken of(JsonNode object, OptionalInt id, boolean special) {
    boolean is = special || object.path("special").asBoolean(false);
    return new AddedToken(
        object.path("content").asText(),
        id,
        object.path("single_word").asBoolean(false),
        object.path("lstrip").asBoolean(false),
        object.path("rstrip").asBoolean(false),
        object.path("normalized").asBoolean(!is),
        is);
  }

  AddedToken madeSpecial() {
    return new AddedToken(content, id, singleWord, lstrip, rstrip, normalized, true);
  }

  /** The same, taking the blanks before it, as RoBERTa's mask does. */
  AddedToken strippingLeft() {
    return new AddedToken(content, id, singleWord, true, rstrip, normalized, special);
  }

  AddedToken withId(OptionalInt other) {
    return new AddedToken(content, other, singleWord, lstrip, rstrip, normalized, special);
  }

  /** Its entry in {@code tokenizer.json}. */
  void writeTo(ObjectNode entry) {
    entry.put("id", id.orElseThrow()).put("content", content).put("single_word", singleWord);
    entry.put("lstrip", lstrip).put("rstrip", rstrip);
    entry.put("normalized", normalized).put("special", special);
  }
}
