package io.github.deepcut.model.folder;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.deepcut.run.FileErrors;
import io.github.deepcut.run.InputException;
import io.github.deepcut.tensor.SafeTensors;
import io.github.deepcut.tensor.TensorEntry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * {@code model.safetensors.index.json}: which shard holds which tensor.
 *
 * <pre>{@code
 * { "metadata": { "total_size": bytes, ... }, "weight_map": { tensor: shard file, ... } }
 * }</pre>
 */
final class ShardIndex {
  static final String FILE = "model.safetensors.index.json";
  private static final Pattern SHARD = Pattern.compile("[ -~&&[^/\\\\:]]+\\.safetensors");

  private final Path file;
  private final ObjectNode json;
  private final Map<String, String> shardOf = new LinkedHashMap<>();

  private ShardIndex(Path file, ObjectNode json) {
    this.file = file;
    this.json = json;
  }

  /**
   * Reads the index.
   *
   * @throws InputException if it is not of the form above, or a shard's name is not that of a
   *     {@code .safetensors} file beside it
   */
  static ShardIndex read(Path file) {
    ShardIndex index = new ShardIndex(file, JsonFile.read(file));
    if (!(index.json.get("weight_map") instanceof ObjectNode map) || map.isEmpty()) {
      throw new InputException(file + ": weight_map must be an object that names shards");
    }
    for (Map.Entry<String, JsonNode> e : map.properties()) {
      String shard = e.getValue().asText();
      if (!e.getValue().isTextual() || !SHARD.matcher(shard).matches()) {
        throw index.fail(e.getKey(), shard, "must be the name of a .safetensors file beside it");
      }
      index.shardOf.put(e.getKey(), shard);
    }
    return index;
  }

  Path file() {
    return file;
  }

  /**
   * Opens the shards, in the order of their names.
   *
   * @throws InputException if one is missing or malformed, or does not hold exactly the tensors
   *     that the index places there
   */
  Map<String, SafeTensors> openShards() {
    Map<String, SafeTensors> shards = new TreeMap<>();
    shardOf.forEach(
        (tensor, shard) -> {
          Path path = file.resolveSibling(shard);
          if (!Files.isRegularFile(path)) {
            throw fail(tensor, shard, "no such file");
          }
          SafeTensors open = shards.computeIfAbsent(shard, s -> SafeTensors.open(path));
          if (!open.entries().containsKey(tensor)) {
            throw fail(tensor, shard, "that file does not hold the tensor");
          }
        });
    shards.forEach(this::checkListed);
    return new LinkedHashMap<>(shards);
  }

  private void checkListed(String shard, SafeTensors open) {
    for (String tensor : open.entries().keySet()) {
      if (!shard.equals(shardOf.get(tensor))) {
        throw new InputException(
            open.path()
                + ": holds tensor "
                + FileErrors.oneLine(tensor)
                + ", which "
                + FILE
                + " does not place there");
      }
    }
  }

  /** The index with further tensors in one shard, and the sizes in its metadata raised. */
  ObjectNode with(Iterable<TensorEntry> added, String shard) {
    ObjectNode copy = json.deepCopy();
    ObjectNode map = (ObjectNode) copy.get("weight_map");
    long bytes = 0;
    long elements = 0;
    for (TensorEntry e : added) {
      map.put(e.name(), shard);
      bytes += e.byteSize();
      elements += e.elements();
    }
    if (copy.get("metadata") instanceof ObjectNode metadata) {
      raise(metadata, "total_size", bytes);
      raise(metadata, "total_parameters", elements);
    }
    return copy;
  }

  private static void raise(ObjectNode metadata, String field, long by) {
    JsonNode old = metadata.get(field);
    if (old != null && old.isIntegralNumber()) {
      metadata.put(field, old.longValue() + by);
    }
  }

  private InputException fail(String tensor, String shard, String rule) {
    return new InputException(
        FileErrors.oneLine(file + ": weight_map: " + tensor + ": shard '" + shard + "': " + rule));
  }
}
