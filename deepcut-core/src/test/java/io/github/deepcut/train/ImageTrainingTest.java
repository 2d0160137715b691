package io.github.deepcut.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.deepcut.TinyImages;
import io.github.deepcut.TinyModels;
import io.github.deepcut.data.Batch;
import io.github.deepcut.data.Picture;
import io.github.deepcut.model.Predictor;
import io.github.deepcut.model.vision.ImageClassifier;
import io.github.deepcut.model.vision.Naming;
import io.github.deepcut.run.Checkpoint;
import io.github.deepcut.run.Progress;
import io.github.deepcut.run.Run;
import io.github.deepcut.tensor.Tensors;
import io.github.deepcut.tensor.Weights;
import io.github.deepcut.train.Recipe.Algorithm;
import io.github.deepcut.train.Recipe.Schedule;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Residual networks, whose batch norms keep statistics, under SGD. */
class ImageTrainingTest {
  private static final int CLASSES = 3;
  private static final long SLACK = 48L << 20;

  private static ImageClassifier model() {
    return TinyImages.classifier(
        TinyImages.resnet("basic", true, 8, 4), Naming.HUGGINGFACE, CLASSES);
  }

  private static Recipe recipe(int epochs) {
    return new Recipe(
        epochs, 16, 0.05, 0, 1e-4, 0, 0, 128, false, 1, Algorithm.SGD, Schedule.COSINE, 0.9);
  }

  private static int trained(int epochs, Run run) {
    ImageClassifier model = model();
    try (var weights = model.weights()) {
      new Trainer(recipe(epochs)).train(model, TinyImages.pictures(96, CLASSES, 1), null, run);
      return TinyModels.bits(weights);
    }
  }

  @Test
  void learnsWhatCanBeLearnt() {
    ImageClassifier model = model();
    new Trainer(recipe(8)).train(model, TinyImages.pictures(320, CLASSES, 1), null, Run.of(1));
    List<Picture> test = TinyImages.pictures(200, CLASSES, 2);
    long right =
        new Predictor().predict(model, test).stream().filter(p -> p.best() == p.label()).count();
    assertThat(right).isGreaterThan(190);
  }

  @Test
  void sameSeedSameTensorsOtherSeedOthers() {
    assertThat(trained(2, Run.of(7)))
        .isEqualTo(trained(2, Run.of(7)))
        .isNotEqualTo(trained(2, Run.of(8)));
  }

  private static int augmented(Run run) {
    Recipe r = recipe(2);
    Recipe moved =
        new Recipe(
            r.epochs(),
            r.batchSize(),
            r.learningRate(),
            r.warmup(),
            r.weightDecay(),
            r.clip(),
            r.patience(),
            r.maxTokens(),
            r.bf16(),
            r.seed(),
            r.optimizer(),
            r.schedule(),
            r.momentum(),
            true,
            0);
    ImageClassifier model = model();
    try (var weights = model.weights()) {
      new Trainer(moved).train(model, TinyImages.pictures(96, CLASSES, 1), null, run);
      return TinyModels.bits(weights);
    }
  }

  @Test
  void augmentedImagesAreOthersAndTheSameUnderTheSameSeed(@TempDir Path folder) {
    int once = augmented(Run.of(7));
    assertThat(augmented(Run.of(7))).isEqualTo(once);
    assertThat(trained(2, Run.of(7))).isNotEqualTo(once);
    Path file = folder.resolve("state.safetensors");
    assertThatThrownBy(() -> augmented(run(file, false, 8))).isInstanceOf(CutOff.class);
    assertThat(augmented(run(file, true, Integer.MAX_VALUE))).isEqualTo(augmented(Run.of(1)));
  }

  private static final class CutOff extends RuntimeException {
    private static final long serialVersionUID = 1;
  }

  @Test
  void cutOffAndResumedItEndsWithTheSameTensors(@TempDir Path folder) {
    Path file = folder.resolve("state.safetensors");
    assertThatThrownBy(() -> trained(3, run(file, false, 8))).isInstanceOf(CutOff.class);
    assertThat(trained(3, run(file, true, Integer.MAX_VALUE))).isEqualTo(trained(3, Run.of(1)));
  }

  /** Keeps its state after every step and ends after some. */
  private static Run run(Path file, boolean resume, int steps) {
    var checkpoint = new Checkpoint(file, Duration.ZERO, resume, InstantSource.system(), () -> "x");
    int[] left = {steps};
    Progress until =
        new Progress() {
          @Override
          public Stage stage(String name, long total) {
            return new Stage() {
              @Override
              public void step(String note) {
                if (--left[0] < 0) {
                  throw new CutOff();
                }
              }

              @Override
              public void skip(long steps) {}

              @Override
              public void close() {}
            };
          }

          @Override
          public void say(String line) {}
        };
    return new Run(1, InstantSource.system(), until).with(checkpoint);
  }

