package io.github.deepcut.model.folder;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.deepcut.run.FileErrors;
import io.github.deepcut.run.InputException;
import io.github.deepcut.tensor.Finite;
import io.github.deepcut.tensor.SafeTensors;
import io.github.deepcut.tensor.TensorEntry;
import io.github.deepcut.tensor.TensorSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.bytedeco.pytorch.Tensor;

/**
 * A HuggingFace model folder: {@code config.json}; the weights in {@code model.safetensors}, or in
 * shards under {@code model.safetensors.index.json}, or none; and other files, which are carried
 * along. Nothing is renamed, so transformers loads what {@link #writeTo} writes. The folder must
 * not change while this object is in use.
 */
public final class ModelFolder {
  private static final String CONFIG = "config.json";
  private static final Pattern WEIGHTS =
      Pattern.compile(
          ".*\\.(safetensors|safetensors\\.index\\.json|h5|keras|msgpack|onnx|onnx_data|gguf|ckpt|pt"
              + "|pth|ot|npz|npy|tflite|pb|mlmodel|pkl|pickle|joblib|distcp)"
              + "|(pytorch_|adapter_|openvino_)?model.*\\.(bin|bin\\.index\\.json)"
              + "|(optimizer|weights).*\\.bin");

  private final Path path;
  private final ObjectNode config;
  private final WeightFiles weights;
  private final List<Path> otherFiles;

  private ModelFolder(Path path, ObjectNode config, WeightFiles weights, List<Path> otherFiles) {
    this.path = path;
    this.config = config;
    this.weights = weights;
    this.otherFiles = otherFiles;
  }

  /**
   * Reads the configuration, the headers of the weights and the names of the other files.
   *
   * @throws InputException if this is no directory, {@code config.json} is missing or no JSON
   *     object, the weights are malformed, or there are weights of another format only
   */
  public static ModelFolder read(Path folder) {
    if (!Files.isDirectory(folder)) {
      String what = Files.exists(folder) ? "not a directory" : "no such directory";
      throw new InputException(folder + ": a model folder is needed: " + what);
    }
    ObjectNode config = JsonFile.read(folder.resolve(CONFIG));
    WeightFiles weights = WeightFiles.read(folder);
    Set<String> own = new HashSet<>(weights.fileNames());
    own.add(CONFIG);
    List<Path> others =
        filesUnder(folder).stream().filter(f -> !own.contains(f.toString())).toList();
    ModelFolder model = new ModelFolder(folder, config, weights, others);
    if (!model.hasWeights()) {
      model.refuseOtherFormats();
    }
    return model;
  }

  /** A model that lies nowhere yet: the configuration of an architecture, under its name. */
  static ModelFolder named(String architecture, ObjectNode config) {
    return new ModelFolder(Path.of(architecture), config, WeightFiles.none(), List.of());
  }

  /** A folder of several such models: it has their configuration, and no weights of its own. */
  public ModelFolder around(Path ensemble) {
    return new ModelFolder(ensemble, config, WeightFiles.none(), List.of());
  }

  /** The folder, or the name of an architecture. */
  public Path path() {
    return path;
  }

  /** The folder's absolute path, or the name of an architecture. */
  public String origin() {
    return Files.isDirectory(path) ? path.toAbsolutePath().normalize().toString() : path.toString();
  }

  /** A copy of what {@code config.json} says. */
  public ObjectNode config() {
    return config.deepCopy();
  }

  /** Whether the folder holds weights; without, a model starts from random ones. */
  public boolean hasWeights() {
    return !weights.fileNames().isEmpty();
  }

  /** The tensors by name, shard by shard in the order of the shards' names. */
  public Map<String, TensorEntry> tensors() {
    return Collections.unmodifiableMap(weights.tensors());
  }

  /** The types in which {@link #writeTo} writes weights. */
  public StoredTypes types() {
    return StoredTypes.of(weights.tensors());
  }

  /** The files besides the configuration and the weights, relative to the folder, sorted. */
  public List<Path> otherFiles() {
    return otherFiles;
  }

  /**
   * Those of {@link #otherFiles} that look like weights, in a format or place that is not read
   * here. {@link #writeTo} copies them unchanged, so they still hold what was learnt before.
   */
  public List<Path> unreadWeights() {
    return otherFiles.stream()
        .filter(f -> WEIGHTS.matcher(f.getFileName().toString()).matches())
        .toList();
  }

  /**
   * Reads a tensor. It belongs to the caller's scope.
   *
   * @throws IllegalArgumentException if there is no such tensor
   * @throws InputException if libtorch lacks its type, or the file cannot be read
   */
  public Tensor tensor(String name) {
    SafeTensors file =
        weights
            .fileOf(name)
            .orElseThrow(
                () -> new IllegalArgumentException(path + ": holds no tensor '" + name + "'"));
    return file.read(name);
  }

