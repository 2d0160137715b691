package io.github.deepcut.model.vision;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/**
 * A residual network (He et al., arXiv 1512.03385): stem, stages of residual blocks, mean over all
 * places. Where widths or resolutions differ, the shortcut is a 1x1 convolution with a norm.
 */
record ResNet(ResNetConfig config, Naming names) implements Backbone {

  /** A convolution on a block's way. */
  private record Step(int in, int out, int kernel, int stride) {}

  @Override
  public int width() {
    return config.widths().get(config.widths().size() - 1);
  }

  @Override
  public List<Parameter> parameters() {
    List<Parameter> out = new ArrayList<>();
    int kernel = config.smallStem() ? 3 : 7;
    add(out, names.stem(), new Step(config.channels(), config.stem(), kernel, 1));
    for (int s = 0; s < config.widths().size(); s++) {
      for (int l = 0; l < config.depths().get(s); l++) {
        String block = names.block(s, l);
        if (hasShortcut(s, l)) {
          add(out, names.shortcut(block), new Step(in(s, l), config.widths().get(s), 1, 1));
        }
        List<Step> steps = steps(s, l);
        for (int k = 0; k < steps.size(); k++) {
          add(out, names.convolution(block, k), steps.get(k));
        }
      }
    }
    return out;
  }

  private void add(List<Parameter> to, String name, Step s) {
    Parameter.addConvolution(to, name, s.out, s.in, s.kernel, s.kernel);
    Parameter.addNorm(to, names.norm(name), s.out);
  }

  @Override
  public Tensor features(Tensor pixels, Layers layers) {
    Tensor x = normed(names.stem(), pixels, config.smallStem() ? 1 : 2, layers).relu_();
    if (!config.smallStem()) {
      x = Layers.maxPool(x, 3, 2, 1); // (B, stem, H/4, W/4)
    }
    for (int s = 0; s < config.widths().size(); s++) {
      for (int l = 0; l < config.depths().get(s); l++) {
        x = block(s, l, x, layers); // (B, width of s, H/2^s, W/2^s)
      }
    }
    return x.mean(2, 3); // (B, d)
  }

  private Tensor block(int s, int l, Tensor x, Layers layers) {
    String block = names.block(s, l);
    List<Step> steps = steps(s, l);
    Tensor y = x;
    for (int k = 0; k < steps.size(); k++) {
      y = normed(names.convolution(block, k), y, steps.get(k).stride, layers);
      if (k < steps.size() - 1) {
        y = y.relu_();
      }
    }
    Tensor beside = hasShortcut(s, l) ? normed(names.shortcut(block), x, stride(s, l), layers) : x;
    return y.add_(beside).relu_();
  }

  private Tensor normed(String name, Tensor x, int stride, Layers layers) {
    return layers.norm(names.norm(name), layers.convolution(name, x, stride));
  }

  private int in(int s, int l) {
    return l > 0 ? config.widths().get(s) : s == 0 ? config.stem() : config.widths().get(s - 1);
  }

  private int stride(int s, int l) {
    return l == 0 && (s > 0 || config.downsampleFirst()) ? 2 : 1;
  }

  private boolean hasShortcut(int s, int l) {
    return in(s, l) != config.widths().get(s) || stride(s, l) != 1;
  }

  /** Two 3x3, or 1x1 down to a quarter, 3x3, and 1x1 up. */
  private List<Step> steps(int s, int l) {
    int out = config.widths().get(s);
    int stride = stride(s, l);
    if (!config.bottleneck()) {
      return List.of(new Step(in(s, l), out, 3, stride), new Step(out, out, 3, 1));
    }
    int quarter = out / 4;
    int early = config.downsampleEarly() ? stride : 1;
    return List.of(
        new Step(in(s, l), quarter, 1, early),
        new Step(quarter, quarter, 3, stride / early),
        new Step(quarter, out, 1, 1));
  }
}
