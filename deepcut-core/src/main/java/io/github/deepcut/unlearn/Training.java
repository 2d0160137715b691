package io.github.deepcut.unlearn;

import io.github.deepcut.data.Input;
import io.github.deepcut.model.Classifier;
import io.github.deepcut.run.InputException;
import io.github.deepcut.run.Run;
import io.github.deepcut.train.Recipe;
import io.github.deepcut.train.Trainer;
import java.util.List;

/** How the original was trained, for methods that train anew. */
@FunctionalInterface
public interface Training {

  /**
   * Where it started.
   *
   * @param model with the weights that training began with, θ_init; whoever asked closes them
   * @param recipe how it went on from there
   */
  record Start(Classifier model, Recipe recipe) {

    /**
     * Trains the model in place, with the original's recipe and seed.
     *
     * @param rows what to train on, encoded for the model
     * @param run for its clock, progress and checkpoints
     * @return what became of it
     */
    public Trainer.Trained on(List<? extends Input> rows, Run run) {
      return new Trainer(recipe).train(model, rows, null, run.withSeed(recipe.seed()));
    }
  }

  /**
   * {@return a fresh start}
   *
   * @throws InputException where it is not known how the original was trained
   */
  Start start();

  /** {@return a training that is not known: who asks for its start is refused} */
  static Training unknown() {
    return () -> {
      throw new InputException(
          "the method trains anew, but it is not known how the model was trained");
    };
  }
}
