package io.github.deepcut.data.text;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.deepcut.run.InputException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * Refuses definitions that HuggingFace's library takes, to end the whole process at the first text:
 * Java cannot catch its panics. Those of version 0.21.4, as fuzzing found them.
 */
final class TokenizerCheck {
  private final Path folder;
  private int templates;

  private TokenizerCheck(Path folder) {
    this.folder = folder;
  }

  /**
   * @param folder for messages
   * @param definition what {@code tokenizer.json} holds
   * @throws InputException if the library would panic
   */
  static void check(Path folder, JsonNode definition) {
    TokenizerCheck check = new TokenizerCheck(folder);
    List.of("normalizer", "pre_tokenizer", "post_processor")
        .forEach(name -> check.component(definition.path(name)));
    check.merges(definition.path("model"));
  }

  /** Components are told by their fields: the library also reads some without a type. */
  private void component(JsonNode c) {
    List.of("normalizers", "pretokenizers", "processors")
        .forEach(several -> c.path(several).forEach(this::component));
    if (c.has("special_tokens") && ++templates > 1) {
      throw wrong("TemplateProcessing: there are two of them");
    }
    template(c, "single");
    template(c, "pair");
    if (c.has("length") && c.path("length").asLong() < 1) {
      throw wrong("FixedLength: length is " + c.path("length") + ", expected >= 1");
    }
    if (c.has("prepend") && c.path("prepend").asText().isEmpty()) {
      throw wrong("Prepend: the text to prepend is empty");
    }
    if (c.has("content") && c.has("pattern") && matchesNothing(c.path("pattern"))) {
      throw wrong("Replace: its pattern matches the empty text");
    }
    if (c.has("precompiled_charsmap") || c.path("type").asText().equals("Precompiled")) {
      String fault = Charsmap.fault(c.path("precompiled_charsmap").asText(""));
      if (fault != null) {
        throw wrong("Precompiled: " + fault);
      }
    }
  }

  private static boolean matchesNothing(JsonNode pattern) {
    try {
      return pattern.has("String")
          ? pattern.path("String").asText().isEmpty()
          : Pattern.compile(pattern.path("Regex").asText()).matcher("").find();
    } catch (PatternSyntaxException e) {
      return false; // the library has a syntax of its own, and may refuse it
    }
  }

  private void template(JsonNode processor, String field) {
    for (JsonNode piece : processor.path(field)) {
      String special = piece.path("SpecialToken").path("id").asText(null);
      if (special != null && !processor.path("special_tokens").has(special)) {
        throw wrong("TemplateProcessing: special_tokens has no '" + special + "'");
      }
      if (field.equals("single") && piece.path("Sequence").path("id").asText().equals("B")) {
        throw wrong("TemplateProcessing: single has a sequence B");
      }
    }
  }

  /** The library cuts as many bytes off a merge's second piece as the prefix has. */
  private void merges(JsonNode model) {
    JsonNode prefix = model.path("continuing_subword_prefix");
    int cut = prefix.isTextual() ? prefix.asText().getBytes(UTF_8).length : 0;
    for (JsonNode merge : model.path("merges")) {
      String second =
          merge.isArray() ? merge.path(1).asText() : merge.asText().replaceFirst(".* ", "");
      byte[] bytes = second.getBytes(UTF_8);
      if (cut > bytes.length || (cut < bytes.length && (bytes[cut] & 0xC0) == 0x80)) {
        throw wrong("BPE: the merge " + merge + " has no continuing_subword_prefix to take off");
      }
    }
  }

  private InputException wrong(String rule) {
    return new InputException(folder + ": tokenizer.json: " + rule);
  }
}
