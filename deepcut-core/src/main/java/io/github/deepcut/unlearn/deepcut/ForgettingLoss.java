package io.github.deepcut.unlearn.deepcut;

import io.github.deepcut.tensor.Tensors;
import io.github.deepcut.train.Batches;
import io.github.deepcut.unlearn.deepcut.target.TargetLosses;
import io.github.deepcut.unlearn.loop.Classes;
import io.github.deepcut.unlearn.loop.ItemValues;
import io.github.deepcut.unlearn.loss.Contrast;
import io.github.deepcut.unlearn.loss.Contrast.Side;
import io.github.deepcut.unlearn.loss.ContrastiveLoss;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/**
 * L_f of a step: chooses anchors and contrast set among the items of a batch and weighs push and
 * pull. The batch holds the forgotten sequences first, then retained ones.
 */
record ForgettingLoss(Forgetting settings, Classes classes) {
  /** τ. */
  private static final double TEMPERATURE = 0.1;

  /** Most items of a class in the contrast set. */
  private static final int CLASS_CAP = 64;

  /**
   * The loss in latent space over the items (N, H) of a batch, Σ |w_i| l_i / A over A anchors. Null
   * where no item is an anchor.
   *
   * @param weights w of each item of each forgotten sequence
   */
  Tensor of(Tensor items, int[] labels, ItemValues weights, SplittableRandom random) {
    float[] push = weights.flat();
    int[] anchors = anchors(push, labels);
    if (anchors.length == 0) {
      return null;
    }
    int[] set = contrastSet(labels, push.length, random);
    Contrast contrast =
        Contrast.of(
            side(items, labels, anchors),
            side(items, labels, set),
            TEMPERATURE,
            ContrastiveLoss.DEEPCUT.needs());
    float[] away = new float[anchors.length];
    float[] back = new float[anchors.length];
    for (int i = 0; i < anchors.length; i++) {
      away[i] = Math.max(0, push[anchors[i]]);
      back[i] = Math.max(0, -push[anchors[i]]);
    }
    return ContrastiveLoss.DEEPCUT
        .weighted(contrast, away)
        .add(ContrastiveLoss.DEEPCUT.weighted(contrast.swapped(), back));
  }

  /**
   * Σ w_i log(CE_i + ε) / A over the anchors. Not of their cross-entropies: the gradient of a small
   * one is as small, so what was pushed along beyond a small target would never come back.
   */
  Tensor logLosses(Tensor logits, int[] labels, ItemValues weights) {
    float[] push = weights.flat();
    int[] anchors = anchors(push, labels);
    float[] weight = new float[push.length];
    for (int i : anchors) {
      weight[i] = push[i] / anchors.length;
    }
    int[] known = Arrays.stream(labels).limit(push.length).map(l -> Math.max(0, l)).toArray();
    Tensor own =
        logits
            .narrow(0, 0, push.length)
            .log_softmax(-1)
            .gather(1, Tensors.longs(known).unsqueeze(1))
            .squeeze(1); // (items of D_f)
    return own.neg()
        .add(new Scalar(TargetLosses.EPSILON))
        .log()
        .mul(Tensor.create(weight, weight.length))
        .sum();
  }

  private int[] anchors(float[] push, int[] labels) {
    return IntStream.range(0, push.length).filter(i -> classes.isAnchor(labels[i])).toArray();
  }

  private Side side(Tensor items, int[] labels, int[] chosen) {
    return new Side(
        Tensors.rows(items, chosen),
        Arrays.stream(chosen).map(i -> classes.of(labels[i])).toArray());
  }

  /**
   * Retained items to contrast with, ascending: all but a random surplus over the cap of each
   * class.
   */
  private int[] contrastSet(int[] labels, int forgotten, SplittableRandom random) {
    int retained = labels.length - forgotten;
    int[] seen = new int[classes.count()];
    return Arrays.stream(Batches.sample(retained, retained, random))
        .map(i -> i + forgotten)
        .filter(i -> labels[i] >= 0)
        .filter(i -> seen[classes.of(labels[i])]++ < CLASS_CAP)
        .sorted()
        .toArray();
  }
}
