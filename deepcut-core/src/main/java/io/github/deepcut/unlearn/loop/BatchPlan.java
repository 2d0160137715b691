package io.github.deepcut.unlearn.loop;

import io.github.deepcut.data.Input;
import io.github.deepcut.train.Batches;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** What the steps of a pass meet: the order in which a method goes through its data. */
@FunctionalInterface
public interface BatchPlan {

  /**
   * One step.
   *
   * @param forget positions in D_f
   * @param retain positions in D_r; one of the two may be empty
   */
  record Draw(int[] forget, int[] retain) {}

  /**
   * {@return the steps of a pass; none ends the run}
   *
   * @param pass from 1 on
   * @param forget size of D_f
   * @param retain size of D_r
   * @param random the pass's own: after {@code --resume} it gives the same steps again
   */
  List<Draw> of(int pass, int forget, int retain, SplittableRandom random);

  /**
   * {@return D_f in random batches, each with batches of D_r that are drawn afresh and as large}
   *
   * @param size rows of D_f in a batch
   * @param times how many batches of D_r each meets, a step each; with 0 it comes alone, once
   */
  static BatchPlan forgotten(int size, int times) {
    return (pass, forget, retain, random) -> {
      List<Draw> out = new ArrayList<>();
      for (int[] f : batches(forget, size, random)) {
        for (int k = 0; k < Math.max(1, times); k++) {
          int count = times == 0 ? 0 : f.length;
          out.add(
              new Draw(f, IntStream.generate(() -> random.nextInt(retain)).limit(count).toArray()));
        }
      }
      return out;
    };
  }

  /**
   * {@return D_r in random batches, each with the next batch of D_f, over and over}
   *
   * @param size rows in a batch, of D_r and of D_f
   */
  static BatchPlan retained(int size) {
    return retained(size, 1);
  }

  /**
   * {@return a part of D_r, drawn for each pass, in random batches, each with the next batch of
   * D_f}
   *
   * @param size rows in a batch, of D_r and of D_f
   * @param share of D_r, 0 to 1
   */
  static BatchPlan retained(int size, double share) {
    return (pass, forget, retain, random) -> {
      List<int[]> f = batches(forget, size, random);
      int[] some = Batches.sample(retain, (int) Math.ceil(share * retain), random);
      List<Draw> out = new ArrayList<>();
      for (int from = 0; from < some.length; from += size) {
        int[] r = Arrays.copyOfRange(some, from, Math.min(some.length, from + size));
        out.add(new Draw(f.get(out.size() % f.size()), r));
      }
      return out;
    };
  }

  /**
   * {@return D_f and a part of D_r, drawn for each pass, shuffled together, in batches}
   *
   * @param size rows in a batch, of both together
   * @param share of D_r, 0 to 1
   */
  static BatchPlan mixed(int size, double share) {
    return (pass, forget, retain, random) -> {
      int kept = (int) Math.ceil(share * retain);
      int[] some = Batches.sample(retain, kept, random);
      List<Draw> out = new ArrayList<>();
      for (int[] rows : batches(forget + kept, size, random)) {
        out.add(
            new Draw(
                Arrays.stream(rows).filter(i -> i < forget).toArray(),
                Arrays.stream(rows).filter(i -> i >= forget).map(i -> some[i - forget]).toArray()));
      }
      return out;
    };
  }

  /**
   * {@return all positions below {@code n} once, in random batches}
   *
   * @param n how many rows there are
   * @param size rows in a batch; the last may have fewer
   * @param random what orders them
   */
  static List<int[]> batches(int n, int size, SplittableRandom random) {
    int[] order = Batches.sample(n, n, random);
    List<int[]> out = new ArrayList<>();
    for (int from = 0; from < n; from += size) {
      out.add(Arrays.copyOfRange(order, from, Math.min(n, from + size)));
    }
    return out;
  }

  /**
   * {@return some rows at random, all where there are no more}
   *
   * @param rows to choose from
   * @param count how many
   * @param random what chooses
   */
  static List<Input> some(List<? extends Input> rows, int count, SplittableRandom random) {
    return Arrays.stream(Batches.sample(rows.size(), count, random))
        .<Input>mapToObj(rows::get)
        .toList();
  }
}
