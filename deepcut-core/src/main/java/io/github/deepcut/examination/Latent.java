package io.github.deepcut.examination;

import io.github.deepcut.data.Dataset;
import io.github.deepcut.data.Input;
import io.github.deepcut.model.Classifier;
import io.github.deepcut.model.HiddenStates;
import io.github.deepcut.run.Run;
import io.github.deepcut.train.Batches;
import java.util.Arrays;
import java.util.List;

/** Samples in a model's latent space: of each the mean of its items' last hidden states. */
public final class Latent {
  private Latent() {}

  /** The samples of {@code data} (N, H); of one without items, the origin. */
  public static double[][] of(Examinee from, Classifier model, Dataset data) {
    List<? extends Input> rows = from.encode(data);
    double[][] items = HiddenStates.of(model, rows).last(); // (items, H)
    double[][] sums = new double[data.size()][items[0].length]; // (N, H)
    int[] counts = new int[data.size()];
    int item = 0;
    for (Input row : rows) {
      for (int k = 0; k < row.labels().length; k++, item++) {
        add(items[item], sums[row.example()]);
        counts[row.example()]++;
      }
    }
    for (int i = 0; i < sums.length; i++) {
      double n = Math.max(1, counts[i]);
      sums[i] = Arrays.stream(sums[i]).map(x -> x / n).toArray();
    }
    return sums;
  }

  /** At most so many samples, in their order. */
  public static Dataset some(Dataset data, int most, Run run) {
    int[] chosen = Batches.sample(data.size(), most, run.random("latent picture"));
    Arrays.sort(chosen);
    return data.select(chosen);
  }

  private static void add(double[] from, double[] to) {
    for (int i = 0; i < to.length; i++) {
      to[i] += from[i];
    }
  }
}
