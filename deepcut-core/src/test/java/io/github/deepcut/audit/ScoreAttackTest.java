package io.github.deepcut.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.deepcut.data.Dataset;
import io.github.deepcut.data.TaggedSentence;
import io.github.deepcut.data.Task;
import io.github.deepcut.model.Prediction;
import io.github.deepcut.stats.ClopperPearson;
import io.github.deepcut.stats.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ScoreAttackTest {
  private static Prediction item(int label, double... p) {
    return word(0, label, p);
  }

  private static Prediction word(int word, int label, double... p) {
    float[] log = new float[p.length];
    IntStream.range(0, p.length).forEach(c -> log[c] = (float) Math.log(p[c]));
    return new Prediction(0, word, label, log);
  }

  private static void score(ScoreAttack attack, Prediction item, double expected) {
    assertThat(attack.score(item)).as(attack.name()).isCloseTo(expected, within(1e-6));
  }

  @Test
  void scoresOfOneAnswer() {
    Prediction p = item(0, 0.2, 0.5, 0.3);
    score(new LossScore(), p, Math.log(0.2));
    score(new ConfidenceScore(), p, Math.log(0.5));
    score(new MarginScore(), p, Math.log(0.2) - Math.log(0.5));
    score(new EntropyScore(), p, 0.2 * Math.log(0.2) + 0.5 * Math.log(0.5) + 0.3 * Math.log(0.3));
    // (1 - .2) log .2 + .5 log(1 - .5) + .3 log(1 - .3)
    score(
        new ModifiedEntropyScore(),
        p,
        0.8 * Math.log(0.2) + 0.5 * Math.log(0.5) + 0.3 * Math.log(0.7));
  }

  @Test
  void sureAnswersStayNumbers() {
    for (ScoreAttack attack : ScoreAttacks.ALL) {
      double right = attack.score(item(0, 1.0, 1e-30));
      double wrong = attack.score(item(1, 1.0, 1e-30));
      assertThat(right).as(attack.name()).isNotNaN().isGreaterThanOrEqualTo(wrong);
    }
    assertThat(new ModifiedEntropyScore().score(item(1, 1.0, 1e-30))).isLessThan(-20);
  }

  @Test
  void theLossScoreIsTheLossAttack() {
    List<Sample> forget = samples("f", 0.9, 0.4, 0.8);
    List<Sample> unseen = samples("t", 0.5, 0.6);
    // of six pairs .9 and .8 win two each, .4 none: 4 of 6
    assertThat(new LossScore().against(forget, unseen).auc().number()).hasValue(4 / 6.0);
    assertThat(new LossScore().against(forget, unseen).unseen()).isEqualTo(2);
  }

  @Test
  void lowFalseAlarmRatesNeedManyUnseenSamples() {
    List<Sample> forget = samples("f", 0.99, 0.5, 0.98, 0.4);
    List<Sample> unseen = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      unseen.addAll(samples("t" + i, i == 0 ? 0.985 : 0.6));
    }
    LossAttack attack = new LossScore().against(forget, unseen);
    // at 1 % one of 100 may be suspected: those above .6 are, .99 and .98 among them
    Value tpr = TprAtFpr.of(attack, 0.01);
    assertThat(tpr.number()).hasValue(0.5);
    assertThat(tpr.interval()).contains(ClopperPearson.interval(2, 4));
    assertThat(TprAtFpr.of(attack, 0.001))
        .isEqualTo(
            Value.undefined(
                "a false-alarm rate of 0.001 needs 1000 class-matched samples never seen, found 100",
                4));
  }

  @Test
  void mentionsAndEntityStrings() {
    List<String> tags = List.of("B-NAME", "I-NAME", "O", "B-NAME");
    Dataset data =
        new Dataset(
            Task.NER,
            "memory",
            List.of(
                new TaggedSentence("a", List.of("Ana", "Roe", "met", "Bo"), tags),
                new TaggedSentence("b", List.of("Ana", "Roe", "met", "Cy"), tags)));
    List<Prediction> words =
        IntStream.range(0, 4).mapToObj(w -> word(w, 0, 0.1 * (w + 1), 1 - 0.1 * (w + 1))).toList();
    Evaluation answers = new Evaluation(data, List.of("x", "y"), List.of(words, words));
    List<Sample> mentions = EntityMentions.each(answers);
    assertThat(mentions).extracting(Sample::id).containsExactly("a#0", "a#3", "b#0", "b#3");
    assertThat(mentions.get(0).items()).isEqualTo(words.subList(0, 2));
    assertThat(mentions.get(1).stratum()).isEqualTo("NAME");
    List<Sample> strings = EntityMentions.strings(answers, Set.of("Cy"));
    assertThat(strings).extracting(Sample::id).containsExactly("a#0", "a#3");
    assertThat(strings.get(0).items()).hasSize(4);
  }

  private static List<Sample> samples(String id, double... p) {
    List<Sample> out = new ArrayList<>();
    for (double x : p) {
      out.add(new Sample(id + out.size(), "c", List.of(item(0, x, 1 - x))));
    }
    return out;
  }
}
