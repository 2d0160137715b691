package io.github.deepcut.report;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.deepcut.audit.Answers;
import io.github.deepcut.audit.LossAttack;
import io.github.deepcut.stats.RocAuc;
import io.github.deepcut.stats.Value;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What the deciding attack could have shown.
 *
 * @param headroom |AUC of the same attack on the original - 50|, in points; empty without an
 *     original
 * @param smallestEffect the least |AUC - 50|, in points, that a test at 5 % would tell from
 *     guessing with so many samples; empty without samples
 * @param forgotten samples compared
 * @param unseen class-matched samples that they were held against
 */
public record Power(
    OptionalDouble headroom, OptionalDouble smallestEffect, long forgotten, long unseen) {

  /** Of the attack by loss on each model's answers, test data among them. */
  public static Power of(ThreeModels<Answers> answers) {
    ThreeModels<LossAttack> on = answers.map(Answers::attack);
    return of(on.original().map(LossAttack::auc), on.unlearned());
  }

  /** Of the AUC on the original, and the attack on the audited model. */
  private static Power of(Optional<Value> original, LossAttack audited) {
    Value auc = original.orElse(Value.undefined("no original", 0));
    long n = audited.compared();
    long m = audited.unseen();
    return new Power(
        auc.number().isEmpty()
            ? OptionalDouble.empty()
            : OptionalDouble.of(100 * Math.abs(auc.number().getAsDouble() - 0.5)),
        n == 0 || m == 0
            ? OptionalDouble.empty()
            : OptionalDouble.of(100 * RocAuc.smallestEffect(n, m)),
        n,
        m);
  }

  /** In one sentence. */
  public String text() {
    String could =
        smallestEffect.isEmpty()
            ? "no forgotten sample has an unseen one of its class: the attack shows nothing"
            : String.format(
                Locale.ROOT,
                "%d forgotten samples against %d unseen ones: an attack AUC within %.1f points of"
                    + " guessing could not be told from it",
                forgotten,
                unseen,
                smallestEffect.getAsDouble());
    return headroom.isEmpty()
        ? could + "; no original model was given, so the attack's headroom is unknown"
        : String.format(
            Locale.ROOT,
            "%s; on the original the same attack is %.1f points from guessing (its headroom)",
            could,
            headroom.getAsDouble());
  }

  void writeTo(ObjectNode json) {
    json.put("headroom", Numbers.orNull(headroom));
    json.put("smallest_effect", Numbers.orNull(smallestEffect));
    json.put("forgotten", forgotten).put("unseen", unseen);
  }
}
