package io.github.deepcut.app.command;

import io.github.deepcut.Erased;
import io.github.deepcut.Erasure;
import io.github.deepcut.FineTunedModel;
import io.github.deepcut.FineTuning;
import io.github.deepcut.FineTuning.Tuned;
import io.github.deepcut.Methods;
import io.github.deepcut.Reference;
import io.github.deepcut.app.demo.Clinic;
import io.github.deepcut.app.demo.Clinic.Laid;
import io.github.deepcut.app.demo.Demo;
import io.github.deepcut.app.demo.Facts;
import io.github.deepcut.app.demo.Shown;
import io.github.deepcut.certificate.Keys;
import io.github.deepcut.certificate.Predicate;
import io.github.deepcut.certificate.Salt;
import io.github.deepcut.certification.Certification;
import io.github.deepcut.data.Dataset;
import io.github.deepcut.data.ForgetRequest;
import io.github.deepcut.data.ForgetSplit;
import io.github.deepcut.data.Table;
import io.github.deepcut.data.Task;
import io.github.deepcut.data.read.DatasetReader;
import io.github.deepcut.model.folder.ModelFolder;
import io.github.deepcut.pool.Workers;
import io.github.deepcut.provenance.SigningKey;
import io.github.deepcut.report.RunReport;
import io.github.deepcut.run.InputException;
import io.github.deepcut.run.OutputFolder;
import io.github.deepcut.run.Progress;
import io.github.deepcut.run.Run;
import io.github.deepcut.sibling.Folds;
import io.github.deepcut.sibling.SiblingCache;
import io.github.deepcut.sibling.SiblingJob;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code deepcut demo}. */
@Command(
    name = "demo",
    sortOptions = false,
    description =
        "Invents a clinic's notes, trains a small model on them, takes one patient out again and"
            + " compares that with retraining; a few minutes, no downloads.")
final class DemoCommand extends AbstractCommand {
  /** What of the notes siblings leave out: more folds would take longer than the rest. */
  private static final Folds FOLDS = new Folds(5, 1, 1);

  @Option(
      names = "--dir",
      defaultValue = "deepcut-demo",
      paramLabel = "DIR",
      description = "Where to leave data, models and report (default: ${DEFAULT-VALUE}).")
  private Path dir;

  @Option(names = "--seed", defaultValue = "1", description = "Default: ${DEFAULT-VALUE}.")
  private long seed;

  @Option(names = "--open", description = "Open the report in the browser.")
  private boolean open;

  @Option(names = "--force", description = "Replace what is there.")
  private boolean force;

  @Mixin private DeviceOptions device;

  /** To certify with; empty where none can be had. */
  private Optional<SigningKey> key = Optional.empty();

  @Override
  Answer answer() {
    Run run = run(seed).on(device.chosen());
    key = key(run);
    try (OutputFolder folder = folder()) {
      Path at = folder.path();
      Laid files = Clinic.write(at, run);
      Table train = DatasetReader.read(files.train(), Task.NER);
      run.progress().say("training on the notes of invented patients, in " + dir);
      train(files, train.dataset(), at.resolve("model"), run);
      run.progress().say("training siblings, each without a fifth of the patients");
      siblings(files, at).fill(Workers.defaultJobs(), run);
      Answer answer = erase(files, train, at, run);
      folder.commit();
      Stream<String> next = open ? Stream.of("", Viewer.open(page())) : Stream.empty();
      return Answer.done(answer.json(), Stream.concat(answer.lines().stream(), next).toList());
    }
  }

  private OutputFolder folder() {
    try {
      return OutputFolder.create(dir, force);
    } catch (InputException e) {
      throw new InputException(e.getMessage().replace("--out", "--dir"), e);
    }
  }

  private void train(Laid files, Dataset data, Path target, Run run) {
    FineTuning tuning = new FineTuning(ModelFolder.read(files.base()), Demo.recipe(seed));
    Tuned tuned = tuning.train(data, run);
    try (var weights = tuned.weights()) {
      tuned.writeTo(target, tuning.record(data, files.train(), tuned));
    }
  }

  private static SiblingJob siblings(Laid files, Path at) {
    return SiblingJob.of(
        at.resolve("model"),
        files.train(),
        Optional.of(files.holdout()),
        at.resolve("siblings"),
        "patient",
        FOLDS);
  }

