package io.github.deepcut;

import io.github.deepcut.audit.Answers;
import io.github.deepcut.data.Dataset;
import io.github.deepcut.data.ForgetSplit;
import io.github.deepcut.data.Input;
import io.github.deepcut.data.Unseen;
import io.github.deepcut.examination.Latent;
import io.github.deepcut.examination.LatentPicture;
import io.github.deepcut.model.Classifier;
import io.github.deepcut.model.folder.StoredTypes;
import io.github.deepcut.record.ModelRecord;
import io.github.deepcut.record.UnlearningRecord;
import io.github.deepcut.report.Measurement;
import io.github.deepcut.report.Row;
import io.github.deepcut.report.RunReport;
import io.github.deepcut.report.Same;
import io.github.deepcut.report.VerdictRule;
import io.github.deepcut.run.InputException;
import io.github.deepcut.run.Progress;
import io.github.deepcut.run.Run;
import io.github.deepcut.sibling.known.KnownSiblings;
import io.github.deepcut.stop.AsWritten;
import io.github.deepcut.stop.Stop;
import io.github.deepcut.stop.StopRules;
import io.github.deepcut.stop.Watched;
import io.github.deepcut.tensor.Weights;
import io.github.deepcut.unlearn.MethodSettings;
import io.github.deepcut.unlearn.StopRule;
import io.github.deepcut.unlearn.Training;
import io.github.deepcut.unlearn.UnlearningData;
import io.github.deepcut.unlearn.UnlearningMethod;
import io.github.deepcut.unlearn.UnlearningMethod.Unlearned;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;

/**
 * Takes samples back out of a fine-tuned model, and measures how near that comes to retraining.
 *
 * @param model the original; it is read, never changed
 * @param split what to forget and what to retain of its training data
 * @param unseen D_v and D_t without copies of what is to be forgotten
 * @param siblings what models say of D_f and D_v that never saw them, where that is known
 */
