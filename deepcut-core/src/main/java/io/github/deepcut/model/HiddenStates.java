package io.github.deepcut.model;

import io.github.deepcut.data.Batch;
import io.github.deepcut.data.Input;
import io.github.deepcut.tensor.Autocast;
import io.github.deepcut.tensor.Tensors;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;

/**
 * What a model makes of items, layer by layer.
 *
 * @param layers for each layer a row an item (N, H)
 * @param labels class index of each item (N)
 */
public record HiddenStates(List<double[][]> layers, int[] labels) {
  private static final int ROWS = 32;

  /** Of the items of {@code rows}, in their order. */
  public static HiddenStates of(Classifier model, List<? extends Input> rows) {
    List<List<double[]>> layers = new ArrayList<>();
    List<Integer> labels = new ArrayList<>();
    for (int from = 0; from < rows.size(); from += ROWS) {
      try (var scope = new PointerScope();
          var noGrad = new NoGradGuard();
          var exact = Autocast.set(false)) {
        Batch batch = model.batch(rows.subList(from, Math.min(rows.size(), from + ROWS)));
        add(model.layers(batch), layers);
        Arrays.stream(batch.labels()).forEach(labels::add);
      }
    }
    return new HiddenStates(
        layers.stream().map(l -> l.toArray(double[][]::new)).toList(),
        labels.stream().mapToInt(Integer::intValue).toArray());
  }

  /** The items at {@code positions} alone. */
  public HiddenStates select(int[] positions) {
    return new HiddenStates(
        layers.stream()
            .map(l -> Arrays.stream(positions).mapToObj(i -> l[i]).toArray(double[][]::new))
            .toList(),
        Arrays.stream(positions).map(i -> labels[i]).toArray());
  }

  /** How many items there are. */
  public int size() {
    return labels.length;
  }

  /** The last layer's, in which DeepCUT works. */
  public double[][] last() {
    return layers.get(layers.size() - 1);
  }

  private static void add(List<Tensor> found, List<List<double[]>> layers) {
    for (int l = 0; l < found.size(); l++) {
      if (layers.size() <= l) {
        layers.add(new ArrayList<>());
      }
      int width = (int) found.get(l).size(1);
      double[] flat = Tensors.doubles(found.get(l)); // (N * H)
      layers
          .get(l)
          .addAll(
              IntStream.range(0, flat.length / Math.max(1, width))
                  .mapToObj(i -> Arrays.copyOfRange(flat, i * width, (i + 1) * width))
                  .toList());
    }
  }
}
