package io.github.deepcut.model.folder;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.deepcut.run.FileErrors;
import io.github.deepcut.run.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Files that hold one JSON object. */
final class JsonFile {
  private static final long MAX_BYTES = 100_000_000;
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
          .build();

  private JsonFile() {}

  /**
   * Reads the object.
   *
   * @throws InputException if the file is missing, too large, or not one JSON object
   */
  static ObjectNode read(Path file) {
    try {
      if (Files.size(file) > MAX_BYTES) {
        throw new InputException(
            file + ": has " + Files.size(file) + " bytes: at most " + MAX_BYTES);
      }
      JsonNode node = MAPPER.readTree(Files.readAllBytes(file));
      if (node instanceof ObjectNode object) {
        return object;
      }
      throw new InputException(file + ": must hold a JSON object, found " + node.getNodeType());
    } catch (JsonProcessingException e) {
      String line = e.getLocation() == null ? "" : ":" + e.getLocation().getLineNr();
      String why = FileErrors.oneLine(e.getOriginalMessage());
      throw new InputException(file + line + ": must be JSON: " + why, e);
    } catch (IOException e) {
      throw FileErrors.unreadable(file, e);
    }
  }

  /** The same in place of a file that may be there. */
  static void rewrite(Path file, ObjectNode object) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw FileErrors.unwritable(file, e);
    }
    write(file, object);
  }

  /**
   * Writes a new file, indented as transformers does.
   *
   * @throws InputException if the file exists or cannot be written
   */
  static void write(Path file, ObjectNode object) {
    DefaultIndenter indent = new DefaultIndenter("  ", "\n");
    ObjectWriter writer =
        MAPPER.writer(
            new DefaultPrettyPrinter(
                    Separators.createDefaultInstance()
                        .withObjectFieldValueSpacing(Separators.Spacing.AFTER))
                .withObjectIndenter(indent)
                .withArrayIndenter(indent));
    try {
      String text = writer.writeValueAsString(object) + "\n";
      Files.writeString(file, text, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    } catch (IOException e) {
      throw FileErrors.unwritable(file, e);
    }
  }
}
