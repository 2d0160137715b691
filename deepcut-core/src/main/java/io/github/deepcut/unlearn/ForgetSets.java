package io.github.deepcut.unlearn;

import io.github.deepcut.data.Input;
import io.github.deepcut.model.Classifier;
import java.util.List;

/**
 * What an unlearning method works with.
 *
 * @param forget D_f
 * @param retain D_r, whose rows may be made when they are asked for
 * @param heldOut D_v, never trained on; empty where there is none
 * @param learningRate the peak rate at which the model was trained
 * @param bf16 whether it was trained in mixed precision, and so is to be unlearned in it
 * @param originalOrNull the model as it was, which nobody changes; null: a method that needs it
 *     copies the one it is given
 */
public record ForgetSets(
    List<? extends Input> forget,
    List<? extends Input> retain,
    List<? extends Input> heldOut,
    double learningRate,
    boolean bf16,
    Classifier originalOrNull) {

  /** In full precision, without the original. */
  public ForgetSets(
      List<? extends Input> forget,
      List<? extends Input> retain,
      List<? extends Input> heldOut,
      double learningRate) {
    this(forget, retain, heldOut, learningRate, false, null);
  }
}
