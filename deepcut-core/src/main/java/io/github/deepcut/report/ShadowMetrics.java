package io.github.deepcut.report;

import io.github.deepcut.audit.ShadowAttack;
import io.github.deepcut.report.Metric.Role;
import java.util.Locale;

/** The metrics that shadow models give, each with its meaning. */
public final class ShadowMetrics {
  /** Completeness by IAM. */
  public static final Metric IAM =
      percent(
          "iam_completeness",
          "how far forgotten samples have gone from the original's answer (0) to that of a model"
              + " which never saw them (IAM)");

  private ShadowMetrics() {}

  /** AUC of an attack. */
  public static Metric auc(ShadowAttack.Test test) {
    return new Metric(
        key(test) + "_auc",
        Role.DOUBT,
        Unit.PERCENT,
        "can "
            + test.text()
            + ", with models that had and never had it, tell a forgotten sample from an unseen one;"
            + " the retrained model's is the yardstick");
  }

  /** Hit rate of an attack at a false-alarm rate. */
  public static Metric tpr(ShadowAttack.Test test, double fpr) {
    String rate = String.format(Locale.ROOT, "%s", 100 * fpr).replaceAll("\\.0$", "");
    return percent(
        key(test) + "_tpr_at_" + rate + "_percent",
        "forgotten samples that "
            + test.text()
            + " finds while "
            + rate
            + " % of unseen ones are wrongly suspected");
  }

  private static String key(ShadowAttack.Test test) {
    return test.name().toLowerCase(Locale.ROOT);
  }

  private static Metric percent(String name, String meaning) {
    return new Metric(name, Role.OTHER, Unit.PERCENT, meaning);
  }
}
