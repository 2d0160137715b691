package io.github.deepcut.unlearn.baseline;

import io.github.deepcut.data.Batch;
import io.github.deepcut.data.Input;
import io.github.deepcut.data.Task;
import io.github.deepcut.model.Classifier;
import io.github.deepcut.run.InputException;
import io.github.deepcut.run.Run;
import io.github.deepcut.tensor.Finite;
import io.github.deepcut.tensor.Weights;
import io.github.deepcut.train.Optimizer;
import io.github.deepcut.unlearn.About;
import io.github.deepcut.unlearn.Setting;
import io.github.deepcut.unlearn.Setting.Range;
import io.github.deepcut.unlearn.StopRule;
import io.github.deepcut.unlearn.UnlearningData;
import io.github.deepcut.unlearn.UnlearningMethod;
import io.github.deepcut.unlearn.loop.BatchPlan;
import io.github.deepcut.unlearn.loop.Check;
import io.github.deepcut.unlearn.loop.ItemOutputs;
import io.github.deepcut.unlearn.loop.Loop;
import io.github.deepcut.unlearn.loop.OptimizerSettings;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * UNSIR (Tarun, Chundawat, Mandal and Kankanhalli, arXiv 2111.08947), of whole classes: learns an
 * input that the original is most wrong about, <b>min_x -CE(f(x), y) + λ·‖x‖²</b>; impairs the
 * model by a pass of <b>CE(x, y) + CE</b> over a sample of D_r; repairs it by a pass of <b>CE</b>
 * over another. Further passes impair and repair in turn.
 *
 * <p>Departures: for texts x takes the place of the word embeddings of a batch of D_f; ‖x‖² is in
 * units of the input's variance and a mean over its numbers; both passes go at one rate.
 *
 * @param noiseSteps of AdamW at a rate of .1 that x is given
 * @param noiseWeight λ
 * @param retainShare of D_r that a pass meets
 */
@About(
    what = "impairs by learnt noise, then repairs; whole classes alone",
    source = "arXiv 2111.08947")
public record Unsir(
    @Setting(
            value = "steps of AdamW at a rate of .1 that the noise is given",
            range = Range.AT_LEAST_ONE)
        int noiseSteps,
    @Setting(value = "λ, weight of the size of the noise", range = Range.NOT_NEGATIVE)
        double noiseWeight,
    @Setting(value = "share of D_r that a pass meets", range = Range.POSITIVE_SHARE)
        double retainShare,
    OptimizerSettings descent)
    implements UnlearningMethod {
  private static final double NOISE_RATE = 0.1;

  public Unsir {
    Check.atLeastOne("noise_steps", noiseSteps);
    Check.notNegative("noise_weight", noiseWeight);
    Check.positive("retain_share", retainShare);
    Check.share("retain_share", retainShare);
  }

  public static Unsir defaults(Task task) {
    return new Unsir(
        40,
        0.1,
        0.2,
        task == Task.IMAGE ? OptimizerSettings.sgd(0.02, 2) : OptimizerSettings.adamW(0.3, 2));
  }

  @Override
  public String name() {
    return "unsir";
  }

  @Override
  public Unlearned unlearn(Classifier model, UnlearningData sets, StopRule stop, Run run) {
    check(model, sets);
    List<Input> some = BatchPlan.some(sets.forget(), descent.batchSize(), run.random("noise rows"));
    try (Weights noise = noise(model, some, run)) {
      BatchPlan draws = BatchPlan.retained(descent.batchSize(), retainShare);
      return new Loop(descent, draws, model, sets)
          .run(
              stop,
              run,
              step -> {
                Tensor repair = step.forwardRetain().crossEntropy();
                boolean impair = step.pass() % 2 == 1;
                return impair ? repair.add(loss(model, noise.get("x"), some, true)) : repair;
              });
    }
  }

  private static void check(Classifier model, UnlearningData sets) {
    Set<Integer> lost = sets.lost();
    boolean whole =
        sets.forget().stream()
            .flatMapToInt(r -> Arrays.stream(r.labels()))
            .allMatch(lost::contains);
    if (model.task() == Task.NER || !whole) {
      throw new InputException(
          "unsir forgets whole classes of sentences or images, and nothing else: give --forget-class");
    }
  }

  /** x, in the shape of the input of {@code rows}. */
  private Weights noise(Classifier model, List<Input> rows, Run run) {
    model.weights().trainable(name -> false);
    torch.manual_seed(run.random("noise").nextLong());
    Weights noise;
    double variance;
    try (var scope = new PointerScope()) {
      Tensor input = model.input(model.batch(rows));
      variance = input.var().item_double();
      Tensor x = torch.randn_like(input).mul(new Scalar(Math.sqrt(variance)));
      noise = Weights.of(Map.of("x", x));
    }
    try (var optimizer = new Optimizer(noise, name -> true, 0, 0)) {
      for (int k = 0; k < noiseSteps; k++) {
        try (var scope = new PointerScope()) {
          Tensor x = noise.get("x");
          Tensor size = x.mul(x).mean().mul(new Scalar(noiseWeight / variance));
          Tensor loss = size.sub(loss(model, x, rows, false));
          Finite.loss(loss.item_double(), k + 1, "lower noise_steps (" + noiseSteps + ")");
          optimizer.step(loss, NOISE_RATE * Math.sqrt(variance));
        }
      }
    }
    noise.trainable(name -> false);
    return noise;
  }

  /** CE of the rows with x for their input. */
  private static Tensor loss(Classifier model, Tensor x, List<Input> rows, boolean training) {
    Batch batch = model.batch(rows);
    return ItemOutputs.of(model.forward(x, batch, training), batch.labels()).crossEntropy();
  }
}
