package io.github.deepcut.data.text;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.deepcut.Golden;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Awkward texts get the ids that transformers gives them; golden/make_tokenizers.py wrote them. */
class TokenizersGoldenTest {
  private static final JsonNode ALL = Golden.json("tokenizers.json");

  @TempDir Path folder;

  static Stream<String> configurations() {
    List<String> names = new ArrayList<>();
    ALL.get("configurations").fieldNames().forEachRemaining(names::add);
    return names.stream();
  }

  @ParameterizedTest
  @MethodSource("configurations")
  void idsAreThoseOfTransformers(String name) throws IOException {
    JsonNode one = ALL.get("configurations").get(name);
    write(one.get("files"));
    JsonNode model = new ObjectMapper().readTree(folder.resolve("config.json").toFile());
    try (Tokenizer t = Tokenizer.load(folder, model)) {
      for (JsonNode c : one.get("texts")) {
        int most = c.size() > 2 ? c.get(2).asInt() : 512;
        assertThat(t.encode(c.get(0).asText(), null, most).ids())
            .as(c.toString())
            .isEqualTo(Golden.ints(c.get(1)));
      }
      for (JsonNode c : one.get("pairs")) {
        Encoded pair = t.encode(c.get(0).asText(), c.get(1).asText(), 512);
        assertThat(pair.ids()).as(c.toString()).isEqualTo(Golden.ints(c.get(2)));
        assertThat(pair.types()).as(c.toString()).isEqualTo(Golden.ints(c.get(3)));
      }
      for (JsonNode c : one.get("words")) {
        List<String> words = new ArrayList<>();
        c.get(0).forEach(w -> words.add(w.asText()));
        int[][] pieces = t.encodeWords(words).pieces();
        for (int w = 0; w < pieces.length; w++) {
          assertThat(pieces[w]).as(c.toString()).isEqualTo(Golden.ints(c.get(1).get(w)));
        }
      }
    }
  }

  private void write(JsonNode files) throws IOException {
    for (var file : files.properties()) {
      JsonNode content = file.getValue();
      if (content.asText().startsWith("@")) {
        content = ALL.get("shared").get(content.asText().substring(1));
      }
      Files.writeString(
          folder.resolve(file.getKey()),
          content.isTextual() ? content.asText() : content.toString());
    }
  }
}
