package io.github.deepcut.report;

import io.github.deepcut.audit.Answers;
import io.github.deepcut.audit.Attack;
import io.github.deepcut.audit.EntityMentions;
import io.github.deepcut.audit.Evaluation;
import io.github.deepcut.audit.LogLossDistance;
import io.github.deepcut.audit.LossAttack;
import io.github.deepcut.audit.LossScore;
import io.github.deepcut.audit.MemberPredictionRate;
import io.github.deepcut.audit.MiaEfficacy;
import io.github.deepcut.audit.Sample;
import io.github.deepcut.audit.TprAtFpr;
import io.github.deepcut.data.Task;
import io.github.deepcut.report.Metric.Role;
import io.github.deepcut.stats.Bootstrap;
import io.github.deepcut.stats.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * Every metric of an audit that answers alone give, of up to three models.
 *
 * @param models what each says of the same parts
 * @param attacks by which to attack; the loss's AUC is always there, and decides
 * @param known entity strings that retained data hold; empty unless sentences are tagged
 */
public record AuditMeasurement(
    ThreeModels<Answers> models, List<? extends Attack> attacks, Set<String> known) {
  private static final Value NO_TEST =
      Value.undefined("there are no unseen data: neither --eval nor --holdout was given", 0);

  /** All rows. */
  public List<Row> rows(SplittableRandom random) {
    Bootstrap bootstrap = new Bootstrap(random);
    List<Row> rows = new ArrayList<>(verdictRows(bootstrap));
    if (models.unlearned().test() == null) {
      return rows;
    }
    for (Attack attack : attacks) {
      rows.addAll(rows(attack, AuditMetrics.auc(attack), bootstrap));
    }
    if (isTagged()) {
      rows.addAll(entities(bootstrap));
    }
    rows.addAll(distances(bootstrap));
    long seed = random.nextLong();
    rows.add(
        models.row(
            AuditMetrics.MIA_EFFICACY,
            m ->
                MiaEfficacy.of(
                    confidences(m.forget()),
                    confidences(m.retain()),
                    confidences(m.test()),
                    new SplittableRandom(seed))));
    rows.add(
        models.row(
            AuditMetrics.MEMBER_RATE,
            m ->
                MemberPredictionRate.of(
                    m.forget().losses(), m.retain().losses(), m.test().losses())));
    return rows;
  }

  /** Those of attacks that are not ours, and no part of a verdict. */
  public List<Row> fromOutside(List<? extends Attack> others, SplittableRandom random) {
    Bootstrap bootstrap = new Bootstrap(random);
    return others.stream().flatMap(a -> fromOutside(a, bootstrap).stream()).toList();
  }

  private List<Row> fromOutside(Attack attack, Bootstrap bootstrap) {
    Metric auc = AuditMetrics.aucFromOutside(attack);
    return models.unlearned().test() == null
        ? List.of(models.row(auc, m -> NO_TEST))
        : rows(attack, auc, bootstrap);
  }

  /** Those that a verdict is drawn from, and the utility on retained samples. */
  public List<Row> verdictRows(Bootstrap bootstrap) {
    String utility = isTagged() ? "f1" : "accuracy";
    return List.of(
        utility(Metric.forget(utility), Answers::forget, bootstrap),
        utility(Metric.retain(utility), Answers::retain, bootstrap),
        utility(Metric.test(utility), Answers::test, bootstrap),
        models.unlearned().test() == null
            ? models.row(Metric.ATTACK_AUC, m -> NO_TEST)
            : auc(Metric.ATTACK_AUC, models.map(Answers::attack), bootstrap));
  }

  private boolean isTagged() {
    return models.unlearned().forget().data().task() == Task.NER;
  }

  private Row utility(Metric metric, Function<Answers, Evaluation> part, Bootstrap bootstrap) {
    if (part.apply(models.unlearned()) == null) {
      return models.row(metric, m -> NO_TEST);
    }
    ThreeModels<Evaluation> parts = models.map(part);
    int n = parts.unlearned().data().size();
    Row row =
        compared(
            parts.row(metric, e -> e.quality(bootstrap)),
            parts,
            (a, b) -> bootstrap.difference(n, a.statistic(), b.statistic()));
    return metric.role() == Role.FORGET && parts.isComplete()
        ? row.withHalved(Measurement.halved(parts, bootstrap))
        : row;
  }

  /** With the intervals of unlearned - retrained and original - retrained. */
  private static <T> Row compared(Row row, ThreeModels<T> of, BiFunction<T, T, Value> minus) {
    if (of.retrained().isEmpty()) {
      return row;
    }
    T retrained = of.retrained().get();
    Row out = row.withDifference(minus.apply(of.unlearned(), retrained));
    return of.original().map(o -> out.withHeadroom(minus.apply(o, retrained))).orElse(out);
  }

  /** AUC of an attack on each model, with the interval of unlearned - retrained. */
  public static Row auc(Metric metric, ThreeModels<LossAttack> attack, Bootstrap bootstrap) {
    Row row =
        compared(
            attack.row(metric, a -> a.auc(bootstrap)), attack, (a, b) -> a.minus(b, bootstrap));
    return metric.role() == Role.ATTACK && attack.isComplete()
        ? row.withHalved(
            attack
                .unlearned()
                .halved(
                    attack.original().orElseThrow(), attack.retrained().orElseThrow(), bootstrap))
        : row;
  }

  private List<Row> rows(Attack attack, Metric auc, Bootstrap bootstrap) {
    ThreeModels<LossAttack> on =
        models.map(m -> attack.against(m.forget().samples(), m.test().samples()));
    List<Row> rows = new ArrayList<>();
    if (!(attack instanceof LossScore)) {
      rows.add(auc(auc, on, bootstrap));
    }
    for (double fpr : TprAtFpr.RATES) {
      rows.add(on.row(AuditMetrics.tpr(attack, fpr), a -> TprAtFpr.of(a, fpr)));
    }
    return rows;
  }

  private List<Row> entities(Bootstrap bootstrap) {
    return List.of(
        byLoss(AuditMetrics.MENTION_AUC, EntityMentions::each, bootstrap),
        byLoss(AuditMetrics.ENTITY_AUC, e -> EntityMentions.strings(e, known), bootstrap));
  }

  private Row byLoss(
      Metric metric, Function<Evaluation, List<Sample>> samples, Bootstrap bootstrap) {
    Attack loss = new LossScore();
    return auc(
        metric,
        models.map(m -> loss.against(samples.apply(m.forget()), samples.apply(m.test()))),
        bootstrap);
  }

  private List<Row> distances(Bootstrap bootstrap) {
    Answers to = models.retrained().orElse(null);
    return to == null
        ? List.of()
        : List.of(
            models.row(
                Metric.JS_DIVERGENCE_FORGET,
                m -> bootstrap.mean(m.forget().divergence(to.forget()))),
            models.row(
                AuditMetrics.JS_DIVERGENCE_TEST,
                m -> bootstrap.mean(m.test().divergence(to.test()))),
            models.row(
                Metric.LOSS_DISTANCE_FORGET,
                m ->
                    bootstrap.mean(
                        LogLossDistance.perSample(m.forget().losses(), to.forget().losses()))));
  }

  /** The geometric mean, over an example's items, of the true class's probability. */
  private static double[] confidences(Evaluation part) {
    return Arrays.stream(part.losses()).map(loss -> Math.exp(-loss)).toArray();
  }
}
