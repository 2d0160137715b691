package io.github.deepcut.model.folder;

import io.github.deepcut.model.Fields;
import io.github.deepcut.model.transformer.DistilBert;
import io.github.deepcut.model.transformer.EncoderConfig;
import io.github.deepcut.model.transformer.Family;
import io.github.deepcut.model.transformer.Parameter;
import io.github.deepcut.run.InputException;
import io.github.deepcut.tensor.DType;
import io.github.deepcut.tensor.Tensors;
import io.github.deepcut.tensor.Weights;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * How a model's parameters are called in a folder: with or without the encoder's prefix, and
 * perhaps under old layer-norm names.
 *
 * @param prefix of the encoder's tensors in a model with a head, such as {@code bert.}
 * @param layers what the number of a layer follows, behind the prefix; nothing where there are none
 * @param bare whether the folder's names lack the prefix
 */
record StoredTensors(ModelFolder folder, String prefix, Optional<String> layers, boolean bare) {

  private static final Pattern NUMBER = Pattern.compile("(\\d{1,9})\\.");
  private static final Set<DType> FLOATS = EnumSet.of(DType.F16, DType.BF16, DType.F32, DType.F64);
  private static final Set<DType> COUNTS = EnumSet.of(DType.I32, DType.I64);

  static StoredTensors of(ModelFolder folder, Family family) {
    return of(folder, family.prefix(), Optional.of(family.layers()));
  }

  /** Of a model without numbered layers. */
  static StoredTensors of(ModelFolder folder, String prefix) {
    return of(folder, prefix, Optional.empty());
  }

  private static StoredTensors of(ModelFolder folder, String prefix, Optional<String> layers) {
    boolean bare = folder.tensors().keySet().stream().noneMatch(n -> n.startsWith(prefix));
    return new StoredTensors(folder, prefix, layers, bare);
  }

  /** The number of the encoder layer that a stored tensor belongs to; -1 where it is of none. */
  int layer(String name) {
    String inner = bare || !name.startsWith(prefix) ? name : name.substring(prefix.length());
    if (layers.isEmpty() || !inner.startsWith(layers.get())) {
      return -1;
    }
    Matcher m = NUMBER.matcher(inner.substring(layers.get().length()));
    return m.lookingAt() ? Integer.parseInt(m.group(1)) : -1;
  }

  /** How many encoder layers there are. */
  private int count() {
    return folder.tensors().keySet().stream().mapToInt(this::layer).max().orElse(-1) + 1;
  }

  /**
   * Checks the number of layers before anything is listed or made, and that what is made afresh
   * would have the positions that it must have.
   *
   * @throws InputException if config.json asks for more than there is, or can be made
   */
  void requireSize(EncoderConfig shape) {
    Family family = shape.family();
    if (folder.hasWeights()) {
      Bounds.requireLayers(folder, family.layerSetsKey(), family.layerSets(shape), count());
      return;
    }
    Bounds.requireFresh(folder, shape.layers());
    if (family instanceof DistilBert) {
      Fields.requireNot(folder.config(), "sinusoidal_pos_embds");
    }
  }

  /** Checks the size of weights that are made afresh altogether. */
  void requireFreshSize(List<Parameter> wanted) {
    if (!folder.hasWeights()) {
      Bounds.requireFresh(folder, wanted.stream().map(Parameter::shape).toList());
    }
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
   * A tensor's values in float32. They belong to the caller's scope.
   *
   * @throws InputException if the shape or the type is not the wanted one, or a value is not finite
   */
  Tensor read(String stored, long... shape) {
    requireType(stored, FLOATS);
    requireShape(stored, shape);
    Tensor t = folder.tensor(stored).to(torch.ScalarType.Float);
    if (Tensors.hasNonFinite(t)) {
      throw new InputException(
          folder.path() + ": tensor " + stored + " holds NaN or infinity, expected finite weights");
    }
    return t;
  }

  /** The same in 64 bits, of a tensor that counts something. */
  Tensor readCount(String stored, long... shape) {
    requireType(stored, COUNTS);
    requireShape(stored, shape);
    return folder.tensor(stored).to(torch.ScalarType.Long);
  }

  private void requireType(String stored, Set<DType> supported) {
    DType type = folder.tensors().get(stored).dtype();
    if (!supported.contains(type)) {
      throw new InputException(
          "%s: tensor %s is of type %s, expected one of %s"
              .formatted(folder.path(), stored, type, supported.stream().sorted().toList()));
    }
  }

  private void requireShape(String stored, long... shape) {
    long[] found =
        folder.tensors().get(stored).shape().stream().mapToLong(Long::longValue).toArray();
    if (!Arrays.equals(found, shape)) {
      throw new InputException(
          String.format(
              "%s: tensor %s has shape %s, but config.json asks for %s",
              folder.path(), stored, Arrays.toString(found), Arrays.toString(shape)));
    }
  }
}
