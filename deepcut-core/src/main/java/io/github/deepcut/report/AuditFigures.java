package io.github.deepcut.report;

import io.github.deepcut.audit.Answers;
import io.github.deepcut.audit.LossAttack;
import io.github.deepcut.audit.Scored;
import io.github.deepcut.audit.TprAtFpr;
import io.github.deepcut.data.Example;
import io.github.deepcut.data.LabeledText;
import io.github.deepcut.data.TaggedSentence;
import io.github.deepcut.report.AuditReport.Figures;
import io.github.deepcut.report.figure.LossHistograms;
import io.github.deepcut.report.figure.LossHistograms.Losses;
import io.github.deepcut.report.figure.ModelRole;
import io.github.deepcut.report.figure.Part;
import io.github.deepcut.report.figure.Projection;
import io.github.deepcut.report.figure.Relearning;
import io.github.deepcut.report.figure.Remembered;
import io.github.deepcut.report.figure.RocCurve;
import io.github.deepcut.stats.Bootstrap;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What a report draws of the models' answers alone. */
public record AuditFigures(ThreeModels<Answers> answers) {
  private static final int WORST = 20;
  private static final int ROC_POINTS = 40;
  private static final String NO_UNSEEN =
      "There are no samples that no model was trained on; --eval names them.";

  /** With what has to be drawn from the models themselves. */
  public Figures all(
      Part<Projection> projection, Part<Relearning> relearning, Bootstrap bootstrap) {
    return new Figures(
        losses(),
        roc(bootstrap),
        projection,
        new ClassGaps(answers, bootstrap).found(),
        relearning,
        worst());
  }

  /** Losses of forgotten samples, and of unseen ones of their classes. */
  public Part<LossHistograms> losses() {
    if (answers.unlearned().test() == null) {
      return Part.missing(NO_UNSEEN);
    }
    Set<String> classes =
        answers.unlearned().forget().scored().stream()
            .map(Scored::stratum)
            .collect(Collectors.toSet());
    return Part.of(
        LossHistograms.of(
            each(
                (which, a) ->
                    new Losses(
                        which,
                        a.forget().losses(),
                        a.test().scored().stream()
                            .filter(s -> classes.contains(s.stratum()))
                            .mapToDouble(Scored::loss)
                            .toArray()))));
  }

  /** The attack by loss, at rates of equal steps on a logarithmic axis. */
  public Part<List<RocCurve>> roc(Bootstrap bootstrap) {
    if (answers.unlearned().test() == null) {
      return Part.missing(NO_UNSEEN);
    }
    LossAttack audited = answers.unlearned().attack();
    if (audited.compared() == 0 || audited.unseen() < 2) {
      return Part.missing("Too few unseen samples are of the classes of the forgotten ones.");
    }
    return Part.of(each((which, a) -> roc(which, a.attack(), bootstrap)));
  }

  private static RocCurve roc(ModelRole which, LossAttack attack, Bootstrap bootstrap) {
    List<RocCurve.Point> points =
        IntStream.rangeClosed(0, ROC_POINTS)
            .mapToDouble(i -> Math.pow(attack.unseen(), (double) i / ROC_POINTS - 1))
            .mapToObj(fpr -> new RocCurve.Point(fpr, TprAtFpr.of(attack, fpr)))
            .toList();
    return new RocCurve(which, attack.auc(bootstrap), attack.unseen(), points);
  }

  /** The forgotten samples that look most known, with their texts. */
  public Part<List<Remembered>> worst() {
    if (answers.unlearned().test() == null) {
      return Part.missing(NO_UNSEEN);
    }
    List<Scored> forget = answers.unlearned().forget().scored();
    ThreeModels<double[]> losses = answers.map(a -> a.forget().losses());
    List<Scored> unseen = answers.unlearned().test().scored();
    return Part.of(
        IntStream.range(0, forget.size())
            .mapToObj(i -> remembered(i, forget.get(i), losses, unseen))
            .sorted(
                Comparator.comparingDouble((Remembered r) -> -r.above())
                    .thenComparingDouble(Remembered::unlearned))
            .limit(WORST)
            .toList());
  }

  private Remembered remembered(
      int i, Scored sample, ThreeModels<double[]> losses, List<Scored> unseen) {
    List<Scored> same = unseen.stream().filter(s -> s.stratum().equals(sample.stratum())).toList();
    List<Scored> others = same.isEmpty() ? unseen : same;
    long above = others.stream().filter(s -> s.loss() > sample.loss()).count();
    ThreeModels<Double> loss = losses.map(l -> l[i]);
    return new Remembered(
        sample.id(),
        sample.stratum(),
        text(answers.unlearned().forget().data().examples().get(i)),
        loss.original().orElse(null),
        loss.unlearned(),
        loss.retrained().orElse(null),
        others.isEmpty() ? 0 : (double) above / others.size());
  }

  private static String text(Example example) {
    if (example instanceof LabeledText text) {
      return text.pair() == null ? text.text() : text.text() + " | " + text.pair();
    }
    return example instanceof TaggedSentence sentence ? String.join(" ", sentence.words()) : null;
  }

  private <T> List<T> each(BiFunction<ModelRole, Answers, T> f) {
    return Stream.of(ModelRole.values())
        .flatMap(which -> answers.of(which).map(a -> f.apply(which, a)).stream())
        .toList();
  }
}
