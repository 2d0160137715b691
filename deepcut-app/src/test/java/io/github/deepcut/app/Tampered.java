package io.github.deepcut.app;

import io.github.deepcut.FineTunedModel;
import io.github.deepcut.data.Batch;
import io.github.deepcut.data.Dataset;
import io.github.deepcut.data.Input;
import io.github.deepcut.model.Classifier;
import io.github.deepcut.model.Predictor;
import io.github.deepcut.tensor.Weights;
import io.github.deepcut.train.Optimizer;
import io.github.deepcut.train.Trainer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** Models made of the original by someone who would like them to look as if they had forgotten. */
record Tampered(FineTunedModel original) {
  private static final int STEPS = 200;

  private static boolean isHead(String name) {
    return name.startsWith("classifier.");
  }

  /** The original with normal noise on its last layer. */
  FineTunedModel noised(double sigma) {
    return changed(
        "noised-" + sigma,
        weights -> {
          torch.manual_seed(1);
          weights.names().stream()
              .filter(Tampered::isHead)
              .map(weights::get)
              .forEach(t -> t.add_(torch.randn_like(t).mul(scalar(sigma))));
        });
  }

  /** The original with {@code share} of another model's weights. */
  FineTunedModel mixed(FineTunedModel other, double share) {
    Weights theirs = other.classifier().weights();
    return changed(
        "mixed",
        weights ->
            weights
                .all()
                .forEach(
                    (name, t) ->
                        t.mul_(scalar(1 - share)).add_(theirs.get(name).mul(scalar(share)))));
  }

  /** The original with logits that are {@code factor} times as large: never sure of anything. */
  FineTunedModel flattened(double factor) {
    return changed(
        "flattened",
        weights ->
            weights.names().stream()
                .filter(Tampered::isHead)
                .forEach(n -> weights.get(n).mul_(scalar(factor))));
  }

  /** Gradient ascent on what is still right of {@code data}, until not one answer is right. */
  FineTunedModel ascended(Dataset data) {
    return trained(
        "ascended",
        copy -> {
          var rows = original.encode(data);
          try (Optimizer optimizer = new Optimizer(copy.weights(), n -> true, 0, 1)) {
            for (List<? extends Input> right = right(copy, rows); !right.isEmpty(); ) {
              try (var scope = new PointerScope()) {
                Batch batch = Batch.of(right);
                var logits = copy.forward(batch, false).logits();
                optimizer.step(Trainer.crossEntropy(logits, batch.labels()).neg(), 3e-3);
              }
              right = right(copy, rows);
            }
          }
        });
  }

  /**
   * Someone's wish to hide: to answer {@code forgotten} texts as {@code teacher} does, who never
   * saw them, and all {@code others} as the original does.
   */
  record Wish(FineTunedModel teacher, Dataset forgotten, Dataset others) {}

  /** Grants it by the last layer alone. */
  FineTunedModel hiddenByHead(Wish wish) {
    return hidden("hidden-by-head", wish, Tampered::isHead);
  }

  /** Grants it by all layers. */
  FineTunedModel hidden(String name, Wish wish) {
    return hidden(name, wish, n -> true);
  }

  private FineTunedModel hidden(String name, Wish wish, Predicate<String> moved) {
    return trained(
        name,
        copy -> {
          var there = original.encode(wish.forgotten);
          var elsewhere = original.encode(wish.others);
          try (Tensor asTeacher = answers(wish.teacher.classifier(), there);
              Tensor asBefore = answers(original.classifier(), elsewhere);
              Optimizer optimizer = new Optimizer(copy.weights(), moved, 0, 1)) {
            for (int i = 0; i < STEPS; i++) {
              try (var scope = new PointerScope()) {
                Tensor loss =
                    distance(copy, there, asTeacher).add(distance(copy, elsewhere, asBefore));
                optimizer.step(loss, 3e-3);
              }
            }
          }
        });
  }

  /** The probabilities (N, C) that a model gives. */
  private static Tensor answers(Classifier model, List<? extends Input> rows) {
    try (var scope = new PointerScope();
        var noGrad = new NoGradGuard()) {
      return model.forward(Batch.of(rows), false).logits().softmax(-1).retainReference();
    }
  }

  /** The mean cross-entropy (nats) to {@code wanted} probabilities. */
  private static Tensor distance(Classifier model, List<? extends Input> rows, Tensor wanted) {
    Tensor logits = model.forward(Batch.of(rows), false).logits();
    return logits.log_softmax(-1).mul(wanted).sum().div(scalar(rows.size())).neg();
  }

  /** Those that are still answered right. */
  private static List<? extends Input> right(Classifier model, List<? extends Input> rows) {
    return new Predictor()
        .predict(model, rows).stream()
            .filter(p -> p.best() == p.label())
            .map(p -> rows.get(p.example()))
            .toList();
  }

  private static org.bytedeco.pytorch.Scalar scalar(double x) {
    return new org.bytedeco.pytorch.Scalar(x);
  }

  private FineTunedModel changed(String name, Consumer<Weights> change) {
    return trained(
        name,
        copy -> {
          try (var scope = new PointerScope();
              var noGrad = new NoGradGuard()) {
            change.accept(copy.weights());
          }
        });
  }

  /** Writes a folder beside the original's, with the same record, and opens it. */
  private FineTunedModel trained(String name, Consumer<Classifier> change) {
    Path folder = original.folder().path().resolveSibling(name);
    try (Weights copy = original.classifier().weights().copy()) {
      change.accept(original.classifier().withWeights(copy));
      Files.createDirectory(folder);
      original.folder().writeTo(folder, copy.all());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return FineTunedModel.open(folder);
  }
}
