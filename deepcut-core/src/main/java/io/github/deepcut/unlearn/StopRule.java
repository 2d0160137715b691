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
    /** {@return the distance in words; empty where the rule measures none} */
    public String note() {
      return distance < 0 ? "" : String.format(Locale.ROOT, "distance %.3f", distance);
    }
  }

  /**
   * {@return whether it is made to be asked within passes, so that the rate may rise until it is
   * content}
   */
  default boolean within() {
    return false;
  }

  /**
   * {@return what the rule makes of a model}
   *
   * @param model as it is now; it is read, never changed
   * @param pass 0 before anything has moved, then the pass under way or just done
   */
  Judgement judge(Classifier model, int pass);

  /**
   * {@return whether to be asked within a pass as well} Most rules judge whole passes. DeepCUT,
   * whose pushes are measured out for a pass, asks after passes alone.
   *
   * @param steps made so far, over all passes
   */
  default boolean asks(long steps) {
    return false;
  }

  /**
   * {@return a rule for a method whose passes are whole: it is not asked within them}
   *
   * @param rule to ask after each pass
   */
  static StopRule afterPasses(StopRule rule) {
    return (model, pass) -> rule.judge(model, pass);
  }

  /** {@return a rule that never stops and prefers the last model} */
  static StopRule never() {
    return (model, pass) -> new Judgement(-pass, false, "passes");
  }
}
