package io.github.deepcut.data.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.deepcut.data.text.TokenizerSettings.Kind;
import io.github.deepcut.run.FileErrors;
import io.github.deepcut.run.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * The tokenizer files of a model folder.
 *
 * @param definition what {@code tokenizer.json} holds, or would hold
 * @param ids of all pieces and added tokens
 */
record TokenizerFiles(TokenizerSettings settings, ObjectNode definition, Map<String, Integer> ids) {
  static final String WHOLE = "tokenizer.json";
  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * @param modelOrNull the model's {@code config.json}
   * @throws InputException if the folder has none of the known files, one of them is broken, or
   *     they name what is not supported
   */
  static TokenizerFiles read(Path folder, JsonNode modelOrNull) {
    TokenizerSettings settings = TokenizerSettings.read(folder, modelOrNull);
    Path whole = folder.resolve(WHOLE);
    if (Files.exists(whole)) {
      ObjectNode definition = object(whole);
      definition.putNull("truncation").putNull("padding");
      TokenizerJson.override(definition, settings);
      return of(settings, settings.kind(), definition);
    }
    Kind kind = kind(settings);
    ObjectNode definition =
        kind == Kind.WORD_PIECE
            ? TokenizerJson.wordPiece(lines(folder.resolve("vocab.txt")), settings)
            : TokenizerJson.byteLevel(
                object(folder.resolve("vocab.json")),
                lines(folder.resolve("merges.txt")),
                settings);
    TokenizerFiles files = of(settings, kind, definition);
    definition.set("post_processor", TokenizerJson.processor(files, kind));
    return files;
  }

  private static TokenizerFiles of(TokenizerSettings settings, Kind kind, ObjectNode definition) {
    return new TokenizerFiles(settings, definition, AddedTokens.write(settings, kind, definition));
  }

  /** From which files the tokenizer is made: those of its class, else those that are there. */
  private static Kind kind(TokenizerSettings settings) {
    Path folder = settings.folder();
    boolean wordPiece = Files.exists(folder.resolve("vocab.txt"));
    boolean byteLevel =
        Files.exists(folder.resolve("vocab.json")) && Files.exists(folder.resolve("merges.txt"));
    if (!wordPiece && !byteLevel) {
      throw new InputException(
          folder + ": no tokenizer.json, no vocab.txt, and no vocab.json with merges.txt");
    }
    boolean there = settings.kind() == Kind.BYTE_LEVEL ? byteLevel : wordPiece;
    if (settings.isNamed() && (settings.kind() == Kind.WHOLE || !there)) {
      throw settings.fail(
          TokenizerSettings.FILE,
          "tokenizer_class is "
              + settings.json().path("tokenizer_class")
              + ", expected one that reads the files that are there (BertTokenizer, DistilBert…"
              + " vocab.txt; RobertaTokenizer vocab.json and merges.txt; others tokenizer.json)");
    }
    return byteLevel && (settings.kind() == Kind.BYTE_LEVEL || !wordPiece)
        ? Kind.BYTE_LEVEL
        : Kind.WORD_PIECE;
  }

  Path folder() {
    return settings.folder();
  }

  /** The object in a file, or an empty one where there is no such file. */
  static ObjectNode objectOrEmpty(Path file) {
    return Files.exists(file) ? object(file) : JSON.createObjectNode();
  }

  private static ObjectNode object(Path file) {
    try {
      if (JSON.readTree(file.toFile()) instanceof ObjectNode object) {
        return object;
      }
      throw new InputException(file + ": expected a JSON object");
    } catch (IOException e) {
      throw FileErrors.unreadable(file, e);
    }
  }

  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (IOException e) {
      throw FileErrors.unreadable(file, e);
    }
  }
}
