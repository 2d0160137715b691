package io.github.deepcut.unlearn;

import io.github.deepcut.model.Classifier;
import java.util.Locale;

/** Judges the model after each pass over D_f, or more often. One instance serves one run. */
@FunctionalInterface
public interface StopRule {

  /**
   * The rule's opinion of a model.
   *
   * @param distance from what the rule wants, 0 is best; the weights with the least are kept.
   *     Negative, the later the less, where the rule measures nothing
   * @param stop whether to stop here
   * @param reason what made it stop, for the record
   */
  record Judgement(double distance, boolean stop, String reason) {
    /** The distance in words, where the rule measures one. */
    public String note() {
      return distance < 0 ? "" : String.format(Locale.ROOT, "distance %.3f", distance);
    }
  }

  /**
   * Whether it is made to be asked within passes, so that the rate may rise until it is content.
   */
  default boolean within() {
    return false;
  }

  /** Asked with {@code pass} 0 before anything has moved, then in or after each pass. */
  Judgement judge(Classifier model, int pass);

  /**
   * Whether to be asked within a pass as well, after {@code steps} steps in all; most rules judge
   * whole passes. DeepCUT, whose pushes are measured out for a pass, asks after passes alone.
   */
  default boolean asks(long steps) {
    return false;
  }

  /** The same rule, but for a method whose passes are whole: it is not asked within them. */
  static StopRule afterPasses(StopRule rule) {
    return (model, pass) -> rule.judge(model, pass);
  }

  /** Never stops and prefers the last model. */
  static StopRule never() {
    return (model, pass) -> new Judgement(-pass, false, "passes");
  }
}
