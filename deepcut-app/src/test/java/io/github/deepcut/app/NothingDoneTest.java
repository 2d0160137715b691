package io.github.deepcut.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.deepcut.Erased;
import io.github.deepcut.Erasure;
import io.github.deepcut.FineTunedModel;
import io.github.deepcut.data.Dataset;
import io.github.deepcut.data.ForgetRequest;
import io.github.deepcut.data.ForgetSplit;
import io.github.deepcut.data.Task;
import io.github.deepcut.data.Unseen;
import io.github.deepcut.data.read.DatasetReader;
import io.github.deepcut.model.Classifier;
import io.github.deepcut.report.RunReport;
import io.github.deepcut.report.Verdict.Outcome;
import io.github.deepcut.run.Run;
import io.github.deepcut.stop.Stop;
import io.github.deepcut.unlearn.StopRule;
import io.github.deepcut.unlearn.UnlearningData;
import io.github.deepcut.unlearn.UnlearningMethod;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NothingDoneTest {
  private record Nothing() implements UnlearningMethod {
    @Override
    public String name() {
      return "nothing";
    }

    @Override
    public Unlearned unlearn(Classifier model, UnlearningData sets, StopRule stop, Run run) {
      return new Unlearned(0, 0, "nothing");
    }
  }

  /** The report of {@code unlearn} and {@code demo} names it, however few samples there are. */
  @Test
  void theUntouchedOriginalIsNotForgotten(@TempDir Path folder) throws IOException {
    Tiny tiny = Tiny.in(folder);
    Run run = Run.of(1);
    Dataset test = DatasetReader.read(tiny.path("test.conll"), Task.NER).dataset();
    ForgetSplit split =
        new ForgetRequest.Where("patient = 'P-1'")
            .split(DatasetReader.read(tiny.path("train.conll"), Task.NER));
    try (FineTunedModel model = FineTunedModel.open(tiny.tagger("model"))) {
      Erasure erasure =
          new Erasure(model, split, Unseen.of(split, Optional.empty(), Optional.of(test)));
      try (Erased erased = erasure.unlearn(new Nothing(), Stop.NEVER, run)) {
        RunReport report =
            erasure.report(
                new RunReport.Header("nothing", OptionalDouble.empty()),
                erased,
                erasure.measure(erased, Optional.empty(), run),
                run);
        assertThat(report.verdict().outcome()).isEqualTo(Outcome.NOT_FORGOTTEN);
        assertThat(report.verdict().because()).contains("this is the original");
      }
    }
  }
}