public record Erasure(
    FineTunedModel model, ForgetSplit split, Unseen unseen, Optional<KnownSiblings> siblings) {

  /**
   * An erasure without siblings.
   *
   * @param model the original; it is read, never changed
   * @param split what to forget and what to retain of its training data
   * @param unseen D_v and D_t without copies of what is to be forgotten
   */
  public Erasure(FineTunedModel model, ForgetSplit split, Unseen unseen) {
    this(model, split, unseen, Optional.empty());
  }

  /**
   * {@return this erasure with what siblings say}
   *
   * @param known what they are and what they say
   */
  public Erasure with(KnownSiblings known) {
    return new Erasure(model, split, unseen, Optional.of(known));
  }

  /**
   * Leaves copies of D_f out of the held-out and the test data.
   *
   * @param model the original; it is read, never changed
   * @param split what to forget and what to retain of its training data
   * @param heldOut D_v, never trained on, for calibration and stopping
   * @param test D_t, for the measurement alone
   * @throws InputException where the test data hold much of D_f: see {@link Unseen#of}
   */
  public Erasure(FineTunedModel model, ForgetSplit split, Dataset heldOut, Dataset test) {
    this(model, split, Unseen.of(split, Optional.of(heldOut), Optional.of(test)));
  }

  /**
   * An erasure without test data: its measurement tells nothing of unseen examples.
   *
   * @param model the original; it is read, never changed
   * @param split what to forget and what to retain of its training data
   * @param heldOut D_v, never trained on, for calibration and stopping
   */
  public Erasure(FineTunedModel model, ForgetSplit split, Dataset heldOut) {
    this(model, split, Unseen.of(split, Optional.of(heldOut), Optional.empty()));
  }

  /**
   * {@return a method as it is set up for this request, and when it is to stop}
   *
   * @param name on the command line, such as {@code deepcut}
   * @param settings that differ from the defaults, by their keys: see {@link Methods#create}
   * @throws InputException if the method, a key or a value is not known
   */
  public Methods.Choice method(String name, Map<String, String> settings) {
    return Methods.create(name, model.task(), !split.forgottenClasses().isEmpty(), settings);
  }

  /**
   * Unlearns on a copy of the weights. What comes out is the model as it will be written, its
   * weights rounded to the types of the folder, and it is that model that all figures are of.
   *
   * @param method what to unlearn by, set up
   * @param stop the stop rule, by its name
   * @param run for its seed, its clock and its checkpoints
   * @return the unlearned model, to be closed
   * @throws InputException if there is no such stop rule
   */
  public Erased unlearn(UnlearningMethod method, Stop stop, Run run) {
    return unlearn(method, stop.key(), sets -> rules().rule(stop, sets, run), run);
  }

  /**
   * Unlearns on a copy of the weights under a stop rule of one's own, which the record calls by
   * {@code name}.
   *
   * @param method what to unlearn by, set up
   * @param name as {@code deepcut.json} tells it; a certificate of it cannot be replayed
   * @param rule a new one, for it serves one run
   * @param run for its seed, its clock and its checkpoints
   * @return the unlearned model, to be closed
   */
  public Erased unlearn(UnlearningMethod method, String name, StopRule rule, Run run) {
    return unlearn(method, name, sets -> rule, run);
  }

  /**
   * Unlearns on a copy of the weights, and notes where that takes the forgotten samples.
   *
   * @param method what to unlearn by, set up
   * @param stop the stop rule, by its name
   * @param run for its seed, its clock and its checkpoints
   * @param passes is given the embeddings (rows, H) of some of D_f before unlearning and after each
   *     pass, up to the pass that is kept: see {@link Audit}
   * @return the unlearned model, to be closed
   * @throws InputException if there is no such stop rule
   */
  public Erased unlearn(UnlearningMethod method, Stop stop, Run run, List<double[][]> passes) {
    Dataset some = Latent.some(split.forgetSet(), LatentPicture.FORGOTTEN, run);
    Erased erased =
        unlearn(
            method,
            stop.key(),
            sets ->
                new Watched<>(
                    rules().rule(stop, sets, run), m -> Latent.of(model, m, some), passes),
            run);
    while (passes.size() > erased.how().passes() + 1) {
      passes.remove(passes.size() - 1);
    }
    return erased;
  }

  private Erased unlearn(
      UnlearningMethod method, String stop, Function<UnlearningData, StopRule> rule, Run run) {
    if (model.isEnsemble()) {
      throw new InputException(
          "%s is an ensemble, and %s changes one model: use the method sisa"
              .formatted(model.folder().path(), method.name()));
    }
    Instant start = run.clock().instant();
    Weights copy = model.classifier().weights().copy();
    Classifier unlearned = model.classifier().withWeights(copy);
    UnlearningData sets =
        new UnlearningData(
            model.encode(split.forgetSet()),
            model.encodeLazily(split.retainSet()),
            unseen.heldOut().<List<? extends Input>>map(model::encodeLazily).orElse(List.of()),
            model.adaptiveRate(),
            model.record().map(r -> r.recipe().bf16()).orElse(false),
            Optional.of(model.classifier()),
            () -> start(run),
            siblings.map(KnownSiblings::losses));
    StoredTypes types = model.folder().types();
    try {
      StopRule judge = AsWritten.of(rule.apply(sets), types);
      Unlearned how = method.unlearn(unlearned, sets, judge, run);
      types.round(copy);
      return new Erased(unlearned, how, run.since(start), model, record(method, stop, how, run));
    } catch (RuntimeException e) {
      copy.close();
      throw e;
    }
  }

  /**
   * {@return what {@code deepcut.json} is to say of an unlearning}
   *
   * @param method what was unlearned by, set up
   * @param stop the stop rule, by its name
   * @param how what the method said of its run
   * @param run for its seed
   */
  public UnlearningRecord record(UnlearningMethod method, Stop stop, Unlearned how, Run run) {
    return record(method, stop.key(), how, run);
  }

  private UnlearningRecord record(UnlearningMethod method, String stop, Unlearned how, Run run) {
    return new UnlearningRecord(
        method.name(),
        Map.of(),
        MethodSettings.tree(method),
        stop,
        run.seed(),
        null,
        null,
        split.forget().length,
        split.retain().length,
        how.passes(),
        how.steps(),
        how.stoppedBy(),
        siblings
            .filter(s -> method.asksSiblings(s.losses().fit()))
            .map(KnownSiblings::which)
            .orElse(null));
  }

  private Training.Start start(Run run) {
    FineTuning how = FineTuning.of(model);
    Classifier untrained =
        how.untrained(split.retainSet(), model.classifier().labels(), run.on(model.device()));
    return new Training.Start(untrained, how.recipe());
  }

  private StopRules rules() {
    return new StopRules(model, split, unseen.heldOut(), split.forgottenClasses());
  }

  /**
   * {@return the parts of the data to ask models about; of D_r a random sample where it is large}
   *
   * @param run for its random streams
   */
  public Answers.Parts parts(Run run) {
    return new Answers.Parts(
        split.forgetSet(), Audit.retained(split, run), unseen.test().orElse(null));
  }

  /**
   * Measures an unlearned model beside the original, and a retrained one where there is one.
   *
   * @param erased by this erasure
   * @param retrained a model trained without D_f
   * @param run for its random streams
   * @return a row for each metric
   */
  public List<Row> measure(Erased erased, Optional<? extends Reference> retrained, Run run) {
    Answers.Parts parts = parts(run);
    Answers original = parts.ask(data -> model.evaluate(data, Progress.silent()));
    Answers reference = retrained.map(r -> parts.ask(r::evaluate)).orElse(null);
    return new Measurement(original, reference, null, split.forgottenClasses())
        .rows(parts.ask(erased::evaluate), run.random("bootstrap"));
  }

  /**
   * {@return the report of a run, with its verdict}
   *
   * @param header what the run says of itself besides its figures
   * @param erased by this erasure
   * @param rows as it was measured
   * @param run for its seed
   */
  public RunReport report(RunReport.Header header, Erased erased, List<Row> rows, Run run) {
    Unlearned how = erased.how();
    boolean asked = erased.record().siblings() != null;
    Same same = new Same(erased.isOriginal(), false); // of the retrained one only answers are known
    return new RunReport(
        header.command(),
        Optional.of(
            new RunReport.How(
                header.method(),
                how.passes(),
                how.steps(),
                how.stoppedBy(),
                siblings.map(s -> s.reported(asked)))),
        model.task().key(),
        run.seed(),
        RunReport.Examples.of(split, unseen),
        rows,
        new RunReport.Seconds(
            OptionalDouble.of(erased.took().toMillis() / 1000.0),
            model.record().stream().mapToDouble(ModelRecord::seconds).findFirst(),
            header.retrainSeconds(),
            header.indexSeconds()),
        VerdictRule.DEFAULT.judge(rows, same),
        header.out().map(Path::toString));
  }
}
