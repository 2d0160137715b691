package io.github.deepcut.unlearn.deepcut;

import io.github.deepcut.data.Batch;
import io.github.deepcut.data.Input;
import io.github.deepcut.data.Task;
import io.github.deepcut.model.Classifier;
import io.github.deepcut.tensor.Autocast;
import io.github.deepcut.unlearn.UnlearningData;
import io.github.deepcut.unlearn.loop.Classes;
import io.github.deepcut.unlearn.loop.ItemValues;
import io.github.deepcut.unlearn.loop.RetainSampler;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * The loss of one step, L = L_r + γ·L_f (arXiv 2503.14900, Section 3), L_r as in {@link
 * DistillationLoss}. All views of the forgotten sequences, the retained ones and their noisy copies
 * go through the encoder in one packed batch; images under the statistics of training, as in {@link
 * io.github.deepcut.unlearn.loop.Loop.Step#forward}.
 */
public final class DeepCutLoss implements AutoCloseable {
  private final DeepCutSettings settings;
  private final Classifier model;
  private final UnlearningData data;
  private final RetainSampler retained;
  private final DistillationLoss held;
  private final ForgettingLoss forgetting;

  /** Remembers {@code model} as it is now, to hold retained items to its outputs. */
  public DeepCutLoss(DeepCutSettings settings, Classifier model, UnlearningData data) {
    Classes classes =
        new Classes(model.labels(), model.task() == Task.NER, settings.anchorBackground());
    this.settings = settings;
    this.model = model;
    this.data = data;
    this.retained = new RetainSampler(data.retain(), classes);
    this.held =
        new DistillationLoss(model, settings.distill(), settings.distillTemperature(), data);
    this.forgetting = new ForgettingLoss(settings, classes);
  }

  /**
   * The loss of forgotten rows, and of retained ones that are drawn to meet them.
   *
   * @param push v of each item of {@code forgotten}
   */
  public Tensor of(List<? extends Input> forgotten, ItemValues push, SplittableRandom random) {
    List<Input> kept = retained.draw(forgotten, retainBatch(forgotten.size()), random);
    List<Input> holding = new ArrayList<>(kept);
    if (settings.corruption() > 0) {
      holding.addAll(TokenNoise.of(kept, settings.corruption(), random));
    }
    List<Input> all = new ArrayList<>();
    for (int v = 0; v < settings.views(); v++) {
      all.addAll(forgotten);
    }
    all.addAll(holding);
    Batch batch = model.batch(all);
    Tensor items;
    Tensor logits;
    try (var mixed = Autocast.set(data.bf16())) {
      Classifier.Output out =
          model.forward(batch, settings.dropout() && model.task() != Task.IMAGE);
      items = out.items().to(torch.ScalarType.Float); // (N, H), those of D_f first
      logits = out.logits().to(torch.ScalarType.Float); // (N, C)
    }
    int from = settings.views() * items(forgotten);
    int[] labels = Arrays.copyOfRange(batch.labels(), from, from + items(kept));
    Tensor loss = held.loss(logits.narrow(0, from, batch.labels().length - from), labels, holding);
    Tensor lf = forgetting.of(items, batch.labels(), push, random);
    if (lf != null) {
      loss = loss.add(lf.mul(new Scalar(settings.gamma())));
    }
    if (settings.ascent() > 0) {
      Tensor own = forgetting.crossEntropy(logits, batch.labels(), push);
      loss = loss.sub(own.mul(new Scalar(settings.ascent())));
    }
    return loss;
  }

  private static int items(List<? extends Input> rows) {
    return rows.stream().mapToInt(r -> r.labels().length).sum();
  }

  /** As many retained rows as forgotten ones, as in the paper, within limits. */
  private int retainBatch(int forgotten) {
    return Math.min(settings.retainBatchSize(), Math.max(settings.retainLeast(), forgotten));
  }

  @Override
  public void close() {
    held.close();
  }
}
