package io.github.deepcut.model;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.deepcut.data.Task;
import io.github.deepcut.model.transformer.Architecture;
import io.github.deepcut.model.vision.VisionConfig;
import io.github.deepcut.run.InputException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The parts of {@code config.json} that say what the classes are and which head decides them. */
public final class LabelMap {
  private static final String SENTENCE = "ForSequenceClassification";
  private static final String TOKEN = "ForTokenClassification";
  private static final String IMAGE = "ForImageClassification";

  private LabelMap() {}

  /** The head named in {@code architectures}; empty for a bare encoder or a pre-training head. */
  public static Optional<Task> task(ObjectNode config) {
    String name = config.path("architectures").path(0).asText("");
    if (name.endsWith(SENTENCE)) {
      return Optional.of(Task.CLASSIFY);
    }
    boolean image = name.endsWith(IMAGE) || VisionConfig.matches(config);
    return name.endsWith(TOKEN)
        ? Optional.of(Task.NER)
        : image ? Optional.of(Task.IMAGE) : Optional.empty();
  }

  /** Class names by index from {@code id2label}; numbers where timm tells their number alone. */
  public static List<String> labels(ObjectNode config, Path folder) {
    var map = config.path("id2label");
    List<String> labels = new ArrayList<>();
    for (int i = 0; map.isMissingNode() && i < config.path("num_classes").asInt(); i++) {
      labels.add(Integer.toString(i));
    }
    for (int i = 0; i < map.size(); i++) {
      var name = map.path(Integer.toString(i));
      if (!name.isTextual()) {
        throw new InputException(
            folder.resolve("config.json")
                + ": id2label has "
                + map.size()
                + " entries but none for "
                + i
                + "; expected the keys 0 to "
                + (map.size() - 1));
      }
      labels.add(name.asText());
    }
    return labels;
  }

  /** Writes head and classes into {@code config}, as transformers would. */
  public static void write(ObjectNode config, Task task, List<String> labels) {
    config.putArray("architectures").add(className(config, task));
    ObjectNode names = config.putObject("id2label");
    ObjectNode ids = config.putObject("label2id");
    for (int i = 0; i < labels.size(); i++) {
      names.put(Integer.toString(i), labels.get(i));
      ids.put(labels.get(i), i);
    }
  }

  private static String className(ObjectNode config, Task task) {
    return switch (task) {
      case CLASSIFY -> Architecture.of(config).className() + SENTENCE;
      case NER -> Architecture.of(config).className() + TOKEN;
      case IMAGE -> VisionConfig.className(config) + IMAGE;
    };
  }
}
