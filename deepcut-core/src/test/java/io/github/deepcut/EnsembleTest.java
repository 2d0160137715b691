package io.github.deepcut;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.deepcut.certificate.FolderHashes;
import io.github.deepcut.data.Dataset;
import io.github.deepcut.data.Example;
import io.github.deepcut.data.LabeledText;
import io.github.deepcut.data.Task;
import io.github.deepcut.model.Classifier;
import io.github.deepcut.model.Ensemble;
import io.github.deepcut.model.Prediction;
import io.github.deepcut.model.Predictor;
import io.github.deepcut.record.ModelRecord;
import io.github.deepcut.record.ShardPlan;
import io.github.deepcut.run.InputException;
import io.github.deepcut.run.Progress;
import io.github.deepcut.train.Recipe;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Ensembles in shards and slices: how they are trained, answer, and forget. */
class EnsembleTest extends TinyEnsembles {

  @Test
  void everyRowIsInOneSliceAndAllAreAboutAsLarge() {
    ShardPlan plan = plan(Task.CLASSIFY, 5, 3);
    List<List<String>> slices = plan.shards().stream().flatMap(List::stream).toList();
    assertThat(slices).hasSize(15).allMatch(s -> s.size() == 2 || s.size() == 3); // 36 / 15 = 2.4
    assertThat(slices.stream().flatMap(List::stream))
        .containsExactlyInAnyOrderElementsOf(
            IntStream.range(0, ROWS).mapToObj(i -> "row-" + i).toList());
    assertThat(plan(Task.CLASSIFY, 5, 3)).isEqualTo(plan);
    Recipe other = TEXTS.withSeed(2);
    assertThat(ShardPlan.of(data(Task.CLASSIFY), base(Task.CLASSIFY), other, 5, 3).shards())
        .isNotEqualTo(plan.shards());
  }

  @Test
  void theEpochsAreSharedOutSoThatTheWorkIsThatOfOneTraining() {
    // 2 * 3 / (4 + 1) = 1.2 an epoch: up to each slice 1.2, 2.4, 3.6, 4.8, rounded 1, 2, 4, 5
    assertThat(epochs(3, 4)).containsExactly(1, 1, 2, 1);
    // 2 * 10 / 5 = 4, and 4 * (1/4 + 2/4 + 3/4 + 4/4) = 10
    assertThat(epochs(10, 4)).containsExactly(4, 4, 4, 4);
    assertThat(epochs(7, 1)).containsExactly(7);
    assertThatThrownBy(() -> epochs(2, 4))
        .isInstanceOf(InputException.class)
        .hasMessage("epochs is 2, expected >= 3: they are shared out among 4 slices");
  }

  private List<Integer> epochs(int epochs, int slices) {
    Task task = Task.CLASSIFY;
    ShardPlan plan = ShardPlan.of(data(task), base(task), TEXTS.withEpochs(epochs), 2, slices);
    return IntStream.rangeClosed(1, slices).mapToObj(s -> plan.recipe(1, s).epochs()).toList();
  }

  @Test
  void anEnsembleAnswersWithTheMeanOfItsModels() {
    List<String> labels = List.of("a", "b", "c");
    List<Classifier> two =
        List.of(
            TinyModels.classifier(Task.CLASSIFY, labels, 1),
            TinyModels.classifier(Task.CLASSIFY, labels, 2));
    var rows = TinyModels.sentences(9, 3, 4);
    List<List<Prediction>> said = two.stream().map(m -> new Predictor().predict(m, rows)).toList();
    Ensemble both = Ensemble.of(two);
    List<Prediction> mean = new Predictor().predict(both, rows);
    Classifier copied = both.withWeights(both.weights().copy());
    List<Prediction> again = new Predictor().predict(copied, rows);
    for (int i = 0; i < rows.size(); i++) {
      assertThat(again.get(i).logProbabilities()).isEqualTo(mean.get(i).logProbabilities());
      for (int c = 0; c < 3; c++) {
        double first = Math.exp(said.get(0).get(i).logProbabilities()[c]);
        double second = Math.exp(said.get(1).get(i).logProbabilities()[c]);
        assertThat(Math.exp(mean.get(i).logProbabilities()[c]))
            .isCloseTo((first + second) / 2, within(1e-6));
      }
    }
    copied.weights().close();
    both.weights().close();
  }

