package io.github.deepcut.audit;

import java.util.List;

/**
 * A membership inference attack: what about a model's answer makes a sample look like one that the
 * model was trained on. Open: an attack may know more than the answer, such as shadow models, which
 * it then finds by the sample's id.
 */
public interface Attack {
  /** Lower case with underscores, as in names of metrics. */
  String name();

  /** Higher: more like a member. Not NaN. */
  double score(Sample sample);

  /** Holds forgotten samples against class-matched ones that the model never saw. */
  default LossAttack against(List<Sample> forget, List<Sample> unseen) {
    return new LossAttack(scored(forget), scored(unseen));
  }

  private List<Scored> scored(List<Sample> samples) {
    return samples.stream().map(s -> new Scored(s.id(), s.stratum(), -score(s))).toList();
  }
}
