package io.github.deepcut.model;

import io.github.deepcut.model.transformer.Architecture;
import io.github.deepcut.run.InputException;
import io.github.deepcut.tensor.Tensors;
import io.github.deepcut.tensor.Weights;
import java.util.Arrays;
import java.util.Set;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * How a model's parameters are called in a folder: with or without the encoder's prefix, and
 * perhaps under old layer-norm names.
 *
 * @param prefix of the encoder's tensors in a model with a head, such as {@code bert.}
 * @param bare whether the folder's names lack it
 */
record StoredTensors(ModelFolder folder, String prefix, boolean bare) {

  static StoredTensors of(ModelFolder folder, Architecture architecture) {
    return of(folder, architecture.modelType() + ".");
  }

  static StoredTensors of(ModelFolder folder, String prefix) {
    boolean bare = folder.tensors().keySet().stream().noneMatch(n -> n.startsWith(prefix));
    return new StoredTensors(folder, prefix, bare);
  }

  /** The folder's name for the parameter {@code name}; null where it has none. */
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

  /**
   * A tensor's values in float32, or in 64 bits if it counts something. They belong to the caller's
   * scope.
   *
   * @throws InputException if the shape is not the wanted one, or a value is not finite
   */
  Tensor read(String stored, long... shape) {
    long[] found =
        folder.tensors().get(stored).shape().stream().mapToLong(Long::longValue).toArray();
    if (!Arrays.equals(found, shape)) {
      throw new InputException(
          String.format(
              "%s: tensor %s has shape %s, but config.json asks for %s",
              folder.path(), stored, Arrays.toString(found), Arrays.toString(shape)));
    }
    Tensor t = folder.tensor(stored);
    t = t.to(t.is_floating_point() ? torch.ScalarType.Float : torch.ScalarType.Long);
    if (Tensors.hasNonFinite(t)) {
      throw new InputException(
          folder.path() + ": tensor " + stored + " holds NaN or infinity, expected finite weights");
    }
    return t;
  }
}