  @Test
  void modelsOfOtherLabelsDoNotAnswerTogether() {
    List<Classifier> two =
        List.of(
            TinyModels.classifier(Task.CLASSIFY, List.of("a", "b"), 1),
            TinyModels.classifier(Task.CLASSIFY, List.of("a", "c"), 1));
    assertThatThrownBy(() -> Ensemble.of(two))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("must agree");
  }

  /** The last slice of the first shard and the second slice of the third have each a row to go. */
  @ParameterizedTest
  @EnumSource(Task.class)
  void unlearningIsTrainingWithoutTheRows(Task task) throws IOException {
    Dataset data = data(task);
    ShardPlan plan = plan(task, 3, 3);
    Path original = train("original", plan, data);
    Set<String> forget =
        Set.of(plan.shards().get(0).get(2).get(1), plan.shards().get(2).get(1).get(0));
    Path unlearned = unlearn(original, "unlearned", data, forget);
    Path retrained = train("retrained", plan.without(forget), without(data, forget));

    assertThat(ShardPlan.read(unlearned)).isEqualTo(ShardPlan.read(retrained));
    assertThat(tensors(unlearned)).isNotEmpty().isEqualTo(tensors(retrained));

    try (FineTunedModel model = FineTunedModel.open(unlearned)) {
      assertThat(model.isEnsemble()).isTrue();
      assertThat(model.task()).isEqualTo(task);
      assertThat(model.evaluate(data, Progress.silent()).losses()).hasSize(ROWS).doesNotContain(0);
    }

    Map<String, String> before = FolderHashes.of(original).hashes();
    Map<String, String> after = FolderHashes.of(unlearned).hashes();
    Set<String> changed =
        before.keySet().stream()
            .filter(f -> f.contains("/") && !before.get(f).equals(after.get(f)))
            .map(f -> f.substring(0, "shard-1/slice-1".length()))
            .collect(Collectors.toSet());
    assertThat(changed)
        .containsExactlyInAnyOrder("shard-1/slice-3", "shard-3/slice-2", "shard-3/slice-3");
    assertThat(ModelRecord.read(unlearned).orElseThrow().unlearning().stoppedBy())
        .isEqualTo("the end of training 2 of 3 shards again");
    assertThat(Files.readString(unlearned.resolve("shard-3/slice-2/deepcut.json")))
        .contains(unlearned.resolve("shard-3/slice-1").toString())
        .doesNotContain(".tmp-");
  }

  @Test
  void rowsGoOneRequestAfterTheOther() throws IOException {
    Dataset data = data(Task.CLASSIFY);
    ShardPlan plan = plan(Task.CLASSIFY, 2, 2);
    Set<String> first = Set.copyOf(plan.shards().get(0).get(0)); // a whole slice
    Set<String> second = Set.of(plan.shards().get(0).get(1).get(3));
    Path original = train("original", plan, data);
    Path once = unlearn(original, "once", data, first);
    assertThat(once.resolve("shard-1/slice-1")).doesNotExist();
    Path twice = unlearn(once, "twice", data, second);
    ShardPlan left = plan.without(first).without(second);
    Path retrained = train("retrained", left, without(without(data, first), second));
    assertThat(tensors(twice)).isNotEmpty().isEqualTo(tensors(retrained));
    assertThatThrownBy(() -> unlearn(twice, "thrice", data, second))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("holds 0 of the rows to forget");
  }

