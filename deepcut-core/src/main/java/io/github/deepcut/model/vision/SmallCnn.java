package io.github.deepcut.model.vision;

import io.github.deepcut.data.ImageSize;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/**
 * A small network for quick runs: each stage is a 3x3 convolution, a batch norm, ReLU and the
 * largest of each 2x2 window; the last stage's places are laid side by side.
 *
 * @param size the images' size, which the features' width depends on
 * @param widths channels of each stage
 */
record SmallCnn(ImageSize size, List<Integer> widths) implements Backbone {

  @Override
  public int width() {
    int down = widths.size();
    return widths.get(down - 1) * (size.height() >> down) * (size.width() >> down);
  }

  @Override
  public List<Parameter> parameters() {
    List<Parameter> out = new ArrayList<>();
    int in = size.channels();
    for (int s = 0; s < widths.size(); s++) {
      Parameter.addConvolution(out, convolution(s), widths.get(s), in, 3, 3);
      Parameter.addNorm(out, norm(s), widths.get(s));
      in = widths.get(s);
    }
    return out;
  }

  @Override
  public Tensor features(Tensor pixels, Layers layers) {
    Tensor x = pixels;
    for (int s = 0; s < widths.size(); s++) {
      Tensor y = layers.norm(norm(s), layers.convolution(convolution(s), x, 1));
      x = Layers.maxPool(y.relu_(), 2, 2, 0); // (B, width of s, H/2, W/2)
    }
    return x.flatten(1, -1); // (B, d)
  }

  private static String convolution(int stage) {
    return "cnn.stages." + stage + ".convolution";
  }

  private static String norm(int stage) {
    return "cnn.stages." + stage + ".normalization";
  }
}
