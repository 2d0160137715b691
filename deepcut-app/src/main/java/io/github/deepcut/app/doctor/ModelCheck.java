package io.github.deepcut.app.doctor;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.deepcut.FineTunedModel;
import io.github.deepcut.data.Task;
import io.github.deepcut.data.text.Tokenizer;
import io.github.deepcut.model.Fields;
import io.github.deepcut.model.folder.LabelMap;
import io.github.deepcut.model.folder.ModelFolder;
import io.github.deepcut.model.transformer.EncoderConfig;
import io.github.deepcut.record.ShardPlan;
import io.github.deepcut.run.InputException;
import io.github.deepcut.tensor.TensorEntry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Looks whether and how the model in a folder can be used. */
public final class ModelCheck {
  private static final String WHAT = "model";
  private static final String OTHERS =
      "take a folder of a supported kind: deepcut train makes one out of an encoder";

  private ModelCheck() {}

  /** All findings; those that fail come with what can be done. */
  public static List<Finding> of(Path path) {
    if (ShardPlan.isAt(path)) {
      return List.of(use(path));
    }
    if (Files.exists(path.resolve("adapter_config.json"))
        && !Files.exists(path.resolve("config.json"))) {
      return List.of(
          Finding.fail(
              WHAT,
              path + " is an adapter (PEFT) without its base",
              "merge it into its base, with merge_and_unload() of peft, and save that"));
    }
    ModelFolder folder;
    try {
      folder = ModelFolder.read(path);
    } catch (InputException e) {
      return List.of(Finding.fail(WHAT, e.getMessage(), OTHERS));
    }
    ObjectNode config = folder.config();
    if (config.hasNonNull("quantization_config")) {
      String by = config.get("quantization_config").path("quant_method").asText("");
      return List.of(
          Finding.fail(
              WHAT,
              kind(config) + ", its weights quantised" + (by.isEmpty() ? "" : " by " + by),
              "such weights cannot be trained: take the folder that they were made from, and"
                  + " quantise what deepcut writes"));
    }
    if (config.hasNonNull("auto_map")) {
      return List.of(
          Finding.fail(
              WHAT,
              kind(config) + ", with code of its own (auto_map, trust_remote_code)",
              "code of a folder is not run here; " + OTHERS));
    }
    List<Finding> findings = new ArrayList<>();
    Optional<Task> task = LabelMap.task(config);
    boolean image = task.filter(Task.IMAGE::equals).isPresent();
    if (!image) {
      try {
        EncoderConfig.of(config);
      } catch (InputException e) {
        return List.of(Finding.fail(WHAT, kind(config) + ": " + e.getMessage(), OTHERS));
      }
    }
    findings.add(Finding.ok(WHAT, kind(config)));
    findings.add(weights(folder));
    if (!image) {
      findings.add(tokenizer(folder));
    }
    if (findings.stream().allMatch(f -> f.state() == Finding.State.OK)) {
      boolean trained = task.isPresent() && folder.hasWeights();
      findings.add(trained ? use(path) : Finding.ok("use", "train: an encoder without a head"));
    }
    return findings;
  }

  private static String kind(JsonNode config) {
    String type = config.path("model_type").asText("");
    JsonNode classes = config.path("architectures");
    String of = classes.isArray() && !classes.isEmpty() ? Fields.shown(classes.get(0)) : "";
    return (type.isEmpty() ? "of no model_type" : type) + (of.isEmpty() ? "" : ", " + of);
  }

  private static Finding weights(ModelFolder folder) {
    if (!folder.hasWeights()) {
      return Finding.ok("weights", "none: training starts from random ones");
    }
    long count =
        folder.tensors().values().stream()
            .mapToLong(t -> t.shape().stream().reduce(1L, (a, b) -> a * b))
            .sum();
    String types =
        folder.tensors().values().stream()
            .map(TensorEntry::dtype)
            .distinct()
            .sorted()
            .map(String::valueOf)
            .collect(Collectors.joining(", "));
    return Finding.ok(
        "weights", "%d tensors, %,d numbers (%s)".formatted(folder.tensors().size(), count, types));
  }

  private static Finding tokenizer(ModelFolder folder) {
    try (Tokenizer tokenizer = Tokenizer.load(folder.path(), folder.config())) {
      return Finding.ok("tokenizer", "as transformers would read it");
    } catch (InputException e) {
      return Finding.fail("tokenizer", e.getMessage(), "save it with transformers' fast tokenizer");
    }
  }

  private static Finding use(Path path) {
    try (FineTunedModel model = FineTunedModel.open(path)) {
      return Finding.ok(
          "use",
          "%s into %d classes: predict, audit, unlearn, siblings, train%s"
              .formatted(
                  model.task().key(),
                  model.classifier().labels().size(),
                  model.record().isPresent()
                      ? "; its record says how it was trained"
                      : "; no record of how it was trained"));
    } catch (InputException e) {
      return Finding.fail("use", e.getMessage(), OTHERS);
    }
  }
}
