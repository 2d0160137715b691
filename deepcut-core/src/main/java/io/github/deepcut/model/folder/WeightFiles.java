package io.github.deepcut.model.folder;

import io.github.deepcut.run.FileErrors;
import io.github.deepcut.run.InputException;
import io.github.deepcut.tensor.SafeTensors;
import io.github.deepcut.tensor.TensorEntry;
import io.github.deepcut.tensor.TensorSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.bytedeco.pytorch.Tensor;

/** The safetensors files of a model folder: one, several with an index, or none. */
final class WeightFiles {
  static final String SINGLE = "model.safetensors";

  private final Map<String, SafeTensors> files;
  private final Optional<ShardIndex> index;
  private final Map<String, SafeTensors> fileOf = new LinkedHashMap<>();

  private WeightFiles(Map<String, SafeTensors> files, Optional<ShardIndex> index) {
    this.files = files;
    this.index = index;
    files.values().forEach(f -> f.entries().keySet().forEach(name -> fileOf.put(name, f)));
  }

  /** Finds the files; a link that leads nowhere is an error, never a folder without weights. */
  static WeightFiles read(Path folder) {
    Path single = folder.resolve(SINGLE);
    if (Files.exists(single, LinkOption.NOFOLLOW_LINKS)) {
      return new WeightFiles(Map.of(SINGLE, SafeTensors.open(single)), Optional.empty());
    }
    Path indexFile = folder.resolve(ShardIndex.FILE);
    if (Files.exists(indexFile, LinkOption.NOFOLLOW_LINKS)) {
      ShardIndex index = ShardIndex.read(indexFile);
      return new WeightFiles(index.openShards(), Optional.of(index));
    }
    return none();
  }

  /** Of a model that has none. */
  static WeightFiles none() {
    return new WeightFiles(Map.of(), Optional.empty());
  }

  /** The names of the files, the index included. */
  List<String> fileNames() {
    List<String> names = new ArrayList<>(files.keySet());
    index.ifPresent(i -> names.add(ShardIndex.FILE));
    return names;
  }

  Map<String, TensorEntry> tensors() {
    Map<String, TensorEntry> all = new LinkedHashMap<>();
    files.values().forEach(f -> all.putAll(f.entries()));
    return all;
  }

  /** The file that holds a tensor. */
  Optional<SafeTensors> fileOf(String name) {
    return Optional.ofNullable(fileOf.get(name));
  }

  /** The files to write, each with its tensors; {@code replaced} is checked against the old. */
  Map<String, List<TensorSource>> plan(Map<String, Tensor> replaced) {
    Map<String, List<TensorSource>> plan = new LinkedHashMap<>();
    files.forEach(
        (name, file) -> {
          List<TensorSource> sources = new ArrayList<>();
          file.entries().values().forEach(e -> sources.add(source(file, e, replaced)));
          plan.put(name, sources);
        });
    String last = files.isEmpty() ? SINGLE : new TreeSet<>(files.keySet()).last();
    replaced.forEach(
        (name, tensor) -> {
          if (!fileOf.containsKey(name)) {
            plan.computeIfAbsent(last, f -> new ArrayList<>())
                .add(TensorSource.Values.of(name, tensor));
          }
        });
    return plan;
  }

  private static TensorSource source(
      SafeTensors file, TensorEntry entry, Map<String, Tensor> replaced) {
    Tensor tensor = replaced.get(entry.name());
    if (tensor == null) {
      return new TensorSource.Stored(file, entry);
    }
    TensorSource values = new TensorSource.Values(entry.name(), tensor, entry.dtype());
    if (!values.shape().equals(entry.shape())) {
      throw new IllegalArgumentException(
          entry.name() + ": shape " + values.shape() + " must be " + entry.shape());
    }
    return values;
  }

  /**
   * Writes the planned files, and the index, byte for byte unless tensors were added.
   *
   * @throws InputException if a file exists in the folder, or cannot be read or written
   */
  void write(Path folder, Map<String, List<TensorSource>> plan) {
    List<TensorEntry> added = new ArrayList<>();
    plan.forEach(
        (name, sources) -> {
          SafeTensors old = files.get(name);
          Path target = folder.resolve(name);
          SafeTensors.write(target, old == null ? Map.of("format", "pt") : old.metadata(), sources);
          SafeTensors.open(target).entries().values().stream()
              .filter(e -> !fileOf.containsKey(e.name()))
              .forEach(added::add);
        });
    index.ifPresent(i -> writeIndex(i, folder, added));
  }

  private void writeIndex(ShardIndex index, Path folder, List<TensorEntry> added) {
    Path target = folder.resolve(ShardIndex.FILE);
    if (!added.isEmpty()) {
      JsonFile.write(target, index.with(added, new TreeSet<>(files.keySet()).last()));
      return;
    }
    try {
      Files.copy(index.file(), target);
    } catch (IOException e) {
      throw FileErrors.unwritable(target, e);
    }
  }
}
