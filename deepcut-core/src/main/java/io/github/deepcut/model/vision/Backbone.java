package io.github.deepcut.model.vision;

import java.util.List;
import org.bytedeco.pytorch.Tensor;

/** What makes a vector of an image; it holds no weights. */
sealed interface Backbone permits ResNet, SmallCnn {

  /** Width d of the features. */
  int width();

  /** Its tensors in checkpoint order. */
  List<Parameter> parameters();

  /** Normalised pixels (B, C, H, W) to features (B, d). */
  Tensor features(Tensor pixels, Layers layers);
}
