package io.github.deepcut.model.transformer;

import io.github.deepcut.tensor.Weights;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;

/** Layers of named weights that every family has. */
final class Linear {
  private Linear() {}

  /** A fully connected layer with a bias. */
  static Tensor of(Weights weights, String name, Tensor x) {
    return torch.linear(x, weights.get(name + ".weight"), weights.get(name + ".bias"));
  }

  /** Layer normalisation of the last axis, with scale and shift. */
  static Tensor norm(Weights weights, String name, Tensor x, double epsilon) {
    return norm(
        x, weights.get(name + ".weight"), new TensorOptional(weights.get(name + ".bias")), epsilon);
  }

  /** The same without shift. */
  static Tensor scaled(Weights weights, String name, Tensor x, double epsilon) {
    return norm(x, weights.get(name + ".weight"), new TensorOptional(), epsilon);
  }

  private static Tensor norm(Tensor x, Tensor scale, TensorOptional shift, double epsilon) {
    long[] width = {x.size(-1)};
    return torch.layer_norm(x, width, new TensorOptional(scale), shift, epsilon, true);
  }

  /** A fully connected layer without bias. */
  static Tensor plain(Weights weights, String name, Tensor x) {
    return torch.linear(x, weights.get(name + ".weight"));
  }
}
