package io.github.deepcut.app.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.deepcut.Erased;
import io.github.deepcut.Erasure;
import io.github.deepcut.FineTunedModel;
import io.github.deepcut.Methods;
import io.github.deepcut.Reference;
import io.github.deepcut.certification.Certification;
import io.github.deepcut.certification.Issued;
import io.github.deepcut.data.ForgetRequest;
import io.github.deepcut.data.ForgetSplit;
import io.github.deepcut.data.Unseen;
import io.github.deepcut.provenance.Fingerprint;
import io.github.deepcut.report.Row;
import io.github.deepcut.report.RunReport;
import io.github.deepcut.run.InputException;
import io.github.deepcut.run.OutputFolder;
import io.github.deepcut.run.Progress;
import io.github.deepcut.run.Run;
import io.github.deepcut.sisa.EnsembleErasure;
import io.github.deepcut.unlearn.baseline.Sisa;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code deepcut unlearn}. */
@Command(
    name = "unlearn",
    sortOptions = false,
    description =
        "Takes examples back out of a fine-tuned model. The output folder differs from the model's"
            + " in its tensors, deepcut.json and certificate.json only; the report lies beside it,"
            + " as DIR.report.json.")
final class UnlearnCommand extends AbstractCommand {
  @Option(names = "--model", required = true, paramLabel = "DIR", description = "The original.")
  private Path model;

  @Option(
      names = "--data",
      required = true,
      paramLabel = "FILE",
      description = "What it was trained on.")
  private Path data;

  @Mixin private ForgetOptions forget;

