package io.github.deepcut.report;

import io.github.deepcut.audit.Attack;
import io.github.deepcut.report.Metric.Role;
import java.util.Locale;

/** The metrics that {@code deepcut audit} adds to those of every run, each with its meaning. */
public final class AuditMetrics {
  public static final Metric JS_DIVERGENCE_TEST =
      nats(
          "js_divergence_test",
          "how differently from the retrained model it answers test samples; 0 is the same");

  public static final Metric MENTION_AUC =
      doubt(
          "attack_mention_auc",
          "can the loss on one entity mention tell a forgotten from an unseen one; 50 is guessing");

  public static final Metric ENTITY_AUC =
      doubt(
          "attack_entity_auc",
          "the same for entity strings that only forgotten sentences hold, against unseen strings");

  public static final Metric MIA_EFFICACY =
      percent(
          "mia_efficacy",
          "forgotten samples that a support vector machine takes for never seen (SalUn)");

  public static final Metric MEMBER_RATE =
      percent(
          "member_prediction_rate",
          "forgotten samples that the best loss threshold takes for training data");

  public static final Metric OWN_CENTROID =
      number(
          "own_centroid_distance",
          "cosine distance of forgotten items to the middle of their class; remembered ones lie near");

  public static final Metric OTHER_CENTROID =
      number(
          "other_centroid_distance",
          "cosine distance of forgotten items to the middle of the nearest other class");

  public static final Metric SILHOUETTE =
      number(
          "silhouette_forget",
          "how clearly forgotten items cluster by label, from -1 to 1; 0 is not at all");

  public static final Metric NEIGHBOUR_PURITY =
      percent(
          "neighbour_purity_forget",
          "of the 10 retained items nearest to a forgotten one, those with its label");

  public static final Metric RELEARN_STEPS =
      new Metric(
          "relearn_steps",
          Role.OTHER,
          Unit.COUNT,
          "training steps on forgotten samples until their loss is back where the original had it;"
              + " fewer than the retrained model needs means that memory was only hidden");

  private AuditMetrics() {}

  /** AUC of an attack; {@link Metric#ATTACK_AUC} is that of the loss. */
  public static Metric auc(Attack attack) {
    return doubt(
        "attack_" + attack.name() + "_auc", "the same by " + attack.what() + " instead of loss");
  }

  /** AUC of an attack that is not ours. */
  public static Metric aucFromOutside(Attack attack) {
    Metric auc = auc(attack);
    return percent(
        auc.name(), auc.meaning() + "; an attack from outside, which the verdict leaves out");
  }

  /** Hit rate of an attack at a false-alarm rate. */
  public static Metric tpr(Attack attack, double fpr) {
    String rate = String.format(Locale.ROOT, "%s", 100 * fpr).replaceAll("\\.0$", "");
    return percent(
        "attack_" + attack.name() + "_tpr_at_" + rate + "_percent",
        "forgotten samples found while " + rate + " % of unseen ones are wrongly suspected");
  }

  /** Accuracy of the probe of a layer, counted from 0: the embeddings. */
  public static Metric probe(int layer) {
    return percent(
        "probe_layer_" + layer,
        "forgotten labels that a linear classifier reads off layer "
            + layer
            + (layer == 0 ? " (the embeddings)" : ""));
  }

  /** Likeness of a layer to the retrained model's. */
  public static Metric cka(int layer) {
    return number(
        "cka_layer_" + layer,
        "likeness of layer "
            + layer
            + " to the retrained model's on forgotten samples; 1 is equal");
  }

  /** A metric under a treatment of the model, such as {@code int8}. */
  public static Metric after(String treatment, String meaning, Metric metric) {
    Role role = metric.role() == Role.ATTACK ? Role.DOUBT : Role.OTHER;
    return new Metric(
        treatment + "_" + metric.name(), role, metric.unit(), metric.name() + " " + meaning);
  }

  private static Metric doubt(String name, String meaning) {
    return new Metric(name, Role.DOUBT, Unit.PERCENT, meaning);
  }

  private static Metric percent(String name, String meaning) {
    return new Metric(name, Role.OTHER, Unit.PERCENT, meaning);
  }

  private static Metric nats(String name, String meaning) {
    return new Metric(name, Role.OTHER, Unit.NATS, meaning);
  }

  private static Metric number(String name, String meaning) {
    return new Metric(name, Role.OTHER, Unit.NUMBER, meaning);
  }
}
