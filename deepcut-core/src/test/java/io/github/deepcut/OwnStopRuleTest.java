package io.github.deepcut;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.deepcut.data.Dataset;
import io.github.deepcut.data.ForgetSplit;
import io.github.deepcut.data.Task;
import io.github.deepcut.data.read.DatasetReader;
import io.github.deepcut.record.ModelRecord;
import io.github.deepcut.run.Run;
import io.github.deepcut.unlearn.StopRule;
import io.github.deepcut.unlearn.StopRule.Judgement;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OwnStopRuleTest {
  @Test
  void itEndsTheRunAndIsOnRecord(@TempDir Path folder) throws IOException {
    TinyTexts texts = TinyTexts.in(folder, 300, 40);
    Path trained = texts.model("trained", 3, null);
    Dataset train = DatasetReader.read(texts.path("train.jsonl"), Task.CLASSIFY).dataset();
    Dataset eval = DatasetReader.read(texts.path("eval.jsonl"), Task.CLASSIFY).dataset();
    int[] forget = IntStream.range(0, 10).toArray();
    ForgetSplit split =
        new ForgetSplit(train, forget, IntStream.range(10, 300).toArray(), "ten of them");
    var method = Methods.create("neggrad-plus", Task.CLASSIFY, Map.of("passes", "5")).method();
    StopRule second = (model, pass) -> new Judgement(5 - pass, pass == 2, "two are enough");
    Path out = folder.resolve("out");
    try (FineTunedModel original = FineTunedModel.open(trained)) {
      Erasure erasure = new Erasure(original, split, eval);
      try (Erased erased = erasure.unlearn(method, "second-pass", second, Run.of(1))) {
        assertThat(erased.how().passes()).isEqualTo(2);
        assertThat(erased.how().stoppedBy()).isEqualTo("two are enough");
        erased.writeTo(out);
      }
    }
    assertThat(ModelRecord.read(out).orElseThrow().unlearning().stop()).isEqualTo("second-pass");
  }
}
