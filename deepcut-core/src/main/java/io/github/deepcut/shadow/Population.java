package io.github.deepcut.shadow;

import io.github.deepcut.data.Dataset;
import io.github.deepcut.data.Example;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * The samples that shadow models are drawn from: all training data of the audited model, and as
 * many samples that it never saw as false alarms are counted on.
 *
 * @param train training data
 * @param eval samples never seen
 */
public record Population(Dataset train, Dataset eval, Membership membership) {
  /** Most samples never seen: enough for false-alarm rates down to 0.1 %. */
  public static final int EVAL_SAMPLE = 1000;

  /**
   * Chooses the samples never seen: by their ids, at most {@value #EVAL_SAMPLE}, at most as many as
   * there are training data, and of {@code labels} alone.
   */
  public static Population of(Dataset train, Dataset eval, List<String> labels, long seed) {
    Membership membership = new Membership(seed);
    Set<String> known = new HashSet<>(labels);
    int[] chosen =
        IntStream.range(0, eval.size())
            .filter(i -> known.containsAll(eval.labels(i)))
            .boxed()
            .sorted(
                Comparator.comparingLong(
                    i -> membership.order(Membership.Part.EVAL, eval.examples().get(i).id())))
            .limit(Math.min(EVAL_SAMPLE, train.size()))
            .mapToInt(Integer::intValue)
            .sorted()
            .toArray();
    return new Population(train, eval.select(chosen), membership);
  }

  public int size() {
    return train.size() + eval.size();
  }

  /** Whether a model is trained on each sample: training data first, then those never seen. */
  public boolean[] members(int model) {
    boolean[] in = new boolean[size()];
    for (int i = 0; i < in.length; i++) {
      boolean first = i < train.size();
      Example e = first ? train.examples().get(i) : eval.examples().get(i - train.size());
      Membership.Part part = first ? Membership.Part.TRAIN : Membership.Part.EVAL;
      in[i] = membership.has(model, part, e.id());
    }
    return in;
  }

  /** All samples: training data first, then those never seen. */
  public Dataset all() {
    boolean[] all = new boolean[size()];
    java.util.Arrays.fill(all, true);
    return half(all);
  }

  /** What a model is trained on. */
  public Dataset half(boolean[] members) {
    List<Example> half = new ArrayList<>();
    for (int i = 0; i < members.length; i++) {
      if (members[i]) {
        half.add(
            i < train.size() ? train.examples().get(i) : eval.examples().get(i - train.size()));
      }
    }
    return new Dataset(train.task(), train.source(), half);
  }
}
