package io.github.deepcut.shadow;

import io.github.deepcut.audit.InterpolatedMeasurement;
import io.github.deepcut.audit.LogOdds;
import io.github.deepcut.audit.ShadowAttack;
import io.github.deepcut.audit.Worlds;
import io.github.deepcut.data.Dataset;
import io.github.deepcut.data.Example;
import io.github.deepcut.pool.PooledModel;
import io.github.deepcut.run.InputException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What the shadow models say of the population.
 *
 * @param shadows one or more models, none twice
 */
public record ShadowAnswers(Population population, List<PooledModel> shadows) {
  public ShadowAnswers {
    shadows = List.copyOf(shadows);
    for (PooledModel s : shadows) {
      if (s.members().length != population.size()) {
        throw new InputException(
            "shadow model %d knows %d samples, but there are %d: the pool is of other data"
                .formatted(s.model(), s.members().length, population.size()));
      }
    }
  }

  /** LiRA on the forgotten samples, at these positions of the training data. */
  public ShadowAttack lira(int[] forget) {
    return new ShadowAttack(ShadowAttack.Test.LIRA, forgotten(forget), eval());
  }

  /** U-LiRA; the models have unlearned, and the population are its targets. */
  public ShadowAttack uLira() {
    int[] all = IntStream.range(0, population.train().size()).toArray();
    return new ShadowAttack(ShadowAttack.Test.U_LIRA, forgotten(all), eval());
  }

  /** IAM on the forgotten samples, given the original's log odds of them; one model is enough. */
  public InterpolatedMeasurement iam(int[] forget, double[] original) {
    return new InterpolatedMeasurement(forgotten(forget), original);
  }

  /** With and without each of the training data at {@code positions}. */
  public List<Worlds> forgotten(int[] positions) {
    Dataset train = population.train();
    return Arrays.stream(positions).mapToObj(i -> worlds(i, train.examples().get(i))).toList();
  }

  /** With and without each of the samples that the audited model never saw. */
  public List<Worlds> eval() {
    int first = population.train().size();
    List<Example> eval = population.eval().examples();
    return IntStream.range(0, eval.size()).mapToObj(i -> worlds(first + i, eval.get(i))).toList();
  }

  private Worlds worlds(int at, Example example) {
    return new Worlds(example.id(), logOdds(at, true), logOdds(at, false));
  }

  private double[] logOdds(int at, boolean member) {
    return shadows.stream()
        .filter(s -> s.members()[at] == member)
        .mapToDouble(s -> LogOdds.mean(s.logOdds()[at]))
        .toArray();
  }
}