  /**
   * Writes the model to another folder. The weights keep their files, names, order, types and
   * metadata; a tensor of a new name is added, in its own type, at the end of the last file, and to
   * the index. All else is copied byte for byte.
   *
   * @param target made if missing; must not hold files of the same names
   * @param replaced the tensors whose values are new, or that are new altogether
   * @throws IllegalArgumentException if a replaced tensor's shape is not the old one, or libtorch
   *     lacks its type; nothing is written then
   * @throws IllegalStateException if a replaced tensor is not finite in its type; nothing is
   *     written then
   * @throws InputException if a file cannot be read or written
   */
  public void writeTo(Path target, Map<String, Tensor> replaced) {
    write(target, replaced, () -> copy(Path.of(CONFIG), target));
  }

  /** Writes the model likewise, but {@code newConfig} as {@code config.json}. */
  public void writeTo(Path target, Map<String, Tensor> replaced, ObjectNode newConfig) {
    write(target, replaced, () -> JsonFile.write(target.resolve(CONFIG), newConfig));
  }

  private void write(Path target, Map<String, Tensor> replaced, Runnable writeConfig) {
    Map<String, List<TensorSource>> plan = weights.plan(replaced);
    plan.values().forEach(Finite::written);
    createDirectories(target);
    writeConfig.run();
    otherFiles.forEach(f -> copy(f, target));
    weights.write(target, plan);
  }

  /**
   * Writes a model made from this folder under new names or shapes, all weights in one file: every
   * stored tensor verbatim but those named in {@code gone}, then {@code tensors}. Other files are
   * copied byte for byte.
   *
   * @param target must not hold files of the same names
   * @throws IllegalStateException if one of {@code tensors} is not finite; nothing is written then
   * @throws InputException if a file cannot be read or written
   */
  public void writeAs(
      Path target, Set<String> gone, Map<String, Tensor> tensors, ObjectNode newConfig) {
    List<TensorSource> all = new ArrayList<>();
    tensors().values().stream()
        .filter(e -> !gone.contains(e.name()) && !tensors.containsKey(e.name()))
        .forEach(e -> all.add(new TensorSource.Stored(weights.fileOf(e.name()).orElseThrow(), e)));
    tensors.forEach((name, t) -> all.add(TensorSource.Values.of(name, t)));
    Finite.written(all);
    createDirectories(target);
    JsonFile.write(target.resolve(CONFIG), newConfig);
    otherFiles.forEach(f -> copy(f, target));
    SafeTensors.write(target.resolve(WeightFiles.SINGLE), Map.of("format", "pt"), all);
  }

  /** Copies a file; never makes {@code target} anew should it vanish, as when interrupted. */
  private void copy(Path relative, Path target) {
    Path to = target.resolve(relative.toString());
    try {
      for (int i = 1; i < relative.getNameCount(); i++) {
        Path parent = target.resolve(relative.subpath(0, i).toString());
        if (!Files.isDirectory(parent)) {
          Files.createDirectory(parent);
        }
      }
      Files.copy(path.resolve(relative), to);
    } catch (IOException e) {
      throw FileErrors.unwritable(to, e);
    }
  }

  private static void createDirectories(Path folder) {
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw FileErrors.unwritable(folder, e);
    }
  }

  /** All regular files; links, such as those of a HuggingFace cache, are followed. */
  private static List<Path> filesUnder(Path folder) {
    try (Stream<Path> walk = Files.walk(folder, FileVisitOption.FOLLOW_LINKS)) {
      return walk.filter(Files::isRegularFile).map(folder::relativize).sorted().toList();
    } catch (IOException e) {
      throw FileErrors.unreadable(folder, e);
    } catch (UncheckedIOException e) {
      throw FileErrors.unreadable(folder, e.getCause());
    }
  }

  private void refuseOtherFormats() {
    List<Path> top = unreadWeights().stream().filter(f -> f.getNameCount() == 1).toList();
    for (Path file : top) {
      if (file.toString().startsWith("pytorch_model")) {
        throw new InputException(path.resolve(file) + ": " + conversion());
      }
    }
    if (!top.isEmpty()) {
      throw new InputException(
          path.resolve(top.get(0))
              + ": weights are read from model.safetensors or a sharded index only; to start from"
              + " random weights, remove it");
    }
  }

  private String conversion() {
    String type = config.path("architectures").path(0).asText("");
    String name = type.matches("[A-Za-z]\\w*") ? type : "AutoModel";
    return "pickled weights are not read: convert them in Python: from transformers import "
        + name
        + String.format("; %s.from_pretrained('%s')", name, path)
        + String.format(".save_pretrained('%s', safe_serialization=True)", path);
  }
}
