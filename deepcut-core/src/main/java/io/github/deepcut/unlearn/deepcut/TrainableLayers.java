package io.github.deepcut.unlearn.deepcut;

import io.github.deepcut.run.InputException;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which parameters an unlearning moves.
 *
 * @param topLayers how many of the encoder's layers, from the top; all else below, embeddings
 *     included, is frozen. 0: all layers
 * @param embeddings whether the embedding tables move where all layers do
 */
public record TrainableLayers(int topLayers, boolean embeddings) {
  private static final Pattern LAYER = Pattern.compile("\\.layer\\.(\\d+)\\.");

  /**
   * The choice among parameters of these names.
   *
   * @throws InputException if there are fewer layers
   */
  public Predicate<String> among(Set<String> names) {
    int lowest = lowest(names);
    return name ->
        name.contains("embeddings.")
            ? embeddings && topLayers == 0
            : layer(name) < 0 || layer(name) >= lowest;
  }

  /**
   * The number of the lowest layer that moves.
   *
   * @throws InputException if there are fewer layers
   */
  int lowest(Set<String> names) {
    int layers = 1 + names.stream().mapToInt(TrainableLayers::layer).max().orElse(-1);
    if (topLayers > layers) {
      throw new InputException(
          "--set train_layers=" + topLayers + ": the model has " + layers + " layers");
    }
    return topLayers == 0 ? 0 : layers - topLayers;
  }

  /** The layer of a parameter; -1 of one outside them. */
  private static int layer(String name) {
    Matcher m = LAYER.matcher(name);
    return m.find() ? Integer.parseInt(m.group(1)) : -1;
  }
}