  @Option(
      names = "--method",
      defaultValue = "deepcut",
      paramLabel = "NAME",
      description = "Default: ${DEFAULT-VALUE}; deepcut methods lists them.")
  private String method;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "Changes a setting of the method; may be repeated.")
  private Map<String, String> settings = new LinkedHashMap<>();

  @Option(
      names = "--holdout",
      paramLabel = "FILE",
      description = "Data that the model never saw, for calibration and stopping.")
  private Path holdout;

  @Option(
      names = "--eval",
      paramLabel = "FILE",
      description = "Test data, for the measurement alone.")
  private Path eval;

  @Mixin private ImageOptions images;
  @Mixin private RetrainOptions reference;
  @Mixin private OutOptions out;
  @Mixin private ResumeOptions resume;
  @Mixin private DeviceOptions device;
  @Mixin private CertificateOptions certificate;
  @Mixin private CollapseOptions collapse;
  @Mixin private SiblingOptions siblings;

  @Option(names = "--seed", defaultValue = "1", description = "Default: ${DEFAULT-VALUE}.")
  private long seed;

  @Override
  Answer answer() {
    ForgetRequest request = forget.request();
    reference.check();
    Methods.known(method);
    Run run = run(seed).on(device.chosen());
    certificate.check();
    try (OutputFolder folder =
            out.open(model, data, holdout, eval, forget.file(), reference.retrained());
        OutputFolder keep = reference.open(out, certificate.wanted(), model, data);
        FineTunedModel original = FineTunedModel.open(model, run.device())) {
      ReportFile.check(out.path(), out.force());
      certificate.check(original);
      resume.prepare(folder, run);
      Methods.create(method, original.task(), settings); // complains before the work begins
      Training training = training(original, request, run);
      Erasure asked = erasure(original, training, run.progress());
      Methods.Choice choice = asked.method(method, settings);
      Erasure erasure = siblings.asked(asked, choice.method(), run.progress());
      check(original);
      Supplier<String> identity = identity(choice, erasure);
      Run first = resume.stage(run, folder, "unlearn", identity);
      try (Erased erased =
              recorded(
                  original.isEnsemble() && method.equals(Sisa.NAME)
                      ? new EnsembleErasure(erasure, data).unlearn(folder, run)
                      : erasure.unlearn(choice.method(), choice.stop(), first));
          Reference retrained =
              reference.model(
                  erasure, keep, data, resume.stage(run, folder, "retrain", identity))) {
        RunReport report =
            report(erasure, erased, Optional.ofNullable(retrained), training.seconds(), run);
        erased.writeTo(folder.path());
        Optional<Issued> issued = Optional.empty();
        if (certificate.wanted()) {
          var facts =
              new Certification(
                  erasure,
                  erased,
                  report,
                  Optional.ofNullable(eval),
                  images.sizeFor(original),
                  reference.certified(keep));
          issued = Optional.of(facts.issue(folder.path(), certificate.key(), run));
        }
        siblings.forget(
            erasure, run.progress()); // before the model is there, whatever ends the run
        ObjectNode json = Taken.json(report, erasure.split());
        ReportFile.add(json, folder);
        issued.ifPresentOrElse(
            i -> i.commit(folder, run.progress()), () -> Issued.commitWithout(folder));
        if (reference.keep() != null) {
          keep.commit();
        }
        return Answer.done(json, Summary.of(report).lines().toList());
      }
    }
  }

  private RunReport report(
      Erasure erasure, Erased erased, Optional<Reference> retrained, double indexed, Run run) {
    List<Row> rows = erasure.measure(erased, retrained, run);
    collapse.check(rows, run.progress());
    var header =
        new RunReport.Header(
            "unlearn",
            method,
            retrained.map(Reference::seconds).orElse(OptionalDouble.empty()),
            OptionalDouble.of(indexed),
            Optional.of(out.path()));
    return erasure.report(header, erased, rows, run);
  }

  /** Complains before the work begins. */
  private void check(FineTunedModel original) {
    if (!original.isEnsemble()) {
      reference.check(original);
      return;
    }
    resume.refuse("the unlearning of an ensemble");
    if (reference.retrain()) {
      throw new InputException(
          "--retrain: what sisa gives is, bit for bit, the ensemble retrained under the same"
              + " assignment; pass --retrained DIR for another model");
    }
  }

  private Erased recorded(Erased erased) {
    return erased.with(settings, data, Optional.ofNullable(holdout));
  }

  private Supplier<String> identity(Methods.Choice choice, Erasure erasure) {
    String targets = erasure.siblings().map(s -> ", " + s.which()).orElse("");
    int[] forget = erasure.split().forget();
    String what = choice + ", forget %08x".formatted(Arrays.hashCode(forget)) + targets;
    return ResumeOptions.identity(what, model, data, holdout);
  }

  /**
   * The training data.
   *
   * @param known whether it is, byte for byte, what the model was trained on; true if not known
   * @param seconds that it took to read them
   */
  private record Training(ForgetSplit split, boolean known, double seconds) {}

  private Training training(FineTunedModel original, ForgetRequest request, Run run) {
    Instant start = run.clock().instant();
    ForgetSplit asked = request.split(images.read(data, original));
    ForgetSplit split = original.isEnsemble() ? EnsembleErasure.held(original, asked) : asked;
    int others = asked.forget().length - split.forget().length;
    if (others > 0) {
      run.progress().say("note: " + model + " does not hold " + others + " of the rows to forget");
    }
    boolean known =
        original.record().map(r -> Fingerprint.of(data).equals(r.dataSha256())).orElse(true);
    Duration took = Duration.between(start, run.clock().instant());
    return new Training(split, known, took.toMillis() / 1000.0);
  }

  private Erasure erasure(FineTunedModel original, Training training, Progress progress) {
    ForgetSplit split = training.split();
    var heldOut = images.dataset(holdout, original);
    var test = images.dataset(eval, original);
    if (!training.known()) {
      progress.say("note: " + data + " is not, byte for byte, what the model was trained on");
    }
    original
        .folder()
        .unreadWeights()
        .forEach(f -> progress.say("warning: " + f + " is copied: it still holds old weights"));
    Taken.say(split, progress);
    Erasure erasure = new Erasure(original, split, Unseen.of(split, heldOut, test));
    erasure.unseen().notes().forEach(note -> progress.say("note: " + note));
    return erasure;
  }
}
