package io.github.deepcut.unlearn.loop;

import io.github.deepcut.data.Input;
import io.github.deepcut.data.Task;
import io.github.deepcut.model.Classifier;
import io.github.deepcut.unlearn.loop.BatchPlan.Draw;
import java.util.List;
import java.util.SplittableRandom;

/**
 * What a step meets; its tensors live until the step is over.
 *
 * @param model that moves
 * @param bf16 whether passes are in mixed precision
 * @param pass from 1 on
 * @param draw positions of its rows in D_f and D_r
 * @param forgetRows its rows of D_f, those that the loop goes over
 * @param retainRows its rows of D_r
 * @param random the step's own stream
 */
public record Step(
    Classifier model,
    boolean bf16,
    int pass,
    Draw draw,
    List<Input> forgetRows,
    List<Input> retainRows,
    SplittableRandom random) {

  /** {@return the forgotten rows through the model, as {@link #forward} runs it} */
  public ItemOutputs forwardForget() {
    return forward(forgetRows);
  }

  /** {@return the retained rows through the model, as {@link #forward} runs it} */
  public ItemOutputs forwardRetain() {
    return forward(retainRows);
  }

  /**
   * {@return rows through the model as it is used: no dropout, no gradients}
   *
   * @param rows in one batch
   */
  public ItemOutputs asked(List<? extends Input> rows) {
    return ItemOutputs.asked(model, rows, bf16);
  }

  /**
   * {@return rows through the model: texts with dropout, images without} Batch norms keep the
   * statistics that training left them, for those of a batch that is half forgotten are no other
   * data's.
   *
   * @param rows in one batch
   */
  public ItemOutputs forward(List<? extends Input> rows) {
    boolean dropout = model.task() != Task.IMAGE;
    return ItemOutputs.of(model, rows, dropout, bf16);
  }
}
