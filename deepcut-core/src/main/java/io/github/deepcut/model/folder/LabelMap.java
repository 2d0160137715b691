package io.github.deepcut.model.folder;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.deepcut.data.Task;
import io.github.deepcut.model.Fields;
import io.github.deepcut.model.transformer.Family;
import io.github.deepcut.model.vision.VisionConfig;
import io.github.deepcut.run.FileErrors;
import io.github.deepcut.run.InputException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/** The parts of {@code config.json} that say what the classes are and which head decides them. */
public final class LabelMap {
  private static final String SENTENCE = "ForSequenceClassification";
  private static final String TOKEN = "ForTokenClassification";
  private static final String IMAGE = "ForImageClassification";

  /** More classes no head has. */
  private static final int MOST = 1 << 20;

  private LabelMap() {}

  /**
   * The head named in {@code architectures}; empty for a bare encoder, a pre-training head, and a
   * head of another class than the family's own, whatever it ends in.
   */
  public static Optional<Task> task(ObjectNode config) {
    if (VisionConfig.matches(config)) {
      return Optional.of(Task.IMAGE);
    }
    String name = config.path("architectures").path(0).asText("");
    if (name.endsWith(IMAGE)) {
      return Optional.of(Task.IMAGE);
    }
    for (Task task : List.of(Task.CLASSIFY, Task.NER)) {
      if (name.endsWith(suffix(task)) && name.equals(className(config, task))) {
        return Optional.of(task);
      }
    }
    return Optional.empty();
  }

  private static String suffix(Task task) {
    return switch (task) {
      case CLASSIFY -> SENTENCE;
      case NER -> TOKEN;
      case IMAGE -> IMAGE;
    };
  }

  /**
   * Class names by index. Without {@code id2label} they are {@code LABEL_0}, {@code LABEL_1}, … as
   * many as {@code num_labels} says, else two: transformers leaves the map out where it is that.
   * timm's {@code num_classes} alone gives numbers.
   *
   * @throws InputException if the entries contradict each other, or the head is none that gives one
   *     of several classes
   */
  public static List<String> labels(ObjectNode config, Path folder) {
    Path file = folder.resolve("config.json");
    requireOneOfSeveral(config, file);
    List<String> labels =
        config.hasNonNull("id2label") ? named(config, file) : numbered(config, file);
    if (labels.size() < 2 && task(config).isPresent()) {
      throw new InputException(
          file
              + ": the head has fewer than two labels, which is a regression; supported is one of"
              + " several labels");
    }
    return labels;
  }

  /**
   * Checks that a label names one class.
   *
   * @throws InputException if one names two
   */
  static void requireDistinct(List<String> labels, Path folder) {
    Set<String> seen = new HashSet<>();
    for (String label : labels) {
      if (!seen.add(label)) {
        throw new InputException(
            "%s: id2label has the label '%s' twice, expected different ones"
                .formatted(folder.resolve("config.json"), FileErrors.oneLine(label)));
      }
    }
  }

  /** What transformers computes under {@code problem_type} but for the one is no softmax. */
  private static void requireOneOfSeveral(ObjectNode config, Path file) {
    JsonNode type = config.path("problem_type");
    boolean none = type.isMissingNode() || type.isNull();
    if (!none && !type.asText().equals("single_label_classification")) {
      throw new InputException(
          file
              + ": problem_type is "
              + Fields.shown(type)
              + ", which is not supported; supported is single_label_classification");
    }
  }

  private static List<String> numbered(ObjectNode config, Path file) {
    if (config.has("num_classes") && !config.has("num_labels")) {
      return IntStream.range(0, count(config, "num_classes", file, 0))
          .mapToObj(Integer::toString)
          .toList();
    }
    return IntStream.range(0, count(config, "num_labels", file, 2))
        .mapToObj(i -> "LABEL_" + i)
        .toList();
  }

  private static int count(ObjectNode config, String key, Path file, int otherwise) {
    JsonNode n = config.path(key);
    if (n.isMissingNode() || n.isNull()) {
      return otherwise;
    }
    if (!n.isInt() || n.asInt() < 0 || n.asInt() > MOST) {
      throw new InputException(
          "%s: %s is %s, expected 0 to %d".formatted(file, key, Fields.shown(n), MOST));
    }
    return n.asInt();
  }

  private static List<String> named(ObjectNode config, Path file) {
    JsonNode map = config.get("id2label");
    if (!map.isObject()) {
      throw new InputException(
          file + ": id2label is " + Fields.shown(map) + ", expected an object");
    }
    List<String> labels = new ArrayList<>();
    for (int i = 0; i < map.size(); i++) {
      labels.add(name(map, i, file));
    }
    int told = count(config, "num_labels", file, labels.size());
    if (told != labels.size()) {
      throw new InputException(
          "%s: num_labels is %d, but id2label has %d entries".formatted(file, told, labels.size()));
    }
    return labels;
  }

  /** A label is text, or a whole number that stands for its digits. */
  private static String name(JsonNode map, int i, Path file) {
    JsonNode name = map.path(Integer.toString(i));
    if (name.isMissingNode()) {
      throw new InputException(
          "%s: id2label has %d entries but none for %d; expected the keys 0 to %d"
              .formatted(file, map.size(), i, map.size() - 1));
    }
    if (!name.isTextual() && !name.isIntegralNumber()) {
      throw new InputException(
          "%s: id2label has %s for %d, expected a text".formatted(file, Fields.shown(name), i));
    }
    return name.asText();
  }

  /** Writes head and classes into {@code config}, as transformers would. */
  public static void write(ObjectNode config, Task task, List<String> labels) {
    config.putArray("architectures").add(className(config, task));
    config.remove("num_labels");
    ObjectNode names = config.putObject("id2label");
    ObjectNode ids = config.putObject("label2id");
    for (int i = 0; i < labels.size(); i++) {
      names.put(Integer.toString(i), labels.get(i));
      ids.put(labels.get(i), i);
    }
  }

  private static String className(ObjectNode config, Task task) {
    String family =
        task == Task.IMAGE ? VisionConfig.className(config) : Family.of(config).className();
    return family + suffix(task);
  }
}
