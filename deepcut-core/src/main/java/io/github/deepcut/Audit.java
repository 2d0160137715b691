package io.github.deepcut;

import io.github.deepcut.audit.Answers;
import io.github.deepcut.audit.Attack;
import io.github.deepcut.audit.Attacks;
import io.github.deepcut.audit.EntityMentions;
import io.github.deepcut.audit.ScoreAttacks;
import io.github.deepcut.data.Dataset;
import io.github.deepcut.data.ForgetSplit;
import io.github.deepcut.data.TaggedSentence;
import io.github.deepcut.data.Task;
import io.github.deepcut.data.Unseen;
import io.github.deepcut.examination.LatentPicture;
import io.github.deepcut.examination.LatentRows;
import io.github.deepcut.examination.StressRows;
import io.github.deepcut.report.AuditFigures;
import io.github.deepcut.report.AuditMeasurement;
import io.github.deepcut.report.AuditOutcome;
import io.github.deepcut.report.AuditReport.Figures;
import io.github.deepcut.report.Power;
import io.github.deepcut.report.Row;
import io.github.deepcut.report.RunReport;
import io.github.deepcut.report.Same;
import io.github.deepcut.report.ThreeModels;
import io.github.deepcut.report.Verdict;
import io.github.deepcut.report.VerdictRule;
import io.github.deepcut.report.figure.Part;
import io.github.deepcut.report.figure.Projection;
import io.github.deepcut.run.Run;
import io.github.deepcut.stats.Bootstrap;
import io.github.deepcut.stop.Stop;
import io.github.deepcut.train.Batches;
import io.github.deepcut.unlearn.UnlearningMethod;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Examines a model, whoever made it: has it forgotten what it is said to have forgotten?
 *
 * @param models the audited one; beside it, where they are there, the original that knew D_f, and
 *     one that was trained without it
 * @param split D_f and D_r
 * @param unseen the test data in it: what no model was trained on, without copies of D_f
 * @param others attacks that are not ours: their figures stand beside those of ours, and the
 *     verdict leaves them out
 */
