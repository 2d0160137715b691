package io.github.deepcut.unlearn;

import io.github.deepcut.data.Input;
import io.github.deepcut.data.LazySequences;
import io.github.deepcut.model.Classifier;
import io.github.deepcut.run.InputException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What an unlearning method works with.
 *
 * @param forget D_f
 * @param retain D_r, whose rows may be made when they are asked for
 * @param heldOut D_v, never trained on; empty where there is none
 * @param learningRate the peak rate at which the model was trained
 * @param bf16 whether it was trained in mixed precision, and so is to be unlearned in it
 * @param original the model as it was, which nobody changes; without, a method that needs it copies
 *     the one it is given
 * @param training how it was trained
 * @param siblings what others say of these data that never saw them, where that is known
 */
public record UnlearningData(
    List<? extends Input> forget,
    List<? extends Input> retain,
    List<? extends Input> heldOut,
    double learningRate,
    boolean bf16,
    Optional<Classifier> original,
    Training training,
    Optional<SiblingLosses> siblings) {

  /**
   * Checks that there is something to forget and something to retain.
   *
   * @param forget D_f
   * @param retain D_r
   * @param heldOut D_v; empty where there is none
   * @param learningRate the peak rate at which the model was trained
   * @param bf16 whether it was trained in mixed precision
   * @param original the model as it was, where a copy need not be made
   * @param training how it was trained
   * @param siblings what others say of these data that never saw them
   * @throws InputException if D_f or D_r is empty
   */
  public UnlearningData {
    if (forget.isEmpty() || retain.isEmpty()) {
      throw new InputException(
          "%d examples to forget and %d to retain, expected at least one of each"
              .formatted(forget.size(), retain.size()));
    }
  }

  /**
   * Data without the original, of a model of which it is not known how it was trained.
   *
   * @param forget D_f
   * @param retain D_r
   * @param heldOut D_v, never trained on; empty where there is none
   * @param learningRate the peak rate at which the model was trained
   * @param bf16 whether it was trained in mixed precision
   */
  public UnlearningData(
      List<? extends Input> forget,
      List<? extends Input> retain,
      List<? extends Input> heldOut,
      double learningRate,
      boolean bf16) {
    this(
        forget,
        retain,
        heldOut,
        learningRate,
        bf16,
        Optional.empty(),
        Training.unknown(),
        Optional.empty());
  }

  /**
   * Data of a model that was trained in full precision, without the original and its training.
   *
   * @param forget D_f
   * @param retain D_r
   * @param heldOut D_v, never trained on; empty where there is none
   * @param learningRate the peak rate at which the model was trained
   */
  public UnlearningData(
      List<? extends Input> forget,
      List<? extends Input> retain,
      List<? extends Input> heldOut,
      double learningRate) {
    this(forget, retain, heldOut, learningRate, false);
  }

  /**
   * {@return these data with other rows to forget}
   *
   * @param other such as the rows of D_f under other labels
   */
  public UnlearningData withForget(List<? extends Input> other) {
    return new UnlearningData(
        other, retain, heldOut, learningRate, bf16, original, training, siblings);
  }

  /** {@return the labels of D_f, where they are known, by their index} */
  public Set<Integer> classes() {
    Set<Integer> classes = new TreeSet<>();
    forget.forEach(row -> Arrays.stream(row.labels()).filter(c -> c >= 0).forEach(classes::add));
    return classes;
  }

  /** {@return labels of D_f that no item of D_r has: the classes that are forgotten whole} */
  public Set<Integer> lost() {
    Set<Integer> lost = classes();
    for (int row = 0; row < retain.size() && !lost.isEmpty(); row++) {
      Arrays.stream(LazySequences.classes(retain, row)).forEach(lost::remove);
    }
    return lost;
  }
}
