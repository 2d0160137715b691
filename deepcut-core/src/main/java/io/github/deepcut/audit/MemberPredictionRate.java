package io.github.deepcut.audit;

import io.github.deepcut.stats.Checks;
import io.github.deepcut.stats.ClopperPearson;
import io.github.deepcut.stats.Value;
import java.util.Arrays;

/**
 * The member prediction rate of Contrastive Unlearning (Lee et al., 2024): the share of D_f that an
 * attack, which has learnt to tell D_r from D_t, takes for members. Ours is the threshold on the
 * loss that tells them best, by the mean of hit rate and correct rejections (Yeom et al., 2018);
 * the paper trains a classifier on the outputs.
 *
 * <p>Range [0, 1]; the yardstick is the retrained model's, not 0. Of equally good thresholds the
 * lowest. Interval: {@link ClopperPearson} for the share, the threshold taken as given. Undefined
 * without samples of each part.
 */
public final class MemberPredictionRate {
  private MemberPredictionRate() {}

  /** From each part's losses. */
  public static Value of(double[] forget, double[] retain, double[] test) {
    if (forget.length == 0 || retain.length == 0 || test.length == 0) {
      return Value.undefined(
          "needs forgotten, retained and test samples, found %d, %d and %d"
              .formatted(forget.length, retain.length, test.length),
          forget.length);
    }
    double threshold = threshold(retain, test);
    return Accuracy.of(Arrays.stream(forget).filter(x -> x <= threshold).count(), forget.length);
  }

  /** A loss up to it counts as a member's. */
  static double threshold(double[] members, double[] others) {
    Checks.numbers("member loss", members);
    Checks.numbers("other loss", others);
    double[] in = Arrays.stream(members).sorted().toArray();
    double[] out = Arrays.stream(others).sorted().toArray();
    double best = Double.NEGATIVE_INFINITY; // nobody is a member
    double advantage = 0;
    int alarms = 0;
    for (int hits = 1; hits <= in.length; hits++) {
      if (hits < in.length && in[hits] == in[hits - 1]) {
        continue; // a group of equal losses falls on one side
      }
      while (alarms < out.length && out[alarms] <= in[hits - 1]) {
        alarms++;
      }
      double now = (double) hits / in.length - (double) alarms / out.length;
      if (now > advantage) {
        advantage = now;
        best = in[hits - 1];
      }
    }
    return best;
  }
}
