package io.github.deepcut.model.folder;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.deepcut.data.Task;
import io.github.deepcut.model.Fields;
import io.github.deepcut.model.transformer.EncoderConfig;
import io.github.deepcut.model.transformer.Family;
import io.github.deepcut.model.transformer.MaskedLanguageModel;
import io.github.deepcut.model.transformer.Parameter;
import io.github.deepcut.model.transformer.TextClassifier;
import io.github.deepcut.run.InputException;
import io.github.deepcut.run.Run;
import io.github.deepcut.tensor.Libtorch;
import io.github.deepcut.tensor.Weights;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;

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
                            + (config.has("architectures")
                                ? Fields.shown(config.get("architectures"))
                                : "missing")
                            + ", expected a …ForSequenceClassification or …ForTokenClassification;"
                            + " fine-tune it first with deepcut train"));
    if (!folder.hasWeights()) {
      throw new InputException(folder.path() + ": no model.safetensors, expected trained weights");
    }
    List<String> labels = LabelMap.labels(config, folder.path());
    LabelMap.requireDistinct(labels, folder.path());
    return build(folder, task, labels, null);
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
            && known.size() == labels.size()
            && new HashSet<>(known).equals(new HashSet<>(labels));
    if (!sameHead) {
      LabelMap.write(config, task, labels);
    }
    Set<String> gone = new HashSet<>(folder.tensors().keySet());
    Family family = Family.of(config);
    gone.removeIf(name -> !MaskedLanguageModel.isOfHead(family, name));
    TextClassifier classifier =
        build(folder, task, sameHead ? known : labels, new Fresh(run, sameHead, gone));
    return new Prepared(classifier, config, gone, folder, Map.of());
  }

  /** How to make what the folder does not hold, and where to note what it holds in vain. */
  private record Fresh(Run run, boolean keepHead, Set<String> gone) {}

  private static TextClassifier build(
      ModelFolder folder, Task task, List<String> labels, Fresh fresh) {
    EncoderConfig shape = EncoderConfig.of(folder.config());
    StoredTensors names = StoredTensors.of(folder, shape.family());
    names.requireSize(shape);
    Set<String> used = new HashSet<>();
    Set<String> head = new HashSet<>(TextClassifier.headNames(shape, task));
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    SplittableRandom random = fresh == null ? null : fresh.run().random("weights");
    int made = 0;
    try (var scope = new PointerScope()) {
      List<Parameter> wanted = TextClassifier.parameters(shape, task, labels.size());
      names.requireFreshSize(wanted);
      Libtorch.load();
      for (Parameter p : wanted) {
        String stored = names.stored(p.name());
        if (stored != null) {
          used.add(stored);
        }
        boolean isHead = head.contains(p.name());
        boolean stale =
            isHead && fresh != null && !fresh.keepHead() && !shape.family().isPretrained(p.name());
        if (stored != null && fresh != null && (stale || names.bare())) {
          fresh.gone().add(stored);
        }
        if (stored != null && !stale) {
          tensors.put(names.written(p.name(), stored), names.read(stored, p.shape()));
        } else if (fresh != null && (isHead || !folder.hasWeights())) {
          tensors.put(p.name(), p.fresh(shape.initializerRange(), random));
          made += isHead ? 1 : 0;
        } else {
          throw new InputException(folder.path() + ": no tensor " + p.name() + " in the weights");
        }
      }
      Set<String> left =
          UnusedTensors.of(folder, used, UnusedTensors.harmless(names, shape.family()));
      if (fresh == null) {
        UnusedTensors.refuse(folder, left);
      } else {
        fresh.gone().addAll(UnusedTensors.leaveBehind(names, shape, left));
        UnusedTensors.tell(left, fresh.run());
      }
      if (made > 0 && folder.hasWeights()) {
        fresh.run().progress().say("a fresh head is added for " + labels.size() + " labels");
      }
      return new TextClassifier(shape, task, labels, Weights.of(tensors));
    }
  }
}
