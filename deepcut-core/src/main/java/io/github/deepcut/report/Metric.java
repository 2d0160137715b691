package io.github.deepcut.report;

/**
 * What a row measures.
 *
 * @param name its name in JSON, such as {@code forget_f1}
 * @param role what the verdict and the average gap take it for
 * @param unit how it is written down
 */
public record Metric(String name, Role role, Unit unit) {
  /** AUC of the loss attack, forgotten against class-matched test samples. */
  public static final Metric ATTACK_AUC = new Metric("attack_auc", Role.ATTACK, Unit.PERCENT);

  /** Divergence from the retrained model's output on the forgotten samples. */
  public static final Metric JS_DIVERGENCE_FORGET =
      new Metric("js_divergence_forget", Role.OTHER, Unit.NATS);

  /** Distance from the retrained model's losses on the forgotten samples. */
  public static final Metric LOSS_DISTANCE_FORGET =
      new Metric("loss_distance_forget", Role.OTHER, Unit.LOG_RATIO);

  /** What a metric stands for. */
  public enum Role {
    /** Utility on the forgotten samples. */
    FORGET,
    /** Utility on the retained samples. */
    RETAIN,
    /** Utility on the test samples. */
    TEST,
    /** The membership attack that decides. */
    ATTACK,
    /** Shown, but decides nothing. */
    OTHER
  }

  /** Utility on the forgotten samples; {@code utility} is {@code f1} or {@code accuracy}. */
  public static Metric forget(String utility) {
    return new Metric("forget_" + utility, Role.FORGET, Unit.PERCENT);
  }

  /** Utility on the retained samples. */
  public static Metric retain(String utility) {
    return new Metric("retain_" + utility, Role.RETAIN, Unit.PERCENT);
  }

  /** Utility on the test samples. */
  public static Metric test(String utility) {
    return new Metric("test_" + utility, Role.TEST, Unit.PERCENT);
  }
}
