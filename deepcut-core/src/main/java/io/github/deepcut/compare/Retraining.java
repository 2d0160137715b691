package io.github.deepcut.compare;

import io.github.deepcut.FineTunedModel;
import io.github.deepcut.FineTuning;
import io.github.deepcut.FineTuning.Tuned;
import io.github.deepcut.Reference;
import io.github.deepcut.data.Dataset;
import io.github.deepcut.data.ForgetSplit;
import io.github.deepcut.record.ModelRecord;
import io.github.deepcut.run.OutputFolder;
import io.github.deepcut.run.Run;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Models trained on what is retained as the original was, but for the seed; each is kept.
 *
 * @param data the file of the training data
 */
public record Retraining(FineTunedModel original, ForgetSplit split, Path data) {

  /** The model in {@code folder}; it is trained first, under {@code seed}, if it is not there. */
  public Reference at(Path folder, long seed, Run run) {
    if (!Files.exists(folder)) {
      train(folder, seed, run);
    }
    return Reference.open(folder, original).took(ModelRecord.read(folder).orElseThrow().seconds());
  }

  private void train(Path folder, long seed, Run run) {
    FineTuning same = FineTuning.of(original);
    FineTuning tuning = new FineTuning(same.base(), same.recipe().withSeed(seed));
    Dataset retained = split.retainSet();
    try (OutputFolder out = OutputFolder.create(folder, false)) {
      Tuned tuned = tuning.train(retained, original.classifier().labels(), run);
      try (var weights = tuned.weights()) {
        tuned.writeTo(out.path(), tuning.record(retained, data, tuned));
      }
      out.commit();
    }
  }
}
