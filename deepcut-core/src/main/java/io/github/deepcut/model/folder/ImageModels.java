package io.github.deepcut.model.folder;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.deepcut.data.Dataset;
import io.github.deepcut.data.ImageSize;
import io.github.deepcut.data.LabeledImage;
import io.github.deepcut.data.Task;
import io.github.deepcut.data.image.Normalisation;
import io.github.deepcut.model.Fields;
import io.github.deepcut.model.vision.Architectures;
import io.github.deepcut.model.vision.ImageClassifier;
import io.github.deepcut.model.vision.Naming;
import io.github.deepcut.model.vision.Parameter;
import io.github.deepcut.model.vision.VisionConfig;
import io.github.deepcut.run.InputException;
import io.github.deepcut.run.Run;
import io.github.deepcut.tensor.Libtorch;
import io.github.deepcut.tensor.Weights;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;

/** Makes image classifiers out of model folders and out of the names of architectures. */
public final class ImageModels {
  private static final String PREFIX = "resnet.";

  /** Where the libraries keep what follows the backbone. */
  private static final List<String> HEADS = List.of("classifier.", "fc.", "head.", "projector.");

  private ImageModels() {}

  /**
   * What a model is started from: a folder, or the name of an architecture where there is no such
   * folder.
   */
  public static ModelFolder start(Path folderOrName) {
    String name = folderOrName.toString();
    return isName(name) && !Files.isDirectory(folderOrName)
        ? ModelFolder.named(name, Architectures.config(name))
        : ModelFolder.read(folderOrName);
  }

  /** Whether there is an architecture of that name. */
  public static boolean isName(String nameOrNull) {
    return nameOrNull != null && Architectures.names().contains(nameOrNull);
  }

  /**
   * A trained classifier, as it lies in the folder.
   *
   * @throws InputException when the folder has no weights, labels or normalisation, or tensors that
   *     do not fit
   */
  public static ImageClassifier load(ModelFolder folder) {
    if (!folder.hasWeights()) {
      throw new InputException(folder.path() + ": no model.safetensors, expected trained weights");
    }
    ObjectNode config = folder.config();
    int channels = Fields.size(config, "num_channels", 3);
    Preprocessor before =
        Preprocessor.read(folder, channels)
            .orElseThrow(
                () ->
                    new InputException(
                        folder.path()
                            + ": no "
                            + Preprocessor.FILE
                            + ", expected one with image_mean and image_std"));
    Preprocessor.requireUncropped(folder);
    List<String> labels = LabelMap.labels(config, folder.path());
    LabelMap.requireDistinct(labels, folder.path());
    return new Build(folder, config, labels, null).classifier(before);
  }

  /**
   * A classifier ready to be trained on {@code data} for {@code labels}. Keeps the folder's
   * classifying layer where it has these very labels; otherwise makes a fresh one and says so. A
   * folder without weights, or an architecture, gets fresh ones throughout, and takes the images'
   * channels and size where its configuration does not say them.
   */
  public static Prepared prepare(ModelFolder folder, Dataset data, List<String> labels, Run run) {
    List<LabeledImage> images = data.examples().stream().map(LabeledImage.class::cast).toList();
    ImageSize size = images.get(0).size();
    ObjectNode config = folder.config();
    if (!folder.hasWeights()) {
      describe(config, size);
    }
    List<String> known = LabelMap.labels(config, folder.path());
    boolean same =
        folder.hasWeights()
            && known.size() == labels.size()
            && new HashSet<>(known).equals(new HashSet<>(labels));
    if (!same) {
      LabelMap.write(config, Task.IMAGE, labels);
    }
    Optional<Preprocessor> stored =
        Preprocessor.read(folder, Fields.size(config, "num_channels", 3));
    Normalisation used =
        stored.map(Preprocessor::normalisation).orElseGet(() -> Normalisation.of(data));
    Build build = new Build(folder, config, same ? known : labels, new Fresh(run, same));
    return new Prepared(
        build.classifier(Preprocessor.of(used, size)),
        config,
        build.gone,
        folder,
        stored.filter(p -> p.keeps(folder, size)).isPresent()
            ? Map.of()
            : Map.of(Preprocessor.FILE, Preprocessor.json(used, size)));
  }

