package io.github.deepcut.unlearn.baseline;

import io.github.deepcut.model.Classifier;
import io.github.deepcut.run.InputException;
import io.github.deepcut.run.Run;
import io.github.deepcut.train.Trainer;
import io.github.deepcut.unlearn.About;
import io.github.deepcut.unlearn.StopRule;
import io.github.deepcut.unlearn.Training;
import io.github.deepcut.unlearn.UnlearningData;
import io.github.deepcut.unlearn.UnlearningMethod;

/**
 * Trains anew on D_r alone, from θ_init with the original's recipe and seed: exact, and what all
 * others are held against. The stop rule is not asked: there is nothing to stop.
 */
@About(what = "trains anew without D_f: exact, and the yardstick")
public record Retrain() implements UnlearningMethod {

  @Override
  public String name() {
    return "retrain";
  }

  @Override
  public Unlearned unlearn(Classifier model, UnlearningData sets, StopRule stop, Run run) {
    Training.Start start = sets.training().start();
    try (var weights = start.model().weights()) {
      if (!start.model().labels().equals(model.labels())) {
        throw new InputException(
            "what the model was trained from has the labels %s, not %s"
                .formatted(start.model().labels(), model.labels()));
      }
      Trainer.Trained trained = start.on(sets.retain(), run);
      model.weights().set(weights);
      return new Unlearned(trained.epochs(), trained.steps(), "epochs");
    }
  }
}
