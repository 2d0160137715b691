package io.github.deepcut.model;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.deepcut.data.Task;
import io.github.deepcut.model.transformer.EncoderConfig;
import io.github.deepcut.model.transformer.Parameter;
import io.github.deepcut.model.transformer.TextClassifier;
import io.github.deepcut.run.InputException;
import io.github.deepcut.run.Run;
import io.github.deepcut.tensor.Tensors;
import io.github.deepcut.tensor.Weights;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** Makes classifiers out of HuggingFace model folders. */
public final class TextModels {
  private TextModels() {}

  /**
   * A fine-tuned classifier, as it lies in the folder.
   *
   * @throws InputException when the folder has no head, no weights, or tensors that do not fit
   */
  public static TextClassifier load(ModelFolder folder) {
    ObjectNode config = folder.config();
    Task task =
        LabelMap.task(config)
            .orElseThrow(
                () ->
                    new InputException(
                        folder.path()
                            + ": architectures is "
                            + config.path("architectures")
                            + ", expected a …ForSequenceClassification or …ForTokenClassification;"
                            + " fine-tune it first with deepcut train"));
    if (!folder.hasWeights()) {
      throw new InputException(folder.path() + ": no model.safetensors, expected trained weights");
    }
    return build(folder, task, LabelMap.labels(config, folder.path()), null);
  }

  /**
   * A classifier to be trained and what its folder will look like.
   *
   * @param config {@code config.json} to write
   * @param gone stored tensors whose place others take: renamed, or of another label set
   */
  public record Prepared(TextClassifier classifier, ObjectNode config, Set<String> gone) {
    /** Writes the trained classifier and all else that {@code folder} holds. */
    public void writeTo(Path target, ModelFolder folder) {
      folder.writeAs(target, gone, classifier.weights().all(), config);
    }
  }

  /**
   * A classifier ready to be trained for {@code labels}. Keeps the folder's head where it has these
   * very labels; otherwise, and for every tensor of a head that is missing, makes fresh ones and
   * says so. A folder without weights gets fresh ones throughout.
   */
  public static Prepared prepare(ModelFolder folder, Task task, List<String> labels, Run run) {
    ObjectNode config = folder.config();
    List<String> known = LabelMap.labels(config, folder.path());
    boolean sameHead =
        LabelMap.task(config).filter(task::equals).isPresent()
            && new HashSet<>(known).equals(new HashSet<>(labels));
    if (!sameHead) {
      LabelMap.write(config, task, labels);
    }
    Set<String> gone = new HashSet<>();
    TextClassifier classifier =
        build(folder, task, sameHead ? known : labels, new Fresh(run, sameHead, gone));
    return new Prepared(classifier, config, gone);
  }

  /** How to make what the folder does not hold, and where to note what it holds in vain. */
  private record Fresh(Run run, boolean keepHead, Set<String> gone) {}

  private static TextClassifier build(
      ModelFolder folder, Task task, List<String> labels, Fresh fresh) {
    EncoderConfig shape = EncoderConfig.of(folder.config());
    Names names = new Names(folder, shape);
    Set<String> head = new HashSet<>(TextClassifier.headNames(shape, task));
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    SplittableRandom random = fresh == null ? null : fresh.run().random("weights");
    int made = 0;
    try (var scope = new PointerScope()) {
      for (Parameter p : TextClassifier.parameters(shape, task, labels.size())) {
        String stored = names.stored(p.name());
        boolean isHead = head.contains(p.name());
        boolean stale =
            isHead && fresh != null && !fresh.keepHead() && !p.name().contains("pooler");
        if (stored != null && fresh != null && (stale || names.bare())) {
          fresh.gone().add(stored);
        }
        if (stored != null && !stale) {
          tensors.put(names.written(p.name(), stored), read(folder, stored, p));
        } else if (fresh != null && (isHead || !folder.hasWeights())) {
          tensors.put(p.name(), p.fresh(shape.initializerRange(), random));
          made += isHead ? 1 : 0;
        } else {
          throw new InputException(folder.path() + ": no tensor " + p.name() + " in the weights");
        }
      }
      if (made > 0 && folder.hasWeights()) {
        fresh.run().progress().say("a fresh head is added for " + labels.size() + " labels");
      }
      return new TextClassifier(shape, task, labels, Weights.of(tensors));
    }
  }

  private static Tensor read(ModelFolder folder, String stored, Parameter p) {
    long[] found =
        folder.tensors().get(stored).shape().stream().mapToLong(Long::longValue).toArray();
    if (!Arrays.equals(found, p.shape())) {
      throw new InputException(
          String.format(
              "%s: tensor %s has shape %s, but config.json asks for %s",
              folder.path(), stored, Arrays.toString(found), Arrays.toString(p.shape())));
    }
    Tensor t = folder.tensor(stored).to(torch.ScalarType.Float);
    if (Tensors.hasNonFinite(t)) {
      throw new InputException(
          folder.path() + ": tensor " + stored + " holds NaN or infinity, expected finite weights");
    }
    return t;
  }

  /** How a parameter is called in the folder: with or without the prefix, old layer-norm names. */
  private record Names(ModelFolder folder, String prefix, boolean bare) {
    Names(ModelFolder folder, EncoderConfig shape) {
      this(
          folder,
          shape.architecture().modelType() + ".",
          folder.tensors().keySet().stream()
              .noneMatch(n -> n.startsWith(shape.architecture().modelType() + ".")));
    }

    String stored(String name) {
      String short_ = bare && name.startsWith(prefix) ? name.substring(prefix.length()) : name;
      Set<String> there = folder.tensors().keySet();
      String old = Weights.legacy(short_);
      return there.contains(short_) ? short_ : there.contains(old) ? old : null;
    }

    /** The name to keep: the stored one, with the prefix that a head model's checkpoint has. */
    String written(String name, String stored) {
      return bare && name.startsWith(prefix) ? prefix + stored : stored;
    }
  }
}