  private static void describe(ObjectNode config, ImageSize size) {
    if (!config.has("num_channels")) {
      config.put("num_channels", size.channels());
    }
    if (!config.has("image_size")) {
      config.putArray("image_size").add(size.height()).add(size.width());
    }
  }

  /** How to make what the folder does not hold. */
  private record Fresh(Run run, boolean keepClassifier) {}

  /** One classifier under way. */
  private static final class Build {
    private final ModelFolder folder;
    private final List<String> labels;
    private final VisionConfig shape;
    private final StoredTensors names;
    private final Fresh freshOrNull;
    private final Set<String> gone = new HashSet<>();

    Build(ModelFolder folder, ObjectNode config, List<String> labels, Fresh freshOrNull) {
      this.folder = folder;
      this.labels = labels;
      this.freshOrNull = freshOrNull;
      this.shape = VisionConfig.of(config, Naming.of(folder.tensors().keySet()));
      this.names = StoredTensors.of(folder, PREFIX);
    }

    ImageClassifier classifier(Preprocessor before) {
      Map<String, Tensor> tensors = new LinkedHashMap<>();
      SplittableRandom random = freshOrNull == null ? null : freshOrNull.run().random("weights");
      List<Parameter> wanted = shape.parameters(labels.size());
      if (!folder.hasWeights()) {
        Bounds.requireFresh(folder, wanted.stream().map(Parameter::shape).toList());
      }
      requireNormalised(before.normalisation());
      Libtorch.load();
      try (var scope = new PointerScope()) {
        for (Parameter p : wanted) {
          String stored = stored(p);
          if (stored != null) {
            tensors.put(
                names.written(p.name(), stored),
                p.isCount() ? names.readCount(stored, p.shape()) : names.read(stored, p.shape()));
          } else if (mayBeFresh(p)) {
            tensors.put(p.name(), p.fresh(random));
          } else {
            throw new InputException(folder.path() + ": no tensor " + p.name() + " in the weights");
          }
        }
        leaveBehind(wanted);
        return new ImageClassifier(
            before.sized(shape), before.normalisation(), labels, Weights.of(tensors));
      }
    }

    private void requireNormalised(Normalisation normalisation) {
      if (normalisation.mean().length != shape.size().channels()) {
        throw new InputException(
            "%s: image_mean has %d numbers, but num_channels in config.json is %d"
                .formatted(folder.path(), normalisation.mean().length, shape.size().channels()));
      }
    }

    /** Refuses tensors that the model does not use; of one to train from, another head may go. */
    private void leaveBehind(List<Parameter> wanted) {
      Set<String> used = new HashSet<>();
      wanted.forEach(p -> used.add(String.valueOf(names.stored(p.name()))));
      Set<String> left = UnusedTensors.of(folder, used, name -> false);
      if (freshOrNull != null) {
        Set<String> heads = new TreeSet<>(left);
        heads.removeIf(name -> HEADS.stream().noneMatch(name::startsWith));
        gone.addAll(heads);
        UnusedTensors.tell(heads, freshOrNull.run());
        left.removeAll(heads);
      }
      UnusedTensors.refuse(folder, left);
    }

    /** The folder's name for it, or null where it has none, or one that is of no use. */
    private String stored(Parameter p) {
      String stored = names.stored(p.name());
      boolean stale =
          freshOrNull != null && !freshOrNull.keepClassifier() && shape.isOfClassifier(p.name());
      if (stored != null && freshOrNull != null && (stale || names.bare())) {
        gone.add(stored);
      }
      return stale ? null : stored;
    }

    private boolean mayBeFresh(Parameter p) {
      if (freshOrNull == null) {
        return false;
      }
      if (folder.hasWeights() && p.name().equals(shape.names().classifier() + ".weight")) {
        freshOrNull.run().progress().say("a fresh head is added for " + labels.size() + " labels");
      }
      return !folder.hasWeights() || shape.isOfClassifier(p.name());
    }
  }
}
