package io.github.deepcut.unlearn.deepcut.target;

import io.github.deepcut.data.Input;
import io.github.deepcut.model.Classifier;
import io.github.deepcut.model.Prediction;
import io.github.deepcut.model.Predictor;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.function.IntToDoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Items of some sequences: what the model says of them, and how easy they are.
 *
 * @param ease by each measure of a {@link DifficultyModel}, of each item
 */
record RankedItems(Prediction[] predictions, double[][] ease) {
  static RankedItems of(Classifier model, List<? extends Input> rows, DifficultyModel simple) {
    Prediction[] flat =
        Arrays.stream(new Predictor().rows(model, rows))
            .flatMap(Arrays::stream)
            .toArray(Prediction[]::new);
    return new RankedItems(flat, simple.ease(rows));
  }

  int size() {
    return predictions.length;
  }

  double loss(int item) {
    return predictions[item].loss();
  }

  /** These and then others. */
  RankedItems with(RankedItems others) {
    double[][] both = new double[ease.length][];
    Arrays.setAll(
        both,
        m -> DoubleStream.concat(Arrays.stream(ease[m]), Arrays.stream(others.ease[m])).toArray());
    return new RankedItems(
        Stream.concat(Arrays.stream(predictions), Arrays.stream(others.predictions))
            .toArray(Prediction[]::new),
        both);
  }

  /** The items whose label is known and wanted. */
  int[] where(IntPredicate label) {
    return IntStream.range(0, size())
        .filter(i -> predictions[i].label() >= 0 && label.test(predictions[i].label()))
        .toArray();
  }

  /** A value of each of some items. */
  static double[] at(int[] items, IntToDoubleFunction value) {
    return Arrays.stream(items).mapToDouble(value).toArray();
  }
}
