package io.github.deepcut.unlearn.deepcut;

import io.github.deepcut.tensor.Tensors;
import io.github.deepcut.train.Batches;
import io.github.deepcut.unlearn.deepcut.Forgetting.ContrastSet;
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
 * pull. The batch holds the forgotten sequences first, then retained ones, their corrupted copies
 * included.
 */
record ForgettingLoss(Forgetting settings, Classes classes) {
  /** τ. */
  private static final double TEMPERATURE = 0.1;

  /** Most items of a class in the contrast set. */
  private static final int CLASS_CAP = 64;

  /**
   * L_f over the items (N, H) of a batch, Σ |v_i| l_i / max(Σ |v_i|, φA) over A anchors: few that
   * are far from their targets are pushed as hard in all as many. Null where no item is an anchor.
   *
   * @param weights v of each item of each forgotten sequence
   */
  Tensor of(Tensor items, int[] labels, ItemValues weights, SplittableRandom random) {
    float[] push = weights.flat();
    int[] anchors = anchors(push, labels);
    if (anchors.length == 0) {
      return null;
    }
    int[] set = contrastSet(labels, push.length, random);
    int[] own =
        Arrays.stream(anchors).map(i -> Math.max(-1, Arrays.binarySearch(set, i))).toArray();
    Contrast contrast =
        Contrast.of(
            side(items, labels, anchors),
            side(items, labels, set),
            own,
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
        .add(ContrastiveLoss.DEEPCUT.weighted(contrast.swapped(), back))
        .mul(new Scalar((double) anchors.length / total(push, anchors)));
  }

  /** Σ v_i CE_i / max(Σ |v_i|, φA): the cross-entropy of the anchors, weighted as in L_f. */
  Tensor crossEntropy(Tensor logits, int[] labels, ItemValues weights) {
    float[] push = weights.flat();
    int[] anchors = anchors(push, labels);
    float[] weight = new float[push.length];
    for (int i : anchors) {
      weight[i] = push[i] > 0 ? push[i] : (float) settings.descent() * push[i];
    }
    int[] known = Arrays.stream(labels).limit(push.length).map(l -> Math.max(0, l)).toArray();
    Tensor own =
        logits
            .narrow(0, 0, push.length)
            .log_softmax(-1)
            .gather(1, Tensors.longs(known).unsqueeze(1))
            .squeeze(1); // (items of D_f)
    return own.neg()
        .mul(Tensor.create(weight, weight.length))
        .sum()
        .div(new Scalar(Math.max(1e-9, total(push, anchors))));
  }

  private int[] anchors(float[] push, int[] labels) {
    return IntStream.range(0, push.length).filter(i -> classes.isAnchor(labels[i])).toArray();
  }

  /** max(Σ |v_i|, φA) */
  private double total(float[] push, int[] anchors) {
    double sum = Arrays.stream(anchors).mapToDouble(i -> Math.abs(push[i])).sum();
    return Math.max(sum, settings.pushFloor() * anchors.length);
  }

  private Side side(Tensor items, int[] labels, int[] chosen) {
    return new Side(
        Tensors.rows(items, chosen),
        Arrays.stream(chosen).map(i -> classes.of(labels[i])).toArray());
  }

  /** Items to contrast with, ascending: all but a random surplus over the cap of each class. */
  private int[] contrastSet(int[] labels, int forgotten, SplittableRandom random) {
    int from = settings.contrast() == ContrastSet.RETAINED ? forgotten : 0;
    int[] order = Batches.sample(labels.length - from, labels.length - from, random);
    int[] seen = new int[classes.count()];
    return Arrays.stream(order)
        .map(i -> i + from)
        .filter(i -> labels[i] >= 0)
        .filter(i -> seen[classes.of(labels[i])]++ < CLASS_CAP)
        .sorted()
        .toArray();
  }
}
