package io.github.deepcut.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.deepcut.TinyModels;
import io.github.deepcut.data.Sequence;
import io.github.deepcut.data.Task;
import io.github.deepcut.model.Prediction;
import io.github.deepcut.model.Predictor;
import io.github.deepcut.model.transformer.TextClassifier;
import io.github.deepcut.run.InputException;
import io.github.deepcut.run.Progress;
import io.github.deepcut.run.Run;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;

class TrainerTest {
  private static final List<String> LABELS = List.of("a", "b", "c");

  private static Recipe recipe(int epochs, double rate, int patience) {
    return new Recipe(epochs, 16, rate, 0.1, 0.01, 1, patience, 32, false, 1);
  }

  @Test
  void learnsWhatCanBeLearnt() {
    TextClassifier model = TinyModels.classifier(Task.CLASSIFY, LABELS, 1);
    List<Sequence> data = TinyModels.sentences(300, 3, 1);
    List<Sequence> test = TinyModels.sentences(200, 3, 2);
    Trainer.Trained trained = new Trainer(recipe(12, 5e-3, 0)).train(model, data, null, Run.of(1));
    assertThat(trained.steps()).isEqualTo(12 * 19);
    double right =
        new Predictor().predict(model, test).stream().filter(p -> p.best() == p.label()).count()
            / 200.0;
    assertThat(right).isGreaterThan(0.95);
  }

  @Test
  void sameSeedSameTensorsOtherSeedOthers() {
    assertThat(trainedWith(7)).isEqualTo(trainedWith(7)).isNotEqualTo(trainedWith(8));
  }

  private static int trainedWith(long seed) {
    TextClassifier model = TinyModels.classifier(Task.CLASSIFY, LABELS, 1);
    new Trainer(recipe(2, 1e-3, 0))
        .train(model, TinyModels.sentences(64, 3, 1), null, Run.of(seed));
    return TinyModels.bits(model.weights());
  }

  @Test
  void keepsTheBestEpochAndStopsWhenPatienceEnds() {
    TextClassifier model = TinyModels.classifier(Task.CLASSIFY, LABELS, 1);
    List<Integer> seen = new ArrayList<>();
    double[] scores = {1, 3, 2, 2, 9};
    Score score =
        m -> {
          seen.add(TinyModels.bits(m.weights()));
          return scores[seen.size() - 1];
        };
    Trainer.Trained trained =
        new Trainer(recipe(5, 1e-3, 2))
            .train(model, TinyModels.sentences(64, 3, 1), score, Run.of(1));
    assertThat(trained.epochs()).isEqualTo(4);
    assertThat(trained.bestScore()).isEqualTo(3);
    assertThat(TinyModels.bits(model.weights())).isEqualTo(seen.get(1));
  }

  @Test
  void theRateRisesAndFallsLinearly() {
    Recipe t = new Recipe(1, 1, 1.0, 0.2, 0, 0, 0, 32, false, 1);
    // 10 steps, 2 of them warm-up: 1/2, 2/2, then 8/8, 7/8, …
    assertThat(t.rate(0, 10)).isCloseTo(0.5, within(1e-12));
    assertThat(t.rate(1, 10)).isCloseTo(1, within(1e-12));
    assertThat(t.rate(2, 10)).isCloseTo(1, within(1e-12));
    assertThat(t.rate(9, 10)).isCloseTo(1 / 8.0, within(1e-12));
  }