public record Audit(
    ThreeModels<FineTunedModel> models, ForgetSplit split, Unseen unseen, List<Attack> others) {
  /** Most retained examples that an audit looks at. */
  private static final int RETAINED = 2000;

  /**
   * Checks that the models do the same with the same labels.
   *
   * @param models the audited one, and what it is compared with
   * @param split D_f and D_r
   * @param unseen the test data in it, without copies of D_f
   * @param others attacks that are not ours, by names that are free
   * @throws io.github.deepcut.run.InputException where a model does something else, or a name is
   *     taken
   */
  public Audit {
    models.stream().forEach(models.unlearned()::requireAlike);
    others = List.copyOf(Attacks.byName(others).values());
  }

  /**
   * An audit by our attacks alone.
   *
   * @param models the audited one, and what it is compared with
   * @param split D_f and D_r
   * @param unseen the test data in it: what no model was trained on, without copies of D_f
   */
  public Audit(ThreeModels<FineTunedModel> models, ForgetSplit split, Unseen unseen) {
    this(models, split, unseen, List.of());
  }

  /**
   * Leaves copies of D_f out of the data never seen.
   *
   * @param models the audited one, and what it is compared with
   * @param split D_f and D_r
   * @param test data that no model was trained on
   * @throws io.github.deepcut.run.InputException where they hold much of D_f: see {@link Unseen#of}
   */
  public Audit(ThreeModels<FineTunedModel> models, ForgetSplit split, Dataset test) {
    this(models, split, Unseen.of(split, Optional.empty(), Optional.of(test)));
  }

  /**
   * {@return this audit with attacks beside ours}
   *
   * @param more attacks that are not ours, in place of those that it had
   * @throws io.github.deepcut.run.InputException if two have one name, or one has that of one of
   *     ours
   */
  public Audit with(List<Attack> more) {
    return new Audit(models, split, unseen, more);
  }

  /** {@return each attack by a score that is made, ours first} */
  public List<Attack> attacks() {
    List<Attack> all = new ArrayList<>(ScoreAttacks.ALL);
    all.addAll(others);
    return List.copyOf(all);
  }

  /**
   * Asks, attacks and judges.
   *
   * @param stress whether also to quantise copies of the models, to train them on, and to teach
   *     them the forgotten samples again, which takes longest
   * @param out the folder that the report will name
   * @param run for its seed, and where to say how far it is
   * @return the report, its verdict and its figures
   */
  public AuditOutcome outcome(boolean stress, String out, Run run) {
    return outcome(stress, out, List.of(), run);
  }

  /**
   * Asks, attacks and judges, and draws how unlearning went.
   *
   * @param stress whether also to quantise copies of the models, to train them on, and to teach
   *     them the forgotten samples again, which takes longest
   * @param out the folder that the report will name
   * @param passes as {@link Erasure#unlearn(UnlearningMethod, Stop, Run, List)} noted them
   * @param run for its seed, and where to say how far it is
   * @return the report, its verdict and its figures
   */
  public AuditOutcome outcome(boolean stress, String out, List<double[][]> passes, Run run) {
    Dataset retained = retained(split, run);
    ThreeModels<Answers> answers = answers(retained, run);
    AuditMeasurement measured = measurement(answers);
    List<Row> rows = new ArrayList<>(measured.rows(run.random("bootstrap")));
    rows.addAll(measured.fromOutside(others, run.random("attacks from outside")));
    rows.addAll(new LatentRows(models, split.forgetSet(), retained).rows(run));
    StressRows.Found stressed =
        stress
            ? new StressRows(models, parts(retained)).found(run)
            : new StressRows.Found(List.of(), Part.missing("The models were not trained on."));
    rows.addAll(stressed.rows());
    Part<Projection> picture =
        new LatentPicture(models, split.forgetSet(), retained, passes).draw(run);
    Figures figures =
        new AuditFigures(answers)
            .all(picture, stressed.relearning(), new Bootstrap(run.random("figures")));
    Verdict verdict = judged(rows, answers);
    return AuditOutcome.of(report(rows, verdict, out, run), VerdictRule.DEFAULT, answers, figures);
  }

  /** Where there is nothing to compare with, it is also told what could have been seen. */
  private Verdict judged(List<Row> rows, ThreeModels<Answers> answers) {
    Verdict verdict = VerdictRule.DEFAULT.judge(rows, same());
    return models.retrained().isPresent() || unseen.test().isEmpty()
        ? verdict
        : verdict.and(Power.of(answers).text());
  }

  /** Which of the others the audited model is, tensor by tensor. */
  private Same same() {
    ThreeModels<Boolean> same =
        models.map(m -> m.classifier().weights().isSame(models.unlearned().classifier().weights()));
    return new Same(same.original().orElse(false), same.retrained().orElse(false));
  }

  private ThreeModels<Answers> answers(Dataset retained, Run run) {
    Answers.Parts parts = parts(retained);
    List<String> labels = models.unlearned().classifier().labels();
    return models.map(m -> parts.ask(d -> m.evaluate(d, run.progress()).under(labels)));
  }

  private Answers.Parts parts(Dataset retained) {
    return new Answers.Parts(split.forgetSet(), retained, unseen.test().orElse(null));
  }

  private AuditMeasurement measurement(ThreeModels<Answers> answers) {
    return new AuditMeasurement(answers, ScoreAttacks.ALL, known());
  }

  /** D_r, or a random sample of it where it is large. */
  static Dataset retained(ForgetSplit split, Run run) {
    int[] chosen = Batches.sample(split.retain().length, RETAINED, run.random("retained sample"));
    int[] at = Arrays.stream(chosen).map(i -> split.retain()[i]).sorted().toArray();
    return split.data().select(at);
  }

  /** The entity strings that are to be known, from all of D_r. */
  private Set<String> known() {
    if (split.data().task() != Task.NER) {
      return Set.of();
    }
    return EntityMentions.surfaces(
        () -> split.retainSet().examples().stream().map(TaggedSentence.class::cast).iterator());
  }

  private RunReport report(List<Row> rows, Verdict verdict, String out, Run run) {
    return new RunReport(
        "audit",
        Optional.empty(),
        models.unlearned().task().key(),
        run.seed(),
        new RunReport.Examples(
            split.forget().length,
            split.retain().length,
            0,
            unseen.test().map(Dataset::size).orElse(0),
            Optional.of(unseen.copies())),
        rows,
        RunReport.Seconds.NONE,
        verdict,
        Optional.of(out));
  }
}
