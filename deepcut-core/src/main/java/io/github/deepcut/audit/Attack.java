package io.github.deepcut.audit;

import io.github.deepcut.run.InputException;
import java.util.List;

/**
 * A membership inference attack: what about a model's answer makes a sample look like one that the
 * model was trained on. Open: an attack may know more than the answer, such as shadow models, which
 * it then finds by the sample's id.
 */
public interface Attack {
  /** Lower case with underscores, as in names of metrics. */
  String name();

  /** What it goes by, in words. */
  default String what() {
    return name().replace('_', ' ');
  }

  /** Higher: more like a member. Not NaN. */
  double score(Sample sample);

  /**
   * Holds forgotten samples against class-matched ones that the model never saw.
   *
   * @throws InputException if a score is NaN
   */
  default LossAttack against(List<Sample> forget, List<Sample> unseen) {
    return new LossAttack(scored(forget), scored(unseen));
  }

  private List<Scored> scored(List<Sample> samples) {
    return samples.stream().map(this::scored).toList();
  }

  private Scored scored(Sample sample) {
    double score = score(sample);
    if (Double.isNaN(score)) {
      throw new InputException(
          "attack %s: the score of sample %s is NaN, expected a number"
              .formatted(name(), sample.id()));
    }
    return new Scored(sample.id(), sample.stratum(), -score);
  }
}
