package io.github.deepcut;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.deepcut.data.Dataset;
import io.github.deepcut.data.LabeledText;
import io.github.deepcut.data.Task;
import io.github.deepcut.model.Prediction;
import io.github.deepcut.model.Predictor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.StringJoiner;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A model with added tokens says what an independent forward pass says over single ids for them;
 * golden/make_golden.py wrote both.
 */
class AddedTokensTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final JsonNode EXPECTED = Golden.json("added-tokens.json");

  @TempDir Path folder;

  private void write(String activation) throws IOException {
    Path base = Golden.path("tiny-bert-sequence");
    Files.copy(base.resolve("model.safetensors"), folder.resolve("model.safetensors"));
    ObjectNode config = (ObjectNode) JSON.readTree(base.resolve("config.json").toFile());
    config.put("hidden_act", activation);
    Files.writeString(folder.resolve("config.json"), config.toString());
    StringJoiner lines = new StringJoiner("\n", "", "\n");
    EXPECTED.get("vocabulary").forEach(piece -> lines.add(piece.asText()));
    Files.writeString(folder.resolve("vocab.txt"), lines.toString());
  }

  private void inFile(String file) throws IOException {
    int next = EXPECTED.get("vocabulary").size();
    ObjectNode json = JSON.createObjectNode();
    ObjectNode special = JSON.createObjectNode();
    special.set("additional_special_tokens", EXPECTED.get("added"));
    if (file.equals("added_tokens.json")) {
      for (JsonNode token : EXPECTED.get("added")) {
        json.put(token.asText(), next++);
      }
      Files.writeString(folder.resolve("special_tokens_map.json"), special.toString());
    } else {
      ObjectNode decoder = json.putObject("added_tokens_decoder");
      for (JsonNode token : EXPECTED.get("added")) {
        decoder
            .putObject(Integer.toString(next++))
            .put("content", token.asText())
            .put("special", true);
      }
      json.setAll(special);
    }
    Files.writeString(folder.resolve(file), json.toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"added_tokens.json", "tokenizer_config.json"})
  void probabilitiesAreThoseOfTheirIds(String file) throws IOException {
    write("gelu");
    inFile(file);
    EXPECTED.get("texts").properties().forEach(e -> says(e.getKey(), e.getValue()));
  }

  @Test
  void soAreThoseOfOtherActivations() throws IOException {
    for (var e : EXPECTED.get("activations of good[E2]film").properties()) {
      try (var files = Files.list(folder)) {
        for (Path file : files.toList()) {
          Files.delete(file);
        }
      }
      write(e.getKey());
      inFile("added_tokens.json");
      says("good[E2]film", e.getValue());
    }
  }

  private void says(String text, JsonNode expected) {
    Dataset one =
        new Dataset(Task.CLASSIFY, "one", List.of(new LabeledText("0", text, null, null)));
    try (FineTunedModel model = FineTunedModel.open(folder)) {
      Prediction said = new Predictor().predict(model.classifier(), model.encode(one)).get(0);
      double[] probabilities = Golden.numbers(expected);
      for (int c = 0; c < probabilities.length; c++) {
        assertThat(Math.exp(said.logProbabilities()[c]))
            .as(text)
            .isCloseTo(probabilities[c], within(1e-6));
      }
    }
  }
}
