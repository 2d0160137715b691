package io.github.deepcut;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.deepcut.audit.Answers;
import io.github.deepcut.audit.Evaluation;
import io.github.deepcut.data.Dataset;
import io.github.deepcut.data.ForgetSplit;
import io.github.deepcut.data.Task;
import io.github.deepcut.data.read.DatasetReader;
import io.github.deepcut.model.Classifier;
import io.github.deepcut.model.folder.ModelFolder;
import io.github.deepcut.report.Measurement;
import io.github.deepcut.report.Row;
import io.github.deepcut.run.Progress;
import io.github.deepcut.run.Run;
import io.github.deepcut.stop.AsWritten;
import io.github.deepcut.tensor.DType;
import io.github.deepcut.tensor.SafeTensors;
import io.github.deepcut.tensor.TensorSource;
import io.github.deepcut.unlearn.StopRule.Judgement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Folders in half precision: figures are of the model as it is written. */
class AsWrittenTest {
  @TempDir Path folder;

  /** A folder like {@code wide} with its tensors in {@code type}. */
  private Path narrowed(Path wide, DType type) throws IOException {
    Path to = folder.resolve("narrow");
    ModelFolder from = ModelFolder.read(wide);
    from.writeTo(to, Map.of());
    Files.delete(to.resolve("model.safetensors"));
    try (var scope = new PointerScope()) {
      List<TensorSource> all = new ArrayList<>();
      from.tensors()
          .keySet()
          .forEach(n -> all.add(new TensorSource.Values(n, from.tensor(n), type)));
      SafeTensors.write(to.resolve("model.safetensors"), Map.of(), all);
    }
    return to;
  }

  @ParameterizedTest
  @EnumSource(names = {"BF16", "F16"})
  void whatIsMeasuredIsWhatIsWritten(DType type) throws IOException {
    TinyTexts texts = TinyTexts.in(folder, 300, 40);
    Path narrow = narrowed(texts.model("wide", 3, null), type);
    Dataset train = DatasetReader.read(texts.path("train.jsonl"), Task.CLASSIFY).dataset();
    Dataset eval = DatasetReader.read(texts.path("eval.jsonl"), Task.CLASSIFY).dataset();
    int[] forget = IntStream.range(0, 10).toArray();
    ForgetSplit split =
        new ForgetSplit(train, forget, IntStream.range(10, 300).toArray(), "ten of them");
    Path out = folder.resolve("out");
    Methods.Choice choice =
        Methods.create("neggrad-plus", Task.CLASSIFY, Map.of("passes", "2", "stop", "never"));
    try (FineTunedModel original = FineTunedModel.open(narrow)) {
      Erasure erasure = new Erasure(original, split, eval, eval);
      try (Erased erased = erasure.unlearn(choice.method(), choice.stop(), Run.of(1))) {
        erased.writeTo(out);
        try (FineTunedModel written = FineTunedModel.open(out)) {
          assertThat(written.folder().types()).isEqualTo(original.folder().types());
          Evaluation now = written.evaluate(train, Progress.silent());
          assertThat(now.losses()).isEqualTo(erased.evaluate(train).losses());
          assertThat(now.losses())
              .isNotEqualTo(original.evaluate(train, Progress.silent()).losses());
          assertThat(erasure.measure(erased, Optional.empty(), Run.of(1)))
              .isEqualTo(rows(erasure, written));
        }
      }
    }
  }

  /** The report's rows, of a folder that was opened anew. */
  private static List<Row> rows(Erasure erasure, FineTunedModel written) {
    Answers.Parts parts = erasure.parts(Run.of(1));
    Answers before = parts.ask(d -> erasure.model().evaluate(d, Progress.silent()));
    return new Measurement(before, null, null, erasure.split().forgottenClasses())
        .rows(
            parts.ask(d -> written.evaluate(d, Progress.silent())), Run.of(1).random("bootstrap"));
  }

  @ParameterizedTest
  @EnumSource(names = {"BF16", "F16"})
  void theStopRuleJudgesWhatWouldBeWritten(DType type) throws IOException {
    Path narrow = narrowed(TinyTexts.in(folder, 40, 1).model("wide", 1, null), type);
    try (FineTunedModel original = FineTunedModel.open(narrow);
        var copy = original.classifier().weights().copy()) {
      Classifier moved = original.classifier().withWeights(copy);
      copy.all().values().forEach(t -> t.mul_(new Scalar(1.0001)));
      int before = TinyModels.bits(copy);
      int[] seen = new int[1];
      AsWritten rule =
          new AsWritten(
              (m, pass) -> {
                seen[0] = TinyModels.bits(m.weights());
                return new Judgement(pass, false, "");
              },
              original.folder().types());
      assertThat(rule.judge(moved, 3)).isEqualTo(new Judgement(3, false, ""));
      assertThat(TinyModels.bits(copy)).isEqualTo(before).isNotEqualTo(seen[0]);
      original.folder().types().round(copy);
      assertThat(TinyModels.bits(copy)).isEqualTo(seen[0]);
    }
  }
}
