package io.github.deepcut.report;

/**
 * What a row measures.
 *
 * @param name its name in JSON, such as {@code forget_f1}
 * @param role what the verdict and the average gap take it for
 * @param unit how it is written down
 * @param meaning what it tells, in words for people who do not know it
 */
public record Metric(String name, Role role, Unit unit, String meaning) {
  /** AUC of the loss attack, forgotten against class-matched test samples. */
  public static final Metric ATTACK_AUC =
      new Metric(
          "attack_auc",
          Role.ATTACK,
          Unit.PERCENT,
          "can the loss tell a forgotten sample from an unseen one of its class; 50 is guessing");

  /** Divergence from the retrained model's output on the forgotten samples. */
  public static final Metric JS_DIVERGENCE_FORGET =
      new Metric(
          "js_divergence_forget",
          Role.OTHER,
          Unit.NATS,
          "how differently from the retrained model it answers forgotten samples; 0 is the same");

  /** Distance from the retrained model's losses on the forgotten samples. */
  public static final Metric LOSS_DISTANCE_FORGET =
      new Metric(
          "loss_distance_forget",
          Role.OTHER,
          Unit.LOG_RATIO,
          "how far losses on forgotten samples are from the retrained model's; 0.69 is a factor of 2");

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
    /** Another attack: it may withhold an acquittal, and decides nothing else. */
    DOUBT,
    /** Shown, but decides nothing. */
    OTHER
  }

  /** Utility on the forgotten samples; {@code utility} is {@code f1} or {@code accuracy}. */
  public static Metric forget(String utility) {
    return new Metric(
        "forget_" + utility,
        Role.FORGET,
        Unit.PERCENT,
        "how often it is right on forgotten samples");
  }

  /** Utility on the retained samples. */
  public static Metric retain(String utility) {
    return new Metric(
        "retain_" + utility,
        Role.RETAIN,
        Unit.PERCENT,
        "how often it is right on retained samples");
  }

  /** Utility on the test samples. */
  public static Metric test(String utility) {
    return new Metric(
        "test_" + utility, Role.TEST, Unit.PERCENT, "how often it is right on test samples");
  }

  /** Utility on the test samples of classes that are forgotten whole. */
  public static Metric testOfForgotten(String utility) {
    return new Metric(
        "test_forgotten_class_" + utility,
        Role.OTHER,
        Unit.PERCENT,
        "how often it is right on test samples of the forgotten class");
  }
}
