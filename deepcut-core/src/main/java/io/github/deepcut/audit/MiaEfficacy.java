package io.github.deepcut.audit;

import io.github.deepcut.stats.ClopperPearson;
import io.github.deepcut.stats.Value;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import libsvm.svm;
import libsvm.svm_model;
import libsvm.svm_node;
import libsvm.svm_parameter;
import libsvm.svm_problem;

/**
 * MIA-efficacy as in SalUn (Fan et al., 2024): a support vector machine with a Gaussian kernel (C =
 * 3, gamma = 1 over the number of features, which is 1) learns from the true class's confidence to
 * tell D_r from as many of D_t; the share of D_f that it takes for never seen.
 *
 * <p>Range [0, 1]; the yardstick is the retrained model's, not 1. Interval: {@link ClopperPearson}
 * for the share, the machine taken as given. Undefined without samples of each part. At most
 * {@value #MOST} samples a side, drawn, for the machine's time grows with their square.
 */
public final class MiaEfficacy {
  private static final int MOST = 1000;

  static {
    svm.svm_set_print_string_function(line -> {});
  }

  private MiaEfficacy() {}

  /** From each part's confidences in its true classes. */
  public static Value of(double[] forget, double[] retain, double[] test, SplittableRandom random) {
    int side = Math.min(MOST, Math.min(retain.length, test.length));
    if (side == 0 || forget.length == 0) {
      return Value.undefined(
          "needs forgotten, retained and test samples, found %d, %d and %d"
              .formatted(forget.length, retain.length, test.length),
          forget.length);
    }
    svm_model machine = learn(drawn(retain, side, random), drawn(test, side, random));
    long unseen =
        Arrays.stream(forget).filter(x -> svm.svm_predict(machine, features(x)) < 0).count();
    return Accuracy.of(unseen, forget.length);
  }

  private static svm_model learn(double[] members, double[] others) {
    svm_problem data = new svm_problem();
    data.l = 2 * members.length;
    data.x = new svm_node[data.l][];
    data.y = new double[data.l];
    for (int i = 0; i < data.l; i++) {
      boolean member = i < members.length;
      data.x[i] = features(member ? members[i] : others[i - members.length]);
      data.y[i] = member ? 1 : -1;
    }
    svm_parameter how = new svm_parameter();
    how.svm_type = svm_parameter.C_SVC;
    how.kernel_type = svm_parameter.RBF;
    how.C = 3;
    how.gamma = 1;
    how.eps = 1e-3;
    how.cache_size = 64;
    how.shrinking = 1;
    return svm.svm_train(data, how);
  }

  private static svm_node[] features(double confidence) {
    svm_node node = new svm_node();
    node.index = 1;
    node.value = confidence;
    return new svm_node[] {node};
  }

  private static double[] drawn(double[] values, int count, SplittableRandom random) {
    int[] order = IntStream.range(0, values.length).toArray();
    for (int i = 0; i < count; i++) {
      int j = i + random.nextInt(order.length - i);
      int t = order[i];
      order[i] = order[j];
      order[j] = t;
    }
    return Arrays.stream(order, 0, count).mapToDouble(i -> values[i]).toArray();
  }
}
