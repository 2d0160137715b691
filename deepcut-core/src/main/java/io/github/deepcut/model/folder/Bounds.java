package io.github.deepcut.model.folder;

import io.github.deepcut.run.InputException;
import java.util.List;

/**
 * What a configuration may ask for, looked at before anything is made: no more layers than a folder
 * holds, and without weights no more parameters than can be made afresh.
 */
final class Bounds {
  /** Parameters that fresh weights may have: 4 GB in float32, three times BERT-large's. */
  static final long MOST_FRESH = 1_000_000_000;

  private Bounds() {}

  /**
   * Checks the number of layers.
   *
   * @param key of {@code config.json}
   * @throws InputException if the folder holds fewer
   */
  static void requireLayers(ModelFolder folder, String key, int asked, int there) {
    if (asked > there) {
      throw new InputException(
          "%s: %s in config.json is %d, but the weights hold %d"
              .formatted(folder.path(), key, asked, there));
    }
  }

  /**
   * Checks the size of fresh weights.
   *
   * @param shapes of the tensors to be made
   * @throws InputException if they are too many or too large
   */
  static void requireFresh(ModelFolder folder, List<long[]> shapes) {
    double all = 0;
    for (long[] shape : shapes) {
      double one = 1;
      for (long extent : shape) {
        one *= extent;
      }
      all += one;
    }
    if (all > MOST_FRESH) {
      throw tooLarge(folder, "%.3g parameters".formatted(all), MOST_FRESH);
    }
  }

  /** The same for the number of layers, before their shapes are listed. */
  static void requireFresh(ModelFolder folder, int layers) {
    if (layers > 1000) {
      throw tooLarge(folder, layers + " layers", 1000);
    }
  }

  private static InputException tooLarge(ModelFolder folder, String what, long most) {
    return new InputException(
        "%s: config.json asks for %s, but weights made afresh have at most %,d"
            .formatted(folder.path(), what, most));
  }
}