  @Test
  void aLossThatIsNoNumberEndsTheRun() {
    TextClassifier model = TinyModels.classifier(Task.CLASSIFY, LABELS, 1);
    var weight = model.weights().get("classifier.weight");
    weight.fill_(new org.bytedeco.pytorch.Scalar(Double.NaN));
    assertThatThrownBy(
            () ->
                new Trainer(recipe(1, 1e-3, 0))
                    .train(model, TinyModels.sentences(16, 3, 1), null, Run.of(1)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("step 1: the loss is NaN; lower the learning rate (0.001)");
  }

  /** One step, whose loss is a number, and after it nothing is. */
  @Test
  void weightsThatTheLastStepRuinedEndTheRun() {
    TextClassifier model = TinyModels.classifier(Task.CLASSIFY, LABELS, 1);
    try (var scope = new PointerScope()) { // a place that no sentence reaches
      Tensor places = model.weights().get("bert.embeddings.position_embeddings.weight").detach();
      places.select(0, -1).fill_(new Scalar(1e33));
    }
    Recipe decaying = new Recipe(1, 16, 9, 0, 1e6, 0, 0, 32, false, 1); // 1e33 · (1 - 9e6)
    assertThatThrownBy(
            () ->
                new Trainer(decaying).train(model, TinyModels.sentences(16, 3, 1), null, Run.of(1)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageMatching(
            "step 1: tensor .* is not finite any more; lower the learning rate \\(9\\.0\\)");
  }

  @Test
  void aScoreThatIsNoNumberIsNoBestOne() {
    TextClassifier model = TinyModels.classifier(Task.CLASSIFY, LABELS, 1);
    double[] scores = {Double.NaN, 3, Double.NaN};
    List<Integer> seen = new ArrayList<>();
    Score score =
        m -> {
          seen.add(TinyModels.bits(m.weights()));
          return scores[seen.size() - 1];
        };
    Trainer.Trained trained =
        new Trainer(recipe(3, 1e-3, 0))
            .train(model, TinyModels.sentences(64, 3, 1), score, Run.of(1));
    assertThat(trained.bestScore()).isEqualTo(3);
    assertThat(TinyModels.bits(model.weights())).isEqualTo(seen.get(1));
  }

  @Test
  void batchesHoldEverySequenceOnceAndAreSortedWithin() {
    List<Sequence> data = TinyModels.sentences(103, 3, 1);
    List<List<Sequence>> batches = Batches.shuffled(data, 8, new SplittableRandom(1));
    assertThat(batches.stream().flatMap(List::stream)).containsExactlyInAnyOrderElementsOf(data);
    assertThat(batches).allSatisfy(b -> assertThat(b.size()).isLessThanOrEqualTo(8));
    int padded =
        batches.stream()
            .mapToInt(b -> b.size() * b.stream().mapToInt(s -> s.ids().length).max().orElseThrow())
            .sum();
    int real = data.stream().mapToInt(s -> s.ids().length).sum();
    assertThat(real / (double) padded).isGreaterThan(0.9);
  }

  @Test
  void samplesAreDifferentAndAllWhenThereAreFew() {
    assertThat(Arrays.stream(Batches.sample(10, 4, new SplittableRandom(3))).distinct()).hasSize(4);
    assertThat(Batches.sample(3, 9, new SplittableRandom(3))).containsExactlyInAnyOrder(0, 1, 2);
  }

  @Test
  void bf16MovesPredictionsByItsRoundingAndTheTokensPerSecondAreTold() {
    TextClassifier model = TinyModels.classifier(Task.NER, List.of("O", "B-X"), 1);
    List<Sequence> data = TinyModels.tagged(40, 1, 1);
    List<String> notes = new ArrayList<>();
    Progress listening = listening(notes);
    List<Prediction> full = new Predictor(64, listening).predict(model, data);
    List<Prediction> half =
        new Predictor(64, true, Progress.silent(), InstantSource.system()).predict(model, data);
    double most = 0;
    for (int i = 0; i < full.size(); i++) {
      most =
          Math.max(
              most,
              Math.abs(full.get(i).logProbabilities()[0] - half.get(i).logProbabilities()[0]));
    }
    assertThat(most).isGreaterThan(0).isLessThan(0.05); // 8 bits of mantissa: 2^-8 = .004 a product
    assertThat(notes).hasSize(40).allMatch(note -> note.matches("[1-9]\\d* tokens/s"));
  }

  private static Progress listening(List<String> notes) {
    return new Progress() {
      @Override
      public Stage stage(String name, long total) {
        return new Stage() {
          @Override
          public void step(String note) {
            notes.add(note);
          }

          @Override
          public void close() {}
        };
      }

      @Override
      public void say(String line) {}
    };
  }

  @Test
  void predictionsKeepTheOrderOfExamplesAndWords() {
    TextClassifier model = TinyModels.classifier(Task.NER, List.of("O", "B-X"), 1);
    List<Sequence> data = TinyModels.tagged(40, 1, 1);
    List<Prediction> all = new Predictor(64, Progress.silent()).predict(model, data);
    int next = 0;
    for (Sequence s : data) {
      for (int w : s.words()) {
        Prediction p = all.get(next++);
        assertThat(p.example()).isEqualTo(s.example());
        assertThat(p.word()).isEqualTo(w);
        assertThat(p.label()).isEqualTo(s.labels()[w]);
        double sum = 0;
        for (float l : p.logProbabilities()) {
          sum += Math.exp(l);
        }
        assertThat(sum).isCloseTo(1, within(1e-5));
      }
    }
    assertThat(all).hasSize(next);
  }

  @Test
  void recipesSayWhichValueIsWrong() {
    assertThatThrownBy(() -> recipe(0, 1e-3, 0))
        .isInstanceOf(InputException.class)
        .hasMessage("epochs is 0, expected >= 1");
    assertThatThrownBy(() -> recipe(1, -1, 0))
        .isInstanceOf(InputException.class)
        .hasMessage("learning rate is -1.0, expected > 0 and < 10");
  }
}