  private Answer erase(Laid files, Table train, Path at, Run run) {
    String patient = Demo.patient(train);
    ForgetSplit split = new ForgetRequest.Where("patient = '" + patient + "'").split(train);
    Dataset heldOut = DatasetReader.read(files.holdout(), Task.NER).dataset();
    Dataset test = DatasetReader.read(files.test(), Task.NER).dataset();
    List<double[][]> passes = new ArrayList<>();
    Methods.Choice choice = Methods.create("deepcut", Task.NER, Map.of());
    try (FineTunedModel original = FineTunedModel.open(at.resolve("model"), run.device())) {
      Erasure asked = new Erasure(original, split, heldOut, test);
      SiblingCache siblings = new SiblingCache(at.resolve("siblings"));
      Erasure erasure = siblings.find(asked, run.progress()).map(asked::with).orElse(asked);
      erasure.unseen().notes().forEach(note -> run.progress().say("note: " + note));
      run.progress().say("taking patient " + patient + " out again");
      try (Erased erased =
          erasure
              .unlearn(choice.method(), choice.stop(), run, passes)
              .with(Map.of(), files.train(), Optional.of(files.holdout()))) {
        erased.writeTo(at.resolve("unlearned"));
        run.progress().say("retraining without " + patient + ", for comparison");
        try (Reference.Retrained retrained = Reference.retrain(original, split, run)) {
          retrained.writeTo(at.resolve("retrained"), files.train());
          var rows = erasure.measure(erased, Optional.of(retrained), run);
          var header =
              new RunReport.Header(
                  "demo", "deepcut", retrained.seconds(), OptionalDouble.empty(), Optional.of(dir));
          RunReport report = erasure.report(header, erased, rows, run);
          run.progress().say("examining the three models");
          RunReport judged = new DemoReport(at, dir, erasure).write(report, passes, run);
          for (String name : List.of("model", "unlearned", "retrained")) {
            Demo.settle(at.resolve(name), at, dir.toAbsolutePath().normalize());
          }
          var against = Optional.of(Predicate.Retrained.trained(at.resolve("retrained")));
          var certification = new Certification(erasure, erased, judged, against);
          certify(at.resolve("unlearned"), certification, run);
          siblings.forget(erasure, run.progress());
          Dataset theirs = split.forgetSet();
          List<String> shown =
              Shown.of(
                  original.evaluate(theirs, Progress.silent()),
                  erased.evaluate(theirs),
                  retrained.evaluate(theirs));
          return Answer.done(
              judged.toJson(Answer.MAPPER),
              Stream.of(
                      Stream.of("Forgotten: " + split.describe(), ""),
                      Summary.of(judged).lines(),
                      Stream.of(""),
                      facts(Facts.of(split), original, erased, retrained),
                      Stream.of(""),
                      shown.stream(),
                      Stream.of(""),
                      next())
                  .flatMap(lines -> lines)
                  .toList());
        }
      }
    }
  }

  private static Optional<SigningKey> key(Run run) {
    try {
      return Optional.of(Keys.ofUser().own());
    } catch (InputException e) {
      run.progress().say("note: nothing will be certified: " + e.getMessage());
      return Optional.empty();
    }
  }

  /** Certifies the unlearned model, of whose folders all is as it will lie. */
  private void certify(Path folder, Certification what, Run run) {
    key.ifPresent(k -> Salt.write(folder, what.issue(folder, k, run).salt()));
  }

  /** What each model knows that only the patient's notes could tell. */
  private static Stream<String> facts(
      Facts facts, FineTunedModel original, Erased unlearned, Reference retrained) {
    return Stream.of(
        "Words that nobody else's notes have (a surname, conditions, drugs): " + facts.count(),
        "  the original knows " + facts.known(d -> original.evaluate(d, Progress.silent())),
        "  the unlearned one " + facts.known(unlearned::evaluate),
        "  the retrained one, by guessing, " + facts.known(retrained::evaluate));
  }

  private Stream<String> next() {
    Path model = dir.resolve("unlearned");
    String verify =
        "verify: ./deepcut verify %s --model %s --data %s"
            .formatted(model.resolve("certificate.json"), model, dir.resolve("train.conll"));
    return Stream.concat(
        Stream.of("read:   " + page()), key.isPresent() ? Stream.of(verify) : Stream.empty());
  }

  private Path page() {
    return dir.resolve("report.html");
  }
}
