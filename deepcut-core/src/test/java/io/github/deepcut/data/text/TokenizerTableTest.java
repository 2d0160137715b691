package io.github.deepcut.data.text;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.deepcut.Golden;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** 1,000 awkward strings by each kind of tokenizer that transformers saves. */
class TokenizerTableTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"wordpiece", "byte-bpe", "unigram"})
  void idsAreThoseOfTransformers(String kind) throws IOException {
    JsonNode table;
    try (var in =
        new GZIPInputStream(Files.newInputStream(Golden.path("tokenizer-table.json.gz")))) {
      table = JSON.readTree(in);
    }
    JsonNode its = table.get("kinds").get(kind);
    for (var file : its.get("files").properties()) {
      JSON.writeValue(folder.resolve(file.getKey()).toFile(), file.getValue());
    }
    int seen = 0;
    try (Tokenizer tokenizer = Tokenizer.load(folder, null)) {
      for (JsonNode text : table.get("texts")) {
        assertThat(tokenizer.encode(text.asText(), null, 512).ids())
            .as(text.toString())
            .isEqualTo(Golden.ints(its.get("ids").get(seen++)));
      }
    }
    assertThat(seen).isEqualTo(1000);
  }
}
