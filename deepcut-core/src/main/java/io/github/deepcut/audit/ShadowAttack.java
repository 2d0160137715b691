package io.github.deepcut.audit;

import io.github.deepcut.run.InputException;
import io.github.deepcut.stats.Bootstrap;
import io.github.deepcut.stats.Checks;
import io.github.deepcut.stats.ClopperPearson;
import io.github.deepcut.stats.RocAuc;
import io.github.deepcut.stats.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A membership attack by likelihood ratio: forgotten samples against samples that the audited model
 * never saw, each held against the shadow models with and without it. Both kinds are known to the
 * shadow models alike, so what sets the audited model apart from them (it was trained on more data)
 * moves both alike.
 */
public final class ShadowAttack {
  /** Which test it is. One is never reported under the name of the other. */
  public enum Test {
    /** Models trained with the sample against models trained without it. */
    LIRA("LiRA (online)"),
    /**
     * Models that had the sample and unlearned it against models that unlearned others and never
     * had it (Hayes et al., 2024; RULI, 2025).
     */
    U_LIRA("U-LiRA");

    private final String text;

    Test(String text) {
      this.text = text;
    }

    /** The name in reports. */
    public String text() {
      return text;
    }
  }

  /**
   * A sample and what the attack says of it.
   *
   * @param logRatio log likelihood ratio; higher: more like a model that had it
   * @param with shadow models that had it
   * @param without shadow models that never had it
   */
  public record Found(String id, double logRatio, int with, int without) {}

  /**
   * What the attack found on one model.
   *
   * @param auc probability that a forgotten sample scores above one never seen; n: forgotten ones
   * @param tpr share of forgotten samples found, at the false-alarm rates of {@link #RATES}
   * @param others samples never seen
   * @param forgotten the forgotten samples
   */
  public record Result(Test test, Value auc, List<Value> tpr, int others, List<Found> forgotten) {
    public Result {
      tpr = List.copyOf(tpr);
      forgotten = List.copyOf(forgotten);
    }
  }

  /** The false-alarm rates at which {@link Result#tpr} is given. */
  public static final List<Double> RATES = List.of(0.001, 0.01, 0.05);

  private final Test test;
  private final List<Worlds> samples;
  private final int members;
  private final LikelihoodRatio ratio;

  /**
   * Fits the attack.
   *
   * @param forgotten shadow models' answers on forgotten samples
   * @param others on samples that the audited model never saw
   * @throws InputException if there are no shadow models, or too few, or a side is empty
   */
  public ShadowAttack(Test test, List<Worlds> forgotten, List<Worlds> others) {
    if (forgotten.isEmpty() || others.isEmpty()) {
      throw new InputException(
          "%s needs forgotten samples and samples never seen, found %d and %d"
              .formatted(test.text(), forgotten.size(), others.size()));
    }
    this.test = test;
    this.members = forgotten.size();
    this.samples = new ArrayList<>(forgotten);
    samples.addAll(others);
    requireShadows();
    this.ratio = new LikelihoodRatio(samples);
  }

  private void requireShadows() {
    if (samples.stream().allMatch(s -> s.member().length + s.other().length == 0)) {
      throw new InputException(
          test.text() + " needs shadow models and there are none: pass --shadows 4 or more");
    }
  }

  /**
   * Attacks one model.
   *
   * @param forgotten its log odds of the forgotten samples, in the order of the constructor
   * @param others its log odds of those never seen
   */
  public Result on(double[] forgotten, double[] others, Bootstrap bootstrap) {
    Checks.sameSize("log odds against forgotten samples", forgotten.length, members);
    double[] all = Arrays.copyOf(forgotten, members + others.length);
    System.arraycopy(others, 0, all, members, others.length);
    double[] scores = ratio.scores(all);
    double[] in = Arrays.copyOf(scores, members);
    double[] out = Arrays.copyOfRange(scores, members, scores.length);
    return new Result(
        test,
        RocAuc.of(in, out, bootstrap),
        RATES.stream().map(rate -> tpr(in, out, rate)).toList(),
        out.length,
        IntStream.range(0, members).mapToObj(i -> found(i, in[i])).toList());
  }

  /**
   * The interval is that of a rate at the threshold found: how well {@code out} fixes the threshold
   * is not in it.
   */
  private static Value tpr(double[] in, double[] out, double rate) {
    if (rate * out.length < 1 - 1e-9) {
      return Value.undefined(
          "a false-alarm rate of %s needs %.0f samples never seen, found %d"
              .formatted(rate, Math.ceil(1 / rate), out.length),
          in.length);
    }
    double tpr = RocAuc.tprAtFpr(in, out, rate).number().orElseThrow();
    long hits = Math.round(tpr * in.length);
    return Value.of(tpr, in.length, ClopperPearson.interval(hits, in.length));
  }

  private Found found(int i, double score) {
    Worlds s = samples.get(i);
    return new Found(s.id(), score, s.member().length, s.other().length);
  }
}
