package io.github.deepcut;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.github.deepcut.run.FileErrors;
import io.github.deepcut.run.InputException;
import io.github.deepcut.train.Recipe;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * How a model folder came about: the {@code deepcut.json} in it.
 *
 * @param version of DeepCUT
 * @param task {@code classify}, {@code ner} or {@code image}
 * @param recipe how it was trained
 * @param base absolute path of the folder from which it was trained, or an architecture's name
 * @param data absolute path of the training file
 * @param dataSha256 of that file's bytes
 * @param examples in it
 * @param seconds that training took
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record ModelRecord(
    String version,
    String task,
    Recipe recipe,
    String base,
    String data,
    String dataSha256,
    int examples,
    double seconds) {
  /** The file's name. */
  public static final String FILE = "deepcut.json";

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  /**
   * The record of {@code folder}; null where there is none.
   *
   * @throws InputException if the file is there but is not such a record
   */
  public static ModelRecord read(Path folder) {
    Path file = folder.resolve(FILE);
    if (!Files.exists(file)) {
      return null;
    }
    try {
      ModelRecord record = JSON.readValue(file.toFile(), ModelRecord.class);
      if (record.recipe() == null) {
        throw new InputException(file + ": recipe is missing");
      }
      return record;
    } catch (JsonProcessingException e) {
      throw new InputException(file + ": not a training record: " + e.getOriginalMessage(), e);
    } catch (IOException e) {
      throw FileErrors.unreadable(file, e);
    }
  }

  /** Writes it into {@code folder}, in place of one that may be there. */
  public void write(Path folder) {
    write(folder, this);
  }

  static void write(Path folder, Record record) {
    Path file = folder.resolve(FILE);
    try {
      JSON.writeValue(file.toFile(), record);
    } catch (IOException e) {
      throw FileErrors.unwritable(file, e);
    }
  }
}
