package io.github.deepcut.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.deepcut.Golden;
import io.github.deepcut.data.Sequence;
import io.github.deepcut.data.Task;
import io.github.deepcut.data.TextBatch;
import io.github.deepcut.model.folder.ModelFolder;
import io.github.deepcut.model.folder.TextModels;
import io.github.deepcut.model.transformer.TextClassifier;
import io.github.deepcut.model.transformer.Transformer;
import io.github.deepcut.tensor.Tensors;
import io.github.deepcut.train.Trainer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class GoldenEncoderTest {

  /** Ours, and what transformers saved (make_golden.py, make_families.py). */
  static Stream<String> folders() throws IOException {
    try (Stream<Path> all = Files.list(Golden.path(""))) {
      return all
          .map(p -> p.getFileName().toString())
          .filter(name -> name.startsWith("tiny-"))
          .sorted()
          .toList()
          .stream();
    }
  }

  @ParameterizedTest
  @MethodSource("folders")
  void hiddenStatesLogitsAndGradients(String folder) {
    JsonNode expected = Golden.json(folder + "/expected.json");
    TextClassifier model = TextModels.load(ModelFolder.read(Golden.path(folder)));
    List<Sequence> rows = rows(expected, model.task());
    try (var scope = new PointerScope();
        var weights = model.weights()) {
      weights.trainable(name -> true);
      TextBatch batch = TextBatch.of(rows);
      Classifier.Output out = model.forward(batch, false);
      int width = expected.get("last_hidden_state").get(0).get(0).size();
      var encoder = new Transformer(model.config(), weights);
      float[] hidden = Tensors.floats(encoder.forward(batch, false));
      float[] logits = Tensors.floats(out.logits());
      int classes = model.labels().size();
      int token = 0;
      int item = 0;
      for (int r = 0; r < rows.size(); r++) {
        for (int k = 0; k < rows.get(r).ids().length; k++) {
          close(hidden, token++ * width, expected.get("last_hidden_state").get(r).get(k));
        }
        for (int position : rows.get(r).positions()) {
          JsonNode row = expected.get("logits").get(r);
          close(logits, item++ * classes, model.task() == Task.NER ? row.get(position) : row);
        }
      }
      Tensor loss = Trainer.crossEntropy(out.logits(), batch.labels());
      assertThat(loss.item_double()).isCloseTo(expected.get("loss").asDouble(), within(1e-5));
      loss.backward();
      expected
          .get("gradients")
          .properties()
          .forEach(
              g -> {
                float[] got = Tensors.floats(weights.get(g.getKey()).grad());
                double norm =
                    Math.sqrt(
                        IntStream.range(0, got.length)
                            .mapToDouble(i -> got[i] * (double) got[i])
                            .sum());
                assertThat(norm)
                    .as(g.getKey())
                    .isCloseTo(g.getValue().get("norm").asDouble(), within(1e-4));
                double[] first = Golden.numbers(g.getValue().get("first"));
                for (int i = 0; i < first.length; i++) {
                  assertThat((double) got[i]).as(g.getKey()).isCloseTo(first[i], within(1e-4));
                }
              });
      assertThat(expected.get("gradients").size()).isEqualTo(weights.names().size());
    }
  }

  @Test
  void robertaPassesOverItsPaddingIdInAText() {
    JsonNode expected = Golden.json("added-tokens.json").get("padding in a text");
    int[] ids = Golden.ints(expected.get("ids"));
    int[] shorter = {2, 5, 3};
    TextClassifier model = TextModels.load(ModelFolder.read(Golden.path("tiny-roberta-sequence")));
    try (var scope = new PointerScope();
        var weights = model.weights()) {
      var batch = TextBatch.of(List.of(sentence(shorter), sentence(ids)));
      Tensor said = model.forward(batch, false).logits().softmax(-1).select(0, 1); // (C)
      close(Tensors.floats(said), 0, expected.get("roberta"));
    }
  }

  private static Sequence sentence(int[] ids) {
    return new Sequence(0, ids, new int[ids.length], new int[1], new int[1], new int[] {0});
  }

  /** Every unmasked token is an item of a tagger; unlabelled ones have class -1. */
  private static List<Sequence> rows(JsonNode expected, Task task) {
    List<Sequence> rows = new ArrayList<>();
    for (int r = 0; r < expected.get("input_ids").size(); r++) {
      int length = Arrays.stream(Golden.ints(expected.get("attention_mask").get(r))).sum();
      int[] ids = Arrays.copyOf(Golden.ints(expected.get("input_ids").get(r)), length);
      int[] types = Arrays.copyOf(Golden.ints(expected.get("token_type_ids").get(r)), length);
      int[] all = IntStream.range(0, length).toArray();
      int[] labels =
          Arrays.stream(Golden.ints(expected.get("labels").get(r)))
              .map(l -> Math.max(l, -1))
              .toArray();
      rows.add(
          task == Task.NER
              ? new Sequence(r, ids, types, all, all, Arrays.copyOf(labels, length))
              : new Sequence(r, ids, types, new int[1], new int[1], labels));
    }
    return rows;
  }

  private static void close(float[] got, int from, JsonNode want) {
    double[] numbers = Golden.numbers(want);
    for (int i = 0; i < numbers.length; i++) {
      assertThat((double) got[from + i]).isCloseTo(numbers[i], within(1e-5));
    }
  }
}
