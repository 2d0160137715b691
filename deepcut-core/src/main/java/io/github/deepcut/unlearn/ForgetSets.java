package io.github.deepcut.unlearn;

import io.github.deepcut.data.Sequence;
import java.util.List;

/**
 * What an unlearning method works with.
 *
 * @param forget D_f
 * @param retain D_r, whose rows may be made when they are asked for
 * @param heldOut D_v, never trained on; empty where there is none
 * @param learningRate the peak rate at which the model was trained
 * @param bf16 whether it was trained in mixed precision, and so is to be unlearned in it
 */
public record ForgetSets(
    List<Sequence> forget,
    List<Sequence> retain,
    List<Sequence> heldOut,
    double learningRate,
    boolean bf16) {

  /** In full precision. */
  public ForgetSets(
      List<Sequence> forget, List<Sequence> retain, List<Sequence> heldOut, double learningRate) {
    this(forget, retain, heldOut, learningRate, false);
  }
}
