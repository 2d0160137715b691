package io.github.deepcut.shadow.training;

import io.github.deepcut.FineTunedModel;
import io.github.deepcut.audit.Evaluation;
import io.github.deepcut.audit.LogOdds;
import io.github.deepcut.data.Dataset;
import io.github.deepcut.data.ForgetSplit;
import io.github.deepcut.pool.PooledModel;
import io.github.deepcut.run.Progress;
import io.github.deepcut.run.Run;
import io.github.deepcut.shadow.Population;
import java.nio.file.Path;
import java.util.stream.IntStream;

/**
 * The third world of U-LiRA: shadow models that had a sample and then unlearned it. Each is asked
 * to unlearn, of the forgotten samples and as many that the audited model never saw, those that it
 * was trained on: about half of either, so about as many as the audited model forgot. The others
 * are what an unlearned model says of samples that it never had.
 *
 * @param forget positions in the training data of what the audited model was asked to forget
 */
public record ShadowUnlearning(ShadowTraining training, int[] forget, Unlearner unlearner) {
  /** Fewest samples never seen: a false-alarm rate of 1 % needs 100. */
  private static final int LEAST_EVAL = 100;

  /** An unlearning method, whichever it is. */
  @FunctionalInterface
  public interface Unlearner {
    /** Unlearns a copy of {@code model}, and asks the copy about {@code targets}. */
    Evaluation unlearn(FineTunedModel model, ForgetSplit split, Dataset targets, Run run);
  }

  /** The samples that the attack is about: forgotten ones, and some never seen. */
  public Population targets() {
    Population all = training.population();
    int n = Math.min(all.eval().size(), Math.max(forget.length, LEAST_EVAL));
    return new Population(
        all.train().select(forget),
        all.eval().select(IntStream.range(0, n).toArray()),
        all.membership());
  }

  /** Lets one shadow model unlearn, and asks it about the targets. */
  public PooledModel unlearn(int model, Run run) {
    Path folder = training.kept(model, run);
    boolean[] members = training.population().members(model);
    Population targets = targets();
    try (FineTunedModel shadow = FineTunedModel.open(folder)) {
      Dataset both = targets.all();
      ForgetSplit split = split(members, targets);
      Run own = new Run(model, run.clock(), Progress.silent());
      float[][] answers = LogOdds.items(unlearner.unlearn(shadow, split, both, own));
      return new PooledModel(model, targets.members(model), answers);
    }
  }

  /** What the model was trained on, in what it is to forget and what to retain. */
  private ForgetSplit split(boolean[] members, Population targets) {
    Population all = training.population();
    boolean[] target = new boolean[all.size()];
    for (int position : forget) {
      target[position] = true;
    }
    for (int i = 0; i < targets.eval().size(); i++) {
      target[all.train().size() + i] = true;
    }
    int[] trained = IntStream.range(0, members.length).filter(i -> members[i]).toArray();
    return new ForgetSplit(
        all.half(members),
        IntStream.range(0, trained.length).filter(i -> target[trained[i]]).toArray(),
        IntStream.range(0, trained.length).filter(i -> !target[trained[i]]).toArray(),
        "the targets of U-LiRA that the shadow model was trained on");
  }
}
