package io.github.deepcut.model.vision;

import io.github.deepcut.tensor.Tensors;
import io.github.deepcut.tensor.Weights;

/** A residual network by plain loops over arrays in double precision, under HuggingFace's names. */
final class NaiveResNet {
  private final Weights weights;
  private final boolean smallStem;
  private final boolean bottleneck;
  private final int[] depths;

  NaiveResNet(Weights weights, boolean smallStem, boolean bottleneck, int... depths) {
    this.weights = weights;
    this.smallStem = smallStem;
    this.bottleneck = bottleneck;
    this.depths = depths;
  }

  /** Features (d) of an image (C, H, W), running statistics in use. */
  double[] features(double[][][] pixels) {
    String stem = "resnet.embedder.embedder.";
    double[][][] x =
        relu(norm(stem + "normalization", conv(stem + "convolution", pixels, smallStem ? 1 : 2)));
    if (!smallStem) {
      x = maxPool(x);
    }
    for (int s = 0; s < depths.length; s++) {
      for (int l = 0; l < depths[s]; l++) {
        x = block("resnet.encoder.stages." + s + ".layers." + l + ".", x, s > 0 && l == 0 ? 2 : 1);
      }
    }
    double[] mean = new double[x.length];
    for (int c = 0; c < x.length; c++) {
      for (double[] row : x[c]) {
        for (double v : row) {
          mean[c] += v / (x[c].length * x[c][0].length);
        }
      }
    }
    return mean;
  }

  private double[][][] block(String name, double[][][] x, int stride) {
    double[][][] y = x;
    int convolutions = bottleneck ? 3 : 2;
    int strided = bottleneck ? 1 : 0;
    for (int k = 0; k < convolutions; k++) {
      String at = name + "layer." + k + ".";
      y = norm(at + "normalization", conv(at + "convolution", y, k == strided ? stride : 1));
      y = k < convolutions - 1 ? relu(y) : y;
    }
    boolean projects = weights.names().contains(name + "shortcut.convolution.weight");
    double[][][] beside =
        projects
            ? norm(name + "shortcut.normalization", conv(name + "shortcut.convolution", x, stride))
            : x;
    for (int c = 0; c < y.length; c++) {
      for (int i = 0; i < y[c].length; i++) {
        for (int j = 0; j < y[c][i].length; j++) {
          y[c][i][j] += beside[c][i][j];
        }
      }
    }
    return relu(y);
  }

  private double[][][] conv(String name, double[][][] x, int stride) {
    var tensor = weights.get(name + ".weight");
    float[] w = Tensors.floats(tensor); // (out, in, k, k)
    int out = (int) tensor.size(0);
    int k = (int) tensor.size(2);
    int h = (x[0].length + stride - 1) / stride;
    int v = (x[0][0].length + stride - 1) / stride;
    double[][][] y = new double[out][h][v];
    for (int o = 0; o < out; o++) {
      for (int i = 0; i < h; i++) {
        for (int j = 0; j < v; j++) {
          for (int c = 0; c < x.length; c++) {
            for (int a = 0; a < k; a++) {
              for (int b = 0; b < k; b++) {
                int r = i * stride + a - k / 2;
                int q = j * stride + b - k / 2;
                if (r >= 0 && r < x[c].length && q >= 0 && q < x[c][0].length) {
                  y[o][i][j] += w[((o * x.length + c) * k + a) * k + b] * x[c][r][q];
                }
              }
            }
          }
        }
      }
    }
    return y;
  }

  private double[][][] norm(String name, double[][][] x) {
    float[] scale = Tensors.floats(weights.get(name + ".weight"));
    float[] shift = Tensors.floats(weights.get(name + ".bias"));
    float[] mean = Tensors.floats(weights.get(name + ".running_mean"));
    float[] variance = Tensors.floats(weights.get(name + ".running_var"));
    double[][][] y = new double[x.length][x[0].length][x[0][0].length];
    for (int c = 0; c < x.length; c++) {
      for (int i = 0; i < x[c].length; i++) {
        for (int j = 0; j < x[c][i].length; j++) {
          y[c][i][j] = (x[c][i][j] - mean[c]) / Math.sqrt(variance[c] + 1e-5) * scale[c] + shift[c];
        }
      }
    }
    return y;
  }

  private static double[][][] relu(double[][][] x) {
    for (double[][] plane : x) {
      for (double[] row : plane) {
        for (int j = 0; j < row.length; j++) {
          row[j] = Math.max(0, row[j]);
        }
      }
    }
    return x;
  }

  /** 3x3, stride 2, padding 1. */
  private static double[][][] maxPool(double[][][] x) {
    int h = (x[0].length + 1) / 2;
    int w = (x[0][0].length + 1) / 2;
    double[][][] y = new double[x.length][h][w];
    for (int c = 0; c < x.length; c++) {
      for (int i = 0; i < h; i++) {
        for (int j = 0; j < w; j++) {
          double best = Double.NEGATIVE_INFINITY;
          for (int r = Math.max(0, 2 * i - 1); r <= Math.min(2 * i + 1, x[c].length - 1); r++) {
            for (int q = Math.max(0, 2 * j - 1);
                q <= Math.min(2 * j + 1, x[c][0].length - 1);
                q++) {
              best = Math.max(best, x[c][r][q]);
            }
          }
          y[c][i][j] = best;
        }
      }
    }
    return y;
  }
}
