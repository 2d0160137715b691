package io.github.deepcut;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.deepcut.data.Dataset;
import io.github.deepcut.data.Example;
import io.github.deepcut.data.ForgetSplit;
import io.github.deepcut.data.LabeledText;
import io.github.deepcut.data.Sequence;
import io.github.deepcut.data.TaggedSentence;
import io.github.deepcut.data.Task;
import io.github.deepcut.data.TextBatch;
import io.github.deepcut.run.Run;
import io.github.deepcut.tensor.Tensors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.PointerScope;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The folders that are written here load in the real transformers and answer alike there: of every
 * family, with both heads, after training and after unlearning. {@code DEEPCUT_PYTHON} names a
 * Python that has transformers and PyTorch; without it, this is skipped.
 */
@Tag("interop")
class InteropTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path folder;

  @Test
  void transformersAnswersAlike() throws IOException, InterruptedException {
    String python = System.getenv("DEEPCUT_PYTHON");
    assumeTrue(python != null, "DEEPCUT_PYTHON is not set: nothing is held against transformers");
    Map<String, float[]> ours = new LinkedHashMap<>();
    for (String family : TinyFamily.ALL) {
      TinyFamily tiny = new TinyFamily(family, Files.createDirectory(folder.resolve(family)));
      tiny.base();
      for (Task task : List.of(Task.CLASSIFY, Task.NER)) {
        write(tiny, task, ours);
      }
    }
    Path said = folder.resolve("said.json");
    Process process =
        new ProcessBuilder(
                python, Golden.path("interop.py").toString(), folder.toString(), said.toString())
            .inheritIO()
            .start();
    assertThat(process.waitFor()).isZero();
    JsonNode theirs = JSON.readTree(said.toFile());
    assertThat(theirs.size()).isEqualTo(ours.size()).isEqualTo(4 * TinyFamily.ALL.size());
    ours.forEach(
        (name, logits) -> {
          double[] numbers = Golden.numbers(theirs.get(name));
          assertThat(numbers).as(name).hasSize(logits.length);
          for (int i = 0; i < numbers.length; i++) {
            assertThat((double) logits[i]).as(name).isCloseTo(numbers[i], within(1e-5));
          }
        });
  }

  private static void write(TinyFamily tiny, Task task, Map<String, float[]> ours)
      throws IOException {
    Dataset train = tiny.data(task, 40, 1);
    Dataset heldOut = tiny.data(task, 30, 2);
    int[] forget = IntStream.range(0, 4).toArray();
    ForgetSplit split =
        new ForgetSplit(train, forget, IntStream.range(4, 40).toArray(), "four of them");
    Path trained = tiny.trained(task, train);
    Path unlearned = tiny.folder().resolve(task + "-unlearned");
    try (FineTunedModel original = FineTunedModel.open(trained)) {
      var choice = Methods.create("deepcut", task, Map.of("passes", "4", "min_steps", "1"));
      Erasure erasure = new Erasure(original, split, heldOut);
      try (Erased erased = erasure.unlearn(choice.method(), choice.stop(), Run.of(1))) {
        erased.writeTo(unlearned);
      }
    }
    for (Path model : List.of(trained, unlearned)) {
      ours.put(tiny.name() + "/" + model.getFileName(), logits(model, heldOut));
      rows(model.resolve("rows.json"), heldOut);
    }
  }

  private static float[] logits(Path folder, Dataset data) {
    try (FineTunedModel model = FineTunedModel.open(folder);
        var scope = new PointerScope()) {
      List<Sequence> rows = model.encode(data).stream().map(Sequence.class::cast).toList();
      return Tensors.floats(model.classifier().forward(TextBatch.of(rows), false).logits());
    }
  }

  private static void rows(Path file, Dataset data) throws IOException {
    ObjectNode json = JSON.createObjectNode();
    for (Example example : data.examples()) {
      if (example instanceof TaggedSentence sentence) {
        json.withArray("words").add(JSON.valueToTree(sentence.words()));
      } else {
        json.withArray("texts").add(((LabeledText) example).text());
      }
    }
    JSON.writeValue(file.toFile(), json);
  }
}
