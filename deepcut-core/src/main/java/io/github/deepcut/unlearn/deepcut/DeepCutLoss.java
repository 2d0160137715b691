package io.github.deepcut.unlearn.deepcut;

import io.github.deepcut.data.Batch;
import io.github.deepcut.data.Input;
import io.github.deepcut.data.Task;
import io.github.deepcut.model.Classifier;
import io.github.deepcut.tensor.Autocast;
import io.github.deepcut.train.Optimizer;
import io.github.deepcut.unlearn.UnlearningData;
import io.github.deepcut.unlearn.loop.Classes;
import io.github.deepcut.unlearn.loop.Loop;
import io.github.deepcut.unlearn.loop.RetainSampler;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * One descent on L = L_CE + γ·L_f (arXiv 2503.14900, Section 3), L_CE as in {@link
 * DistillationLoss}. All views of the forgotten sequences, the retained ones and their corrupted
 * copies go through the encoder in one packed batch; images under the statistics of training, as in
 * {@link Loop.Step#of}.
 */
public final class DeepCutStep implements AutoCloseable {
  private final DeepCutSettings settings;
  private final Classifier model;
  private final UnlearningData sets;
  private final RetainSampler partners;
  private final DistillationLoss keeper;
  private final ForgettingLoss forgetting;

  /** Remembers {@code model} as it is now, to hold retained items to its outputs. */
  public DeepCutStep(DeepCutSettings settings, Classifier model, UnlearningData sets) {
    Classes classes =
        new Classes(model.labels(), model.task() == Task.NER, settings.anchorBackground());
    this.settings = settings;
    this.model = model;
    this.sets = sets;
    this.partners = new RetainSampler(sets.retain(), classes);
    this.keeper =
        new DistillationLoss(model, settings.distill(), settings.distillTemperature(), sets);
    this.forgetting = new ForgettingLoss(settings, classes);
  }

  /**
   * Updates the model once.
   *
   * @param rows which sequences of D_f
   * @param push the push on each item of each sequence of D_f
   * @return the loss before it; one that is not finite has ruined the model
   */
  public double descend(
      int[] rows, float[][] push, Optimizer optimizer, double rate, SplittableRandom random) {
    torch.manual_seed(random.nextLong());
    try (var scope = new PointerScope()) {
      List<Input> forgotten = Arrays.stream(rows).<Input>mapToObj(sets.forget()::get).toList();
      List<Input> kept = partners.draw(forgotten, retainBatch(rows.length), random);
      List<Input> held = new ArrayList<>(kept);
      if (settings.corruption() > 0) {
        held.addAll(TokenNoise.of(kept, settings.corruption(), random));
      }
      List<Input> all = new ArrayList<>();
      for (int v = 0; v < settings.views(); v++) {
        all.addAll(forgotten);
      }
      all.addAll(held);
      Batch batch = model.batch(all);
      Tensor items;
      Tensor logits;
      try (var mixed = Autocast.set(sets.bf16())) {
        Classifier.Output out =
            model.forward(batch, settings.dropout() && model.task() != Task.IMAGE);
        items = out.items().to(torch.ScalarType.Float); // (N, H), those of D_f first
        logits = out.logits().to(torch.ScalarType.Float); // (N, C)
      }
      int from = settings.views() * items(forgotten);
      int[] labels = Arrays.copyOfRange(batch.labels(), from, from + items(kept));
      Tensor loss = keeper.loss(logits.narrow(0, from, batch.labels().length - from), labels, held);
      float[][] weights = Arrays.stream(rows).mapToObj(r -> push[r]).toArray(float[][]::new);
      Tensor lf = forgetting.of(items, batch.labels(), weights, random);
      if (lf != null) {
        loss = loss.add(lf.mul(new Scalar(settings.gamma())));
      }
      if (settings.ascent() > 0) {
        Tensor own = forgetting.crossEntropy(logits, batch.labels(), weights);
        loss = loss.sub(own.mul(new Scalar(settings.ascent())));
      }
      double value = loss.item_double();
      optimizer.step(loss, rate);
      return value;
    }
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
    keeper.close();
  }
}
