package io.github.deepcut.unlearn.deepcut;

import io.github.deepcut.data.Input;
import io.github.deepcut.data.Picture;
import io.github.deepcut.data.Sequence;
import io.github.deepcut.data.image.Augmentation;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Retained sequences with some tokens exchanged for tokens of others. On clean ones a model that
 * has memorised them says little but their labels; on these it shows how it generalises, which is
 * what is to be kept.
 */
public final class TokenNoise {
  private TokenNoise() {}

  /**
   * Copies of {@code rows} in which each token but the first and the last changes at {@code rate};
   * of images, each is moved and perhaps mirrored at {@code rate}.
   */
  public static List<Input> of(List<? extends Input> rows, double rate, SplittableRandom random) {
    List<Input> out = new ArrayList<>(rows.size());
    for (Input row : rows) {
      out.add(
          row instanceof Picture picture
              ? random.nextDouble() < rate ? Augmentation.STANDARD.apply(picture, random) : picture
              : of((Sequence) row, rows, rate, random));
    }
    return out;
  }

  private static Sequence of(
      Sequence row, List<? extends Input> rows, double rate, SplittableRandom random) {
    int[] ids = row.ids().clone();
    for (int k = 1; k < ids.length - 1; k++) {
      if (random.nextDouble() < rate) {
        int[] other = ((Sequence) rows.get(random.nextInt(rows.size()))).ids();
        ids[k] = other.length > 2 ? other[1 + random.nextInt(other.length - 2)] : ids[k];
      }
    }
    return new Sequence(
        row.example(), ids, row.types(), row.positions(), row.words(), row.labels());
  }
}
