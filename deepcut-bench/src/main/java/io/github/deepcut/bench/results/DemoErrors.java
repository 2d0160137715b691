package io.github.deepcut.bench.results;

import io.github.deepcut.FineTuning;
import io.github.deepcut.FineTuning.Tuned;
import io.github.deepcut.app.demo.Demo;
import io.github.deepcut.audit.Answers;
import io.github.deepcut.data.Dataset;
import io.github.deepcut.data.ForgetRequest;
import io.github.deepcut.data.ForgetSplit;
import io.github.deepcut.data.Table;
import io.github.deepcut.data.Task;
import io.github.deepcut.data.read.DatasetReader;
import io.github.deepcut.model.folder.ModelFolder;
import io.github.deepcut.report.ThreeModels;
import io.github.deepcut.run.OutputFolder;
import io.github.deepcut.run.Run;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * {@link AuditErrors} on what {@code deepcut demo} left in a folder, and one more retrained model,
 * which is trained at first use.
 */
public final class DemoErrors {
  private DemoErrors() {}

  /** {@code DEMO AGAIN}: the demo's folder, and that of a model retrained with another seed. */
  public static void main(String[] args) {
    org.bytedeco.pytorch.global.torch.set_num_threads(1);
    Path demo = Path.of(args[0]);
    Path again = Path.of(args[1]);
    Table train = DatasetReader.read(demo.resolve("train.conll"), Task.NER);
    ForgetSplit split =
        new ForgetRequest.Where("patient = '" + Demo.patient(train) + "'").split(train);
    Dataset test = DatasetReader.read(demo.resolve("test.conll"), Task.NER).dataset();
    if (!Files.exists(again)) {
      retrain(demo, split, again);
    }
    Answers.Parts parts = new Answers.Parts(split.forgetSet(), split.forgetSet(), test);
    Answers o = AuditErrors.answers(demo.resolve("model"), parts);
    Answers u = AuditErrors.answers(demo.resolve("unlearned"), parts);
    Answers a = AuditErrors.answers(again, parts);
    Answers b = AuditErrors.answers(demo.resolve("retrained"), parts);
    AuditErrors.print("demo", "retrained-retrained", new ThreeModels<>(o, a, b));
    AuditErrors.print("demo", "original-retrained", new ThreeModels<>(o, o, b));
    AuditErrors.print("demo", "deepcut-retrained", new ThreeModels<>(o, u, b));
    AuditErrors.print("demo", "retrained-alone", new ThreeModels<>(a));
  }

  private static void retrain(Path demo, ForgetSplit split, Path target) {
    FineTuning tuning = new FineTuning(ModelFolder.read(demo.resolve("base")), Demo.recipe(2));
    Dataset retained = split.retainSet();
    Tuned tuned = tuning.train(retained, split.data().labels(), Run.of(2));
    try (var weights = tuned.weights();
        OutputFolder folder = OutputFolder.create(target, false)) {
      tuned.writeTo(folder.path(), tuning.record(retained, demo.resolve("train.conll"), tuned));
      folder.commit();
    }
  }
}