  /**
   * Running statistics move a tenth of the way to the batch's: of the stem by hand, from the
   * variance and mean of its convolution's outputs (unbiased variance, as libtorch keeps it).
   */
  @Test
  void trainingPassesMoveTheRunningStatisticsAndOthersDoNot() {
    ImageClassifier model = model();
    String norm = "resnet.embedder.embedder.normalization.";
    Weights before = model.weights().copy();
    try (var scope = new PointerScope()) {
      Batch batch = Batch.of(TinyImages.pictures(8, CLASSES, 1));
      model.forward(batch, false);
      assertThat(TinyModels.bits(model.weights())).isEqualTo(TinyModels.bits(before));
      model.forward(batch, true);
      var out =
          torch.conv2d(
              model.input(batch),
              before.get("resnet.embedder.embedder.convolution.weight"),
              new TensorOptional(),
              new long[] {1, 1},
              new long[] {1, 1},
              new long[] {1, 1},
              1); // (8, 4, 8, 8)
      double[] values = Tensors.doubles(out.narrow(1, 0, 1).contiguous());
      double mean = Arrays.stream(values).average().orElseThrow();
      double variance =
          Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum() / (values.length - 1);
      assertMoved(before, model.weights(), norm + "running_mean", mean);
      assertMoved(before, model.weights(), norm + "running_var", variance);
      assertThat(model.weights().get(norm + "num_batches_tracked").item_long()).isEqualTo(1);
    }
  }

  private static void assertMoved(Weights before, Weights now, String name, double to) {
    double expected = 0.9 * Tensors.floats(before.get(name))[0] + 0.1 * to;
    assertThat((double) Tensors.floats(now.get(name))[0]).isCloseTo(expected, within(1e-5));
  }

  @Test
  void buffersHaveNoGradientAndNoMomentumButAreCopiedAndPutBack() {
    ImageClassifier model = model();
    model.weights().trainable(n -> true);
    assertThat(model.weights().names().stream().filter(Weights::isBuffer)).hasSize(3 * 8);
    model
        .weights()
        .all()
        .forEach((n, t) -> assertThat(t.requires_grad()).as(n).isEqualTo(!Weights.isBuffer(n)));
    Weights copy = model.weights().copy();
    try (var scope = new PointerScope()) {
      model.forward(Batch.of(TinyImages.pictures(8, CLASSES, 1)), true);
    }
    assertThat(TinyModels.bits(model.weights())).isNotEqualTo(TinyModels.bits(copy));
    model.weights().set(copy);
    assertThat(TinyModels.bits(model.weights())).isEqualTo(TinyModels.bits(copy));
  }

  @Test
  void nativeMemoryStaysFlatOverHundredsOfSteps() {
    ImageClassifier model = model();
    List<Picture> data = TinyImages.pictures(800, CLASSES, 1); // 50 batches
    Trainer trainer = new Trainer(recipe(2));
    trainer.train(model, data, null, Run.of(1));
    trainer.train(model, data, null, Run.of(2));
    long tensors = Pointer.totalCount();
    long bytes = Pointer.physicalBytes();
    for (int k = 0; k < 4; k++) {
      trainer.train(model, data, null, Run.of(k));
    }
    assertThat(Pointer.totalCount()).as("live native objects").isLessThan(tensors + 200);
    assertThat(Pointer.physicalBytes() - bytes).as("growth in bytes").isLessThan(SLACK);
  }

  /**
   * SGD by hand on the loss 3w, from w = 2: velocity 3 + .5·2 = 4, w = 2 - .1·4 = 1.6; then
   * velocity .9·4 + 3 + .5·1.6 = 7.4, w = 1.6 - .74 = .86. A bias does not decay: 2 - .3, then
   * velocity .9·3 + 3 = 5.7, 1.7 - .57.
   */
  @Test
  void momentumAndDecay() {
    var tensors = new LinkedHashMap<String, Tensor>();
    try (var scope = new PointerScope()) {
      tensors.put("a.weight", Tensor.create(new float[] {2}, 1, 1));
      tensors.put("a.bias", Tensor.create(new float[] {2}, 1));
      Weights w = Weights.of(tensors);
      var recipe =
          new Recipe(1, 1, 0.1, 0, 0.5, 0, 0, 8, false, 1, Algorithm.SGD, Schedule.COSINE, 0.9);
      try (var optimizer = new Optimizer(w, recipe)) {
        for (int k = 0; k < 2; k++) {
          var sum = w.get("a.weight").sum().add(w.get("a.bias").sum());
          optimizer.step(sum.mul(new Scalar(3.0)), 0.1);
        }
      }
      assertThat(w.get("a.weight").item_float()).isCloseTo(0.86f, within(1e-6f));
      assertThat(w.get("a.bias").item_float()).isCloseTo(1.13f, within(1e-6f));
    }
  }

  /** Of 4 steps, none of them warm-up: (1 + cos(πk/4))/2 for k = 0 to 3. */
  @Test
  void theRateFallsByACosine() {
    double[] expected = {1, 0.853553, 0.5, 0.146447};
    Recipe recipe =
        new Recipe(1, 1, 2.0, 0, 0, 0, 0, 8, false, 1, Algorithm.SGD, Schedule.COSINE, 0.9);
    for (int k = 0; k < 4; k++) {
      assertThat(recipe.rate(k, 4)).isCloseTo(2 * expected[k], within(1e-5));
    }
  }
}
