package io.github.deepcut.stop;

import io.github.deepcut.audit.Evaluation;
import io.github.deepcut.data.Dataset;
import io.github.deepcut.data.ForgetSplit;
import io.github.deepcut.data.Input;
import io.github.deepcut.examination.Examinee;
import io.github.deepcut.model.Classifier;
import io.github.deepcut.model.Predictor;
import io.github.deepcut.run.Run;
import io.github.deepcut.train.Batches;
import io.github.deepcut.unlearn.StopRule;
import io.github.deepcut.unlearn.UnlearningData;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * The rules that an erasure may stop by.
 *
 * @param model the original, by whose encoding examples become input
 * @param split D_f and D_r
 * @param heldOut D_v; without it there is no rule of ours
 * @param lost the classes that are forgotten whole
 */
public record StopRules(
    Examinee model, ForgetSplit split, Optional<Dataset> heldOut, Set<String> lost) {
  /** Most held-out examples, and most retained ones, that a rule looks at after each pass. */
  private static final int SAMPLE = 500;

  /** Most held-out examples of a lost class that a rule looks at within a pass. */
  private static final int ASKED_WITHIN = 100;

  /**
   * Steps between two such looks: a hundred forward passes to five steps on some hundred examples
   * each, forwards and backwards.
   */
  private static final int EVERY = 5;

  /**
   * {@return a new rule for one run}
   *
   * @param stop its name
   * @param data the encoded rows of the same request
   * @param run for its random streams
   * @throws io.github.deepcut.run.InputException if there is none of that name
   */
  public StopRule rule(Stop stop, UnlearningData data, Run run) {
    StopRuleProvider found = Stops.found().get(Stops.named(stop.key()).key());
    return found == null ? ours(stop, data, run) : found.rule(questions(data, run));
  }

  private StopRule ours(Stop stop, UnlearningData data, Run run) {
    if (stop.equals(Stop.NEVER) || heldOut.isEmpty()) {
      return StopRule.never();
    }
    Dataset all = heldOut.get();
    int[] ofClass = stop.equals(Stop.INDISTINGUISHABLE) ? new int[0] : ofLostClasses(all);
    if (ofClass.length > 0) {
      Dataset unseen = all.select(ofClass);
      Function<Classifier, Evaluation> whole = evaluation(unseen, model.encode(unseen));
      if (stop.equals(Stop.PAPER)) {
        return new ClassRule(whole);
      }
      Dataset few =
          unseen.select(Batches.sample(unseen.size(), ASKED_WITHIN, run.random("stop rule")));
      return new LostClass(evaluation(few, model.encode(few)), whole, EVERY);
    }
    Function<Classifier, Evaluation> forgotten = evaluation(split.forgetSet(), data.forget());
    Function<Classifier, Evaluation> unseen = some(all, run.random("stop rule"));
    return stop.equals(Stop.INDISTINGUISHABLE)
        ? new Indistinguishable(forgotten, unseen)
        : new PaperRule(forgotten, unseen);
  }

  private StopRuleProvider.Questions questions(UnlearningData data, Run run) {
    return new StopRuleProvider.Questions(
        evaluation(split.forgetSet(), data.forget()),
        some(split.retainSet(), run.random("stop rule, retained")),
        heldOut.map(held -> some(held, run.random("stop rule"))),
        lost,
        run);
  }

  private Function<Classifier, Evaluation> some(Dataset all, SplittableRandom random) {
    Dataset sample = all.select(Batches.sample(all.size(), SAMPLE, random));
    return evaluation(sample, model.encode(sample));
  }

  /** Held-out samples of the classes that are forgotten whole; none where others are forgotten. */
  private int[] ofLostClasses(Dataset all) {
    return IntStream.range(0, all.size())
        .filter(i -> all.labels(i).stream().anyMatch(lost::contains))
        .toArray();
  }

  private static Function<Classifier, Evaluation> evaluation(
      Dataset data, List<? extends Input> rows) {
    return m -> Evaluation.of(m, data, rows, new Predictor());
  }
}
