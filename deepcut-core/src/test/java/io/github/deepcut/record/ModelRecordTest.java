package io.github.deepcut.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.deepcut.run.InputException;
import io.github.deepcut.train.Recipe;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A {@code deepcut.json} with numbers that are none, or out of bounds, is refused in one line. */
class ModelRecordTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path folder;

  private ObjectNode written() throws IOException {
    new ModelRecord("1", "ner", Recipe.fineTuning(), "base", "train.conll", "00", 3, 1.5)
        .write(folder);
    return (ObjectNode) JSON.readTree(folder.resolve(ModelRecord.FILE).toFile());
  }

  @Test
  void comesBack() throws IOException {
    written();
    assertThat(ModelRecord.read(folder).orElseThrow().recipe()).isEqualTo(Recipe.fineTuning());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"epochs": -1} | epochs is -1, expected >= 1
          {"epochs": "3"} | not a training record
          {"epochs": 3.7} | not a training record
          {"epochs": 99999999999999999999} | not a training record
          {"learningRate": 1e400} | learning rate is Infinity, expected > 0 and < 10
          {"learningRate": "NaN"} | not a training record
          {"weightDecay": 1e300} | weight decay is 1.0E300, expected 0 to 1e6
          {"clip": -2} | clip is -2.0, expected 0 to 1e6
          {"imageSize": 2000000000} | image size is 2000000000, expected 0 to 8192
          {"optimizer": "LION"} | not a training record
          """)
  void isRefused(String entries, String message) throws IOException {
    ObjectNode record = written();
    ((ObjectNode) record.get("recipe")).setAll((ObjectNode) JSON.readTree(entries));
    Files.writeString(folder.resolve(ModelRecord.FILE), record.toString());
    refuses(message);
  }

  @Test
  void aBaseThatIsNoPathIsRefused() throws IOException {
    Files.writeString(folder.resolve(ModelRecord.FILE), written().put("base", "a\0b").toString());
    refuses("base is no path: ");
  }

  @Test
  void tooDeepNestingIsRefused() throws IOException {
    Files.writeString(folder.resolve(ModelRecord.FILE), "{\"x\":".repeat(100_000));
    refuses("not a training record: ");
  }

  private void refuses(String message) {
    assertThatThrownBy(() -> ModelRecord.read(folder))
        .isInstanceOf(InputException.class)
        .hasMessageContaining(folder.toString())
        .hasMessageContaining(message)
        .hasMessageNotContaining("\n");
  }
}
