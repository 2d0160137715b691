package io.github.deepcut.app.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.deepcut.Audit;
import io.github.deepcut.FineTunedModel;
import io.github.deepcut.audit.Attack;
import io.github.deepcut.audit.Attacks;
import io.github.deepcut.data.Dataset;
import io.github.deepcut.data.ForgetRequest;
import io.github.deepcut.data.ForgetSplit;
import io.github.deepcut.data.Unseen;
import io.github.deepcut.examination.ShadowAudit;
import io.github.deepcut.report.AuditOutcome;
import io.github.deepcut.report.AuditReport;
import io.github.deepcut.report.SampleScores;
import io.github.deepcut.report.ThreeModels;
import io.github.deepcut.report.Verdict;
import io.github.deepcut.report.page.ReportFiles;
import io.github.deepcut.run.FileErrors;
import io.github.deepcut.run.OutputFolder;
import io.github.deepcut.run.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code deepcut audit}. */
@Command(
    name = "audit",
    sortOptions = false,
    description = {
      "Examines a model, whoever made it: does it still know these examples? Beside --model may"
          + " stand the original that knew them and one that was retrained without them; only with"
          + " both can it find that they were forgotten.",
      "Writes report.html, report.json, csv/, audit.json and samples.csv. Exit status 3: not"
          + " forgotten."
    })
final class AuditCommand extends AbstractCommand {
  /** The exit status that says "not forgotten". */
  static final int NOT_FORGOTTEN = 3;

  @Option(names = "--model", required = true, paramLabel = "DIR", description = "To be examined.")
  private Path model;

  @Option(
      names = "--data",
      required = true,
      paramLabel = "FILE",
      description = "The training data, those to be forgotten among them.")
  private Path data;

  @Mixin private ForgetOptions forget;

  @Option(
      names = "--original",
      paramLabel = "DIR",
      description = "The model that was trained on all of them.")
  private Path original;

  @Option(
      names = "--retrained",
      paramLabel = "DIR",
      description = "A model that never saw the forgotten examples.")
  private Path retrained;

  @Option(
      names = "--eval",
      paramLabel = "FILE",
      description = "Data that no model was trained on, to hold the forgotten examples against.")
  private Path eval;

  @Option(
      names = "--holdout",
      paramLabel = "FILE",
      description = "Takes the place of --eval where there is none.")
  private Path holdout;

  @Option(names = "--quick", description = "Leave out the checks that change copies of the models.")
  private boolean quick;

  @Option(
      names = "--attack",
      paramLabel = "NAME",
      description =
          "Beside ours, an attack that a jar on the class path brings; may be repeated. The verdict"
              + " leaves it out.")
  private List<String> attacks = List.of();

  @Mixin private ShadowOptions shadows;

  @Option(
      names = "--show-text",
      description = "Show the texts of the best-remembered examples in the report.")
  private boolean showText;

  @Mixin private ImageOptions images;
  @Mixin private OutOptions out;
  @Mixin private DeviceOptions device;

  @Option(names = "--seed", defaultValue = "1", description = "Default: ${DEFAULT-VALUE}.")
  private long seed;

  @Override
  Answer answer() {
    ForgetRequest request = forget.request();
    shadows.check(eval);
    List<Attack> others = Attacks.named(attacks);
    Run run = run(seed).on(device.chosen());
    try (OutputFolder folder =
            out.open(model, data, eval, holdout, forget.file(), original, retrained);
        FineTunedModel audited = FineTunedModel.open(model, run.device());
        FineTunedModel before = opened(original, run);
        FineTunedModel reference = opened(retrained, run)) {
      ForgetSplit split = request.split(images.read(data, audited));
      Taken.say(split, run.progress());
      ThreeModels<FineTunedModel> models =
          new ThreeModels<>(Optional.ofNullable(before), audited, Optional.ofNullable(reference));
      Audit audit =
          new Audit(models, split, Unseen.of(split, Optional.empty(), unseen(audited)))
              .with(others);
      audit.unseen().notes().forEach(note -> run.progress().say("note: " + note));
      ShadowAudit.Outcome found =
          shadows.wanted()
              ? shadows.attack(
                  new ShadowOptions.Audited(models, data, eval, holdout, split.forget()), run)
              : new ShadowAudit.Outcome(0, List.of(), List.of());
      AuditOutcome outcome = audit.outcome(!quick, out.path().toString(), run).with(found.rows());
      ObjectNode json = outcome.toJson(Answer.MAPPER);
      if (shadows.wanted()) {
        json.set("shadows", found.toJson(Answer.MAPPER));
      }
      write(folder.path(), outcome, audit, json);
      if (shadows.wanted()) {
        write(folder.path().resolve("shadows.csv"), found.csv());
      }
      ReportFiles.write(page(outcome, audit), folder.path());
      folder.commit();
      boolean known = outcome.run().verdict().outcome() == Verdict.Outcome.NOT_FORGOTTEN;
      return new Answer(known ? NOT_FORGOTTEN : 0, json, outcome.text().lines().toList());
    }
  }

  private static FineTunedModel opened(Path folderOrNull, Run run) {
    return folderOrNull == null ? null : FineTunedModel.open(folderOrNull, run.device());
  }

  private AuditReport page(AuditOutcome outcome, Audit audit) {
    Path others = eval == null ? holdout : eval;
    AuditFacts facts =
        new AuditFacts(
            new ThreeModels<>(Optional.ofNullable(original), model, Optional.ofNullable(retrained)),
            data,
            AuditFacts.Told.of(audit),
            others,
            p -> p);
    AuditReport report =
        new AuditReport(
            outcome.run(),
            outcome.figures(),
            AuditFacts.method(outcome.run()),
            facts.provenance(seed));
    return showText ? report : report.redacted();
  }

  private Optional<Dataset> unseen(FineTunedModel audited) {
    return images.dataset(eval == null ? holdout : eval, audited);
  }

  private static void write(Path folder, AuditOutcome outcome, Audit audit, ObjectNode json) {
    write(folder.resolve("audit.json"), json.toPrettyString() + "\n");
    write(folder.resolve("samples.csv"), SampleScores.csv(outcome.answers(), audit.attacks()));
  }

  private static void write(Path file, String text) {
    try {
      Files.writeString(file, text);
    } catch (IOException e) {
      throw FileErrors.unwritable(file, e);
    }
  }
}
