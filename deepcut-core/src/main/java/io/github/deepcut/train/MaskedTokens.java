package io.github.deepcut.train;

import io.github.deepcut.data.Sequence;
import io.github.deepcut.data.TextBatch;
import io.github.deepcut.model.transformer.MaskedLanguageModel;
import io.github.deepcut.run.Run;
import io.github.deepcut.tensor.Autocast;
import io.github.deepcut.tensor.NotFiniteException;
import io.github.deepcut.tensor.Weights;
import java.util.List;
import java.util.SplittableRandom;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;

/**
 * Cross-entropy of hidden tokens, masked afresh at every step.
 *
 * @param bf16 whether training's matrix products run in bfloat16
 */
public record MaskedTokens(MaskedLanguageModel model, Masking masking, boolean bf16, Run run)
    implements Objective<Sequence> {
  private static final int EVALUATED_TOKENS = 4096;

  @Override
  public Weights weights() {
    return model.weights();
  }

  @Override
  public Tensor loss(List<? extends Sequence> rows, long step) {
    TextBatch batch = model.batch(mask(rows, run.random("masks of step " + step)));
    Tensor logits;
    try (var mixed = Autocast.set(bf16)) {
      logits = model.logits(batch, true); // (N, V)
    }
    return Trainer.crossEntropy(logits, batch.labels());
  }

  /** The rows masked once for evaluation, alike in all runs whatever their seed. */
  public List<Sequence> fixed(List<Sequence> rows) {
    return mask(rows, run.withSeed(0).random("masks of evaluation"));
  }

  private List<Sequence> mask(List<? extends Sequence> rows, SplittableRandom random) {
    return rows.stream().<Sequence>map(row -> masking.mask(row, random)).toList();
  }

  /** Mean loss (nats) of the hidden tokens of masked rows, without dropout, in float32. */
  public double meanLoss(List<Sequence> masked) {
    int longest = masked.stream().mapToInt(row -> row.ids().length).max().orElse(1);
    int rows = Math.max(1, EVALUATED_TOKENS / longest);
    double sum = 0;
    long tokens = 0;
    for (int from = 0; from < masked.size(); from += rows) {
      try (var scope = new PointerScope();
          var noGrad = new NoGradGuard();
          var exact = Autocast.set(false)) {
        TextBatch batch = model.batch(masked.subList(from, Math.min(masked.size(), from + rows)));
        Tensor loss = Trainer.crossEntropy(model.logits(batch, false), batch.labels());
        sum += loss.item_double() * batch.labels().length;
        tokens += batch.labels().length;
      }
    }
    if (tokens > 0 && !Double.isFinite(sum)) {
      throw new NotFiniteException("the loss of the text to evaluate on is " + sum / tokens);
    }
    return sum / tokens;
  }
}
