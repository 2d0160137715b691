package io.github.deepcut.app.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.deepcut.audit.Evaluation;
import io.github.deepcut.data.Dataset;
import io.github.deepcut.data.ForgetRequest;
import io.github.deepcut.data.ForgetSplit;
import io.github.deepcut.data.Table;
import io.github.deepcut.data.TaggedSentence;
import io.github.deepcut.data.Task;
import io.github.deepcut.data.read.DatasetReader;
import io.github.deepcut.model.Prediction;
import io.github.deepcut.run.Run;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FactsTest {
  private static final List<String> LABELS =
      List.of(
          "O", "B-CONDITION", "B-DATE", "B-DRUG", "B-HOSPITAL", "B-NAME", "I-DATE", "I-HOSPITAL");

  /** A model that gives each word a tag by its true one. */
  private static Evaluation says(Dataset data, UnaryOperator<String> tag) {
    List<List<Prediction>> items = new ArrayList<>();
    for (int i = 0; i < data.size(); i++) {
      List<String> tags = ((TaggedSentence) data.examples().get(i)).tags();
      List<Prediction> said = new ArrayList<>();
      for (int w = 0; w < tags.size(); w++) {
        float[] logProbabilities = new float[LABELS.size()];
        java.util.Arrays.fill(logProbabilities, -9);
        logProbabilities[LABELS.indexOf(tag.apply(tags.get(w)))] = 0;
        said.add(new Prediction(i, w, LABELS.indexOf(tags.get(w)), logProbabilities));
      }
      items.add(said);
    }
    return new Evaluation(data, LABELS, items);
  }

  @Test
  void countsWhatOnlyThePatientsNotesTell(@TempDir Path folder) {
    Table train = DatasetReader.read(Clinic.write(folder, Run.of(1)).train(), Task.NER);
    String patient = Demo.patient(train);
    ForgetSplit split = new ForgetRequest.Where("patient = '" + patient + "'").split(train);
    Facts facts = Facts.of(split);
    assertThat(facts.kinds().values()).contains("NAME", "CONDITION", "DRUG").doesNotContain("DATE");
    for (var example : split.retainSet().examples()) {
      assertThat(((TaggedSentence) example).words())
          .doesNotContainAnyElementsOf(facts.kinds().keySet());
    }
    assertThat(facts.known(data -> says(data, tag -> tag))).isEqualTo(facts.count());
    assertThat(facts.known(data -> says(data, tag -> "O"))).isZero();
    long drugs = facts.kinds().values().stream().filter("DRUG"::equals).count();
    assertThat(facts.known(data -> says(data, tag -> "B-DRUG"))).isEqualTo((int) drugs);
  }
}
