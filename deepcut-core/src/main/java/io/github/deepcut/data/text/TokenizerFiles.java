package io.github.deepcut.data.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.deepcut.run.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The tokenizer files of a model folder.
 *
 * @param folder for messages
 * @param definition what {@code tokenizer.json} holds, or would hold
 * @param config {@code tokenizer_config.json}, or an empty object
 */
record TokenizerFiles(Path folder, ObjectNode definition, JsonNode config) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * @throws InputException if the folder has none of the known files, or one of them is broken
   */
  static TokenizerFiles read(Path folder) {
    Path whole = folder.resolve("tokenizer.json");
    Path wordPiece = folder.resolve("vocab.txt");
    Path vocabulary = folder.resolve("vocab.json");
    Path merges = folder.resolve("merges.txt");
    Path settings = folder.resolve("tokenizer_config.json");
    JsonNode config = Files.exists(settings) ? object(settings) : JSON.createObjectNode();
    ObjectNode definition;
    if (Files.exists(whole)) {
      definition = object(whole);
      definition.putNull("truncation").putNull("padding");
    } else if (Files.exists(wordPiece)) {
      definition = TokenizerJson.wordPiece(lines(wordPiece), config);
    } else if (Files.exists(vocabulary) && Files.exists(merges)) {
      definition = TokenizerJson.byteLevel(object(vocabulary), lines(merges), config);
    } else {
      throw new InputException(
          folder + ": no tokenizer.json, no vocab.txt, and no vocab.json with merges.txt");
    }
    return new TokenizerFiles(folder, definition, config);
  }

  private static ObjectNode object(Path file) {
    try {
      if (JSON.readTree(file.toFile()) instanceof ObjectNode object) {
        return object;
      }
      throw new InputException(file + ": expected a JSON object");
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  private static InputException unreadable(Path file, IOException e) {
    String why = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    return new InputException(file + ": cannot be read: " + why, e);
  }
}
