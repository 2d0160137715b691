package io.github.deepcut.certification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.deepcut.Erased;
import io.github.deepcut.Erasure;
import io.github.deepcut.FineTunedModel;
import io.github.deepcut.Reference;
import io.github.deepcut.TinyTexts;
import io.github.deepcut.certificate.Predicate;
import io.github.deepcut.certificate.Salt;
import io.github.deepcut.certificate.Verification;
import io.github.deepcut.data.ForgetRequest;
import io.github.deepcut.data.ForgetSplit;
import io.github.deepcut.provenance.SigningKey;
import io.github.deepcut.report.RunReport;
import io.github.deepcut.run.InputException;
import io.github.deepcut.run.OutputFolder;
import io.github.deepcut.run.Run;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Unlearning, retraining, certificate and its verification, as a program does it. */
class CertificationTest {
  private static final Map<String, String> SET = Map.of("passes", "2");

  @TempDir private Path folder;
  private final SigningKey key = SigningKey.generate();
  private final Run run = Run.of(1);
  private Path trained;
  private Path train;
  private Path heldOut;

  @BeforeEach
  void model() throws IOException {
    TinyTexts texts = TinyTexts.in(folder, 300, 40);
    trained = texts.model("trained", 2, null);
    train = texts.path("train.jsonl");
    heldOut = texts.path("eval.jsonl");
  }

  private static Erasure erasure(FineTunedModel model, Path train, Path heldOut) {
    ForgetSplit split = new ForgetRequest.Where("label = 'label3'").split(model.read(train));
    return new Erasure(model, split, model.read(heldOut).dataset());
  }

  private static Erased erased(Erasure erasure, Run run) {
    var choice = erasure.method("neggrad-plus", SET);
    return erasure.unlearn(choice.method(), choice.stop(), run);
  }

  @Test
  void whatIsIssuedHolds() {
    Path out = folder.resolve("out");
    Path kept = folder.resolve("retrained");
    Issued issued = certify(out, kept);
    Path file = out.resolve("certificate.json");
    Verification found =
        Verification.of(file, key.open()).model(out).original(trained).retrained(kept);
    assertThat(found.differences()).isEmpty();
    Predicate said = found.certificate().predicate();
    assertThat(said.method().set()).isEqualTo(SET);
    assertThat(said.retrained().how()).isEqualTo("trained");
    assertThat(said.data().isOfRecord()).isTrue();
    assertThat(said.data().test()).isNull();
    assertThat(said.audit().at("/seconds/retrain").isNumber()).isTrue();
    assertThat(Salt.of(out)).get().extracting(Salt::read).isEqualTo(issued.salt());
    try (FineTunedModel model = FineTunedModel.open(trained)) {
      var rows = new CertifiedRows(model.read(train).dataset());
      assertThat(said.ids().check(issued.salt(), rows)).isEmpty();
    }
    assertThat(Verification.of(file, SigningKey.generate().open()).isUnchanged()).isFalse();
  }

  private Issued certify(Path out, Path kept) {
    try (FineTunedModel model = FineTunedModel.open(trained);
        OutputFolder target = OutputFolder.create(out, false);
        OutputFolder beside = OutputFolder.create(kept, false)) {
      Erasure erasure = erasure(model, train, heldOut);
      try (Erased erased = erased(erasure, run).with(SET, train, Optional.of(heldOut));
          Reference.Retrained retrained = Reference.retrain(model, erasure.split(), run)) {
        retrained.writeTo(beside.path(), train);
        var rows = erasure.measure(erased, Optional.of(retrained), run);
        var header = new RunReport.Header("neggrad-plus", retrained.seconds());
        RunReport report = erasure.report(header, erased, rows, run);
        erased.writeTo(target.path());
        var against = Optional.of(Predicate.Retrained.trained(beside.path()));
        Issued issued =
            new Certification(erasure, erased, report, against).issue(target.path(), key, run);
        issued.commit(target, run.progress());
        beside.commit();
        return issued;
      }
    }
  }

  /** One who retrained before gives the folder, and gets the same figures. */
  @Test
  void aGivenModelAnswersAsTheRetrainedOne() {
    Path kept = folder.resolve("retrained");
    certify(folder.resolve("out"), kept);
    try (FineTunedModel model = FineTunedModel.open(trained);
        Reference given = Reference.open(kept, model);
        Reference again = Reference.retrain(model, erasure(model, train, heldOut).split(), run)) {
      var data = model.read(heldOut).dataset();
      assertThat(given.evaluate(data).losses()).isEqualTo(again.evaluate(data).losses());
      assertThat(given.seconds()).isEmpty();
      assertThat(again.seconds()).isPresent();
    }
  }

  @Test
  void rowsFromNowhereAreNotCertified() {
    try (FineTunedModel model = FineTunedModel.open(trained)) {
      Erasure erasure = erasure(model, train, heldOut);
      try (Erased erased = erased(erasure, run)) {
        var rows = erasure.measure(erased, Optional.empty(), run);
        var header = new RunReport.Header("neggrad-plus", OptionalDouble.empty());
        RunReport report = erasure.report(header, erased, rows, run);
        assertThatThrownBy(() -> new Certification(erasure, erased, report, Optional.empty()))
            .isInstanceOf(InputException.class)
            .hasMessageContaining("names no training data");
      }
    }
  }
}
