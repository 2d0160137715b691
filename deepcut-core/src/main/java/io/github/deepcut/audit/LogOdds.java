package io.github.deepcut.audit;

import io.github.deepcut.model.Prediction;
import java.util.Arrays;
import java.util.List;

/**
 * The log odds of the true class, log(p / (1 - p)): the logit-scaled confidence of LiRA (Carlini et
 * al., 2022). Over models it is nearly normal, which neither p nor the loss is.
 *
 * <p>Range: all reals; higher is surer of the true class; 0 at p = 1/2. Computed as log p less the
 * log of the sum of all other probabilities, so that a p near 1 keeps its digits.
 */
public final class LogOdds {
  private LogOdds() {}

  /** Of one item, from log probabilities over two or more classes. */
  public static double of(float[] logProbabilities, int label) {
    double most = Double.NEGATIVE_INFINITY;
    for (int c = 0; c < logProbabilities.length; c++) {
      most = c == label ? most : Math.max(most, logProbabilities[c]);
    }
    double sum = 0;
    for (int c = 0; c < logProbabilities.length; c++) {
      sum += c == label ? 0 : Math.exp(logProbabilities[c] - most);
    }
    return logProbabilities[label] - most - Math.log(sum);
  }

  /** Of each item of each example, in the order of the dataset; all labels are known. */
  public static float[][] items(Evaluation answers) {
    return answers.items().stream().map(LogOdds::row).toArray(float[][]::new);
  }

  private static float[] row(List<Prediction> items) {
    float[] out = new float[items.size()];
    for (int k = 0; k < out.length; k++) {
      out[k] = (float) of(items.get(k).logProbabilities(), items.get(k).label());
    }
    return out;
  }

  /** An example's: the mean over its items, so a tagged sentence's words; 0 without items. */
  public static double mean(float[] items) {
    double sum = 0;
    for (float item : items) {
      sum += item;
    }
    return items.length == 0 ? 0 : sum / items.length;
  }

  /** Of each example. */
  public static double[] examples(Evaluation answers) {
    return Arrays.stream(items(answers)).mapToDouble(LogOdds::mean).toArray();
  }

  /** The loss with these log odds, -log p = log(1 + e^-z), in nats. */
  public static double loss(double logOdds) {
    return logOdds < 0 ? -logOdds + Math.log1p(Math.exp(logOdds)) : Math.log1p(Math.exp(-logOdds));
  }

  /** The probability with these log odds. */
  public static double probability(double logOdds) {
    return 1 / (1 + Math.exp(-logOdds));
  }
}
