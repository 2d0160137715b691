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
 * The loss of one step, L = L_r + L_f: see {@link DeepCut}. The forgotten sequences and the
 * retained ones go through the encoder in one packed batch, without dropout; images under the
 * statistics of training, as in {@link io.github.deepcut.unlearn.loop.Step#forward}.
 */
public final class DeepCutLoss implements AutoCloseable {
  private final DeepCut method;
  private final Classifier model;
  private final boolean bf16;
  private final RetainSampler retained;
  private final DistillationLoss held;
  private final ForgettingLoss forgetting;

  /** Remembers {@code model} as it is now, to hold retained items to its outputs. */
  public DeepCutLoss(DeepCut method, Classifier model, UnlearningData data) {
    Classes classes = new Classes(model.labels(), model.task() == Task.NER, true);
    this.method = method;
    this.model = model;
    this.bf16 = data.bf16();
    this.retained = new RetainSampler(data.retain(), classes);
    this.held = new DistillationLoss(method.retention(), model, data);
    this.forgetting = new ForgettingLoss(method.forgetting(), classes);
  }

  /**
   * The loss of forgotten rows, and of retained ones that are drawn to meet them.
   *
   * @param push w of each item of {@code forgotten}
   */
  public Tensor of(List<? extends Input> forgotten, ItemValues push, SplittableRandom random) {
    List<Input> kept = retained.draw(forgotten, method.retention().retainBatchSize(), random);
    List<Input> all = new ArrayList<>(forgotten);
    all.addAll(kept);
    Batch batch = model.batch(all);
    Tensor items;
    Tensor logits;
    try (var mixed = Autocast.set(bf16)) {
      Classifier.Output out = model.forward(batch, false);
      items = out.items().to(torch.ScalarType.Float); // (N, H), those of D_f first
      logits = out.logits().to(torch.ScalarType.Float); // (N, C)
    }
    int from = push.count();
    int[] labels = Arrays.copyOfRange(batch.labels(), from, batch.labels().length);
    Tensor loss = held.loss(logits.narrow(0, from, labels.length), labels, kept);
    Tensor lf = forgetting.of(items, batch.labels(), push, random);
    if (lf != null) {
      loss = loss.add(lf.mul(new Scalar(method.forgetting().gamma())));
    }
    double ascent = method.forgetting().ascent();
    if (ascent > 0) {
      loss = loss.sub(forgetting.logLosses(logits, batch.labels(), push).mul(new Scalar(ascent)));
    }
    return loss;
  }

  @Override
  public void close() {
    held.close();
  }
}
