package io.github.deepcut.model.vision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.deepcut.TinyImages;
import io.github.deepcut.data.Batch;
import io.github.deepcut.data.ImageSize;
import io.github.deepcut.data.Picture;
import io.github.deepcut.tensor.Tensors;
import io.github.deepcut.tensor.Weights;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResNetTest {
  private static final double[] MEAN = {0.4, 0.5, 0.6};
  private static final double[] STD = {0.2, 0.3, 0.25};

  @ParameterizedTest
  @CsvSource({"basic,true", "basic,false", "bottleneck,true", "bottleneck,false"})
  void equalsPlainLoops(String layer, boolean smallStem) {
    var model =
        TinyImages.classifier(TinyImages.resnet(layer, smallStem, 8, 5), Naming.HUGGINGFACE, 3);
    List<Picture> rows = TinyImages.pictures(3, 3, 1);
    var naive = new NaiveResNet(model.weights(), smallStem, layer.equals("bottleneck"), 1, 2);
    try (var scope = new PointerScope();
        var noGrad = new NoGradGuard()) {
      var out = model.forward(Batch.of(rows), false);
      float[] items = Tensors.floats(out.items());
      float[] logits = Tensors.floats(out.logits());
      for (int r = 0; r < rows.size(); r++) {
        double[] features = naive.features(normalised(rows.get(r)));
        double[] latent =
            linear(model, "projector.2", relu(linear(model, "projector.0", features)));
        assertClose(items, r, latent);
        assertClose(logits, r, linear(model, "classifier.1", relu(latent)));
      }
    }
  }

  private static void assertClose(float[] rows, int row, double[] expected) {
    for (int i = 0; i < expected.length; i++) {
      assertThat((double) rows[row * expected.length + i]).isCloseTo(expected[i], within(1e-5));
    }
  }

  private static double[][][] normalised(Picture picture) {
    ImageSize size = picture.size();
    double[][][] x = new double[size.channels()][size.height()][size.width()];
    for (int c = 0, next = 0; c < size.channels(); c++) {
      for (int i = 0; i < size.height(); i++) {
        for (int j = 0; j < size.width(); j++) {
          x[c][i][j] = (Byte.toUnsignedInt(picture.pixels()[next++]) / 255.0 - MEAN[c]) / STD[c];
        }
      }
    }
    return x;
  }

  private static double[] linear(ImageClassifier model, String name, double[] x) {
    float[] w = Tensors.floats(model.weights().get(name + ".weight")); // (out, in)
    float[] b = Tensors.floats(model.weights().get(name + ".bias"));
    double[] y = new double[b.length];
    for (int o = 0; o < y.length; o++) {
      y[o] = b[o];
      for (int i = 0; i < x.length; i++) {
        y[o] += w[o * x.length + i] * x[i];
      }
    }
    return y;
  }

  private static double[] relu(double[] x) {
    return Arrays.stream(x).map(v -> Math.max(0, v)).toArray();
  }

  /**
   * In double precision, with h = 1e-6, the central difference of the loss is the gradient up to
   * about 1e-9, except where a ReLU or a maximum switches within h, which these weights avoid.
   */
  @ParameterizedTest
  @CsvSource({"basic,true,true", "basic,false,false", "bottleneck,true,false"})
  void gradientsAreThoseOfFiniteDifferences(String layer, boolean smallStem, boolean training) {
    var model =
        TinyImages.classifier(TinyImages.resnet(layer, smallStem, 8, 5), Naming.HUGGINGFACE, 3);
    List<Picture> rows = TinyImages.pictures(4, 3, 1);
    model.weights().all().replaceAll((n, t) -> wide(t));
    model.weights().trainable(n -> true);
    try (var scope = new PointerScope()) {
      loss(model, rows, training).backward();
    }
    for (String name : model.weights().names()) {
      Tensor t = model.weights().get(name);
      if (!t.requires_grad()) {
        assertThat(t.grad().defined()).as(name).isFalse();
        continue;
      }
      try (var scope = new PointerScope();
          var noGrad = new NoGradGuard()) {
        int at = (int) (t.numel() / 2);
        Tensor element = t.view(-1).narrow(0, at, 1);
        double h = 1e-6;
        element.add_(new Scalar(h));
        double up = loss(model, rows, training).item_double();
        element.sub_(new Scalar(2 * h));
        double down = loss(model, rows, training).item_double();
        element.add_(new Scalar(h));
        double gradient = Tensors.doubles(t.grad())[at];
        assertThat((up - down) / (2 * h)).as(name).isCloseTo(gradient, within(1e-6));
      }
    }
  }

  private static Tensor wide(Tensor t) {
    return t.is_floating_point() ? t.to(torch.ScalarType.Double).retainReference() : t;
  }

  private static Tensor loss(ImageClassifier model, List<Picture> rows, boolean training) {
    Batch batch = Batch.of(rows);
    Tensor input = model.input(batch).to(torch.ScalarType.Double);
    Tensor logits = model.forward(input, batch, training).logits();
    return logits.log_softmax(-1).narrow(1, 0, 1).mean().neg();
  }

  @Test
  void smallModelsHaveTheKnownNumbersOfParameters() {
    assertThat(parameters("resnet18")).isEqualTo(11_173_962);
    assertThat(parameters("resnet50")).isEqualTo(23_520_842);
  }

  /** Of the backbone with a linear classifier of 10 classes, as published for CIFAR-10. */
  private static long parameters(String name) {
    var config = Architectures.config(name);
    config.put("num_channels", 3).remove("projection_sizes");
    return VisionConfig.of(config, Naming.HUGGINGFACE).parameters(10).stream()
        .filter(p -> !Weights.isBuffer(p.name()))
        .mapToLong(p -> Arrays.stream(p.shape()).reduce(1, (a, b) -> a * b))
        .sum();
  }
}