  @Test
  void whatCannotBeUnlearnedIsRefused() throws IOException {
    Dataset data = data(Task.CLASSIFY);
    ShardPlan plan = plan(Task.CLASSIFY, 4, 1);
    Path original = train("original", plan, data);
    List<String> shard = plan.shards().get(1).get(0);
    refused(() -> unlearn(original, "x", data, Set.copyOf(shard)), "a shard holds no rows");
    Set<String> one = Set.of(shard.get(0));
    Dataset less = without(data, Set.of(shard.get(1)));
    refused(
        () -> unlearn(original, "x", less, one),
        "data lacks 1 rows of shard 2, among them " + shard.get(1));
    Files.writeString(folder.resolve("base/more.txt"), "more");
    refused(() -> unlearn(original, "x", data, one), "has changed since");
    assertThat(folder.resolve("x")).doesNotExist();
  }

  /** Row 0 of slice 2 needs the checkpoint of slice 1, and not the base. */
  @Test
  void onlyWhatIsNeededMustBeThere() throws IOException {
    Dataset data = data(Task.CLASSIFY);
    ShardPlan plan = plan(Task.CLASSIFY, 2, 2);
    Path original = train("original", plan, data);
    Set<String> one = Set.of(plan.shards().get(0).get(1).get(0));
    Files.move(folder.resolve("base"), folder.resolve("gone"));
    Path unlearned = unlearn(original, "unlearned", data, one);
    assertThat(unlearned.resolve("shard-1/slice-2/model.safetensors")).isNotEmptyFile();
    refused(
        () -> unlearn(original, "x", data, Set.of(plan.shards().get(0).get(0).get(0))),
        "which is no folder here");
    Files.move(original.resolve("shard-1/slice-1"), original.resolve("shard-1/slice-x"));
    refused(
        () -> unlearn(original, "x", data, one),
        "shard-1/slice-1: a model folder is needed: no such directory");
    assertThat(folder.resolve("x")).doesNotExist();
  }

  @Test
  void positionsNameRowsOfTheSameFileAlone() throws IOException {
    Dataset numbered =
        new Dataset(
            Task.CLASSIFY,
            "data",
            IntStream.range(0, ROWS)
                .<Example>mapToObj(i -> new LabeledText("" + i, "w" + i, null, "label" + i % 2))
                .toList());
    ShardPlan plan = ShardPlan.of(numbered, base(Task.CLASSIFY), TEXTS, 2, 1);
    Path original = train("original", plan, numbered);
    Files.writeString(file, "other rows");
    refused(() -> unlearn(original, "x", numbered, Set.of("3")), "its rows bring no ids");
  }

  @Test
  void aDamagedFolderSaysWhatIsWrong() throws IOException {
    Path whole = train("whole", plan(Task.CLASSIFY, 2, 1), data(Task.CLASSIFY));
    Path manifest = whole.resolve("ensemble.json");
    String text = Files.readString(manifest);
    Map<String, String> damages =
        Map.of(
            "",
            "not the manifest of an ensemble: No content",
            text.substring(0, text.length() / 2),
            "not the manifest of an ensemble: Unexpected end",
            text.replace("\"format\" : 1", "\"format\" : 2"),
            "format is 2, expected 1",
            text.replace("\"row-1\"", "\"row-2\""),
            "row 'row-2' is there twice",
            text.replace("\"row-1\"", "[]"),
            "not the manifest of an ensemble: Cannot deserialize",
            "{\"format\": 1}",
            "task, base or recipe is missing");
    for (var damage : damages.entrySet()) {
      Files.writeString(manifest, damage.getKey());
      refused(() -> FineTunedModel.open(whole).close(), damage.getValue());
    }
    Files.writeString(manifest, text);
    FineTunedModel.open(whole).close();
    Files.move(whole.resolve("shard-2"), whole.resolve("shard-3"));
    refused(
        () -> FineTunedModel.open(whole).close(),
        "shard-2/slice-1: a model folder is needed: no such directory");
  }

  private static void refused(ThrowingCallable work, String why) {
    assertThatThrownBy(work).isInstanceOf(InputException.class).hasMessageContaining(why);
  }
}
