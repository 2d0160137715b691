package io.github.deepcut.shadow.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.deepcut.FineTunedModel;
import io.github.deepcut.TinyTexts;
import io.github.deepcut.audit.LogOdds;
import io.github.deepcut.audit.ShadowAttack;
import io.github.deepcut.data.Dataset;
import io.github.deepcut.pool.PooledModel;
import io.github.deepcut.pool.Workers;
import io.github.deepcut.run.InputException;
import io.github.deepcut.run.Progress;
import io.github.deepcut.run.Run;
import io.github.deepcut.shadow.ShadowAnswers;
import io.github.deepcut.stats.Bootstrap;
import io.github.deepcut.stats.Value;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** A model that knows its training texts by heart, and shadow models of it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ShadowsTest {
  private static final int[] FORGET = IntStream.range(0, 40).map(i -> 3 * i).toArray();
  private static final int MODELS = 8;

  private TinyTexts texts;
  private Path original;
  private Path retrained;
  private ShadowAnswers answers;

  @BeforeAll
  void train(@TempDir Path folder) throws IOException {
    texts = TinyTexts.in(folder, 160, 120);
    original = texts.model("original", 30, null);
    int[] retain =
        IntStream.range(0, 160).filter(i -> i % 3 != 0 || i >= 3 * FORGET.length).toArray();
    retrained = texts.model("retrained", 30, retain);
    try (Shadows shadows = Shadows.open(texts.job(original, "cache"))) {
      for (int k = 0; k < MODELS; k++) {
        shadows.pool().write(shadows.training().train(k, Run.of(9)));
      }
      answers = shadows.answers(MODELS, 1, Progress.silent());
    }
  }

  @Test
  void findsWhatTheOriginalRemembersAndARetrainedModelDoesNot() {
    ShadowAttack.Result remembered = lira(original);
    assertThat(number(remembered.tpr().get(1))).as("TPR at 1 %% FPR").isGreaterThanOrEqualTo(.1);
    assertThat(number(remembered.auc())).isGreaterThan(.8);
    assertThat(remembered.forgotten())
        .allSatisfy(
            f -> {
              assertThat(f.with()).isEqualTo(MODELS / 2);
              assertThat(f.without()).isEqualTo(MODELS / 2);
            });
    ShadowAttack.Result forgotten = lira(retrained);
    assertThat(forgotten.auc().interval().orElseThrow().contains(.5)).as("%s", forgotten).isTrue();
  }

  @Test
  void oneShadowModelMeasuresCompleteness() {
    Dataset forget = answers.population().train().select(FORGET);
    ShadowAnswers one = new ShadowAnswers(answers.population(), answers.shadows().subList(0, 1));
    var iam = one.iam(FORGET, logOdds(original, forget));
    Bootstrap bootstrap = new Bootstrap(new SplittableRandom(1));
    Value untouched = iam.mean(logOdds(original, forget), bootstrap);
    Value after = iam.mean(logOdds(retrained, forget), bootstrap);
    assertThat(number(after)).isGreaterThan(number(untouched) + .2);
    assertThat(after.n()).as("samples that the model lacks").isBetween(10L, 30L);
  }

  @Test
  void aModelOfThePoolIsTheSameEachTime() {
    try (Shadows shadows = Shadows.open(texts.job(original, "again"))) {
      PooledModel again = shadows.training().train(5, Run.of(77));
      PooledModel before = answers.shadows().get(5);
      assertThat(again.members()).isEqualTo(before.members());
      assertThat(again.logOdds()).isDeepEqualTo(before.logOdds());
    }
  }

  @Test
  void refusesWithoutARecordOrModels() throws IOException {
    Path bare = texts.path("bare");
    Files.createDirectories(bare);
    for (String name : new String[] {"config.json", "model.safetensors", "vocab.txt"}) {
      Files.copy(original.resolve(name), bare.resolve(name));
    }
    assertThatThrownBy(() -> Shadows.open(texts.job(bare, "cache")))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("deepcut.json: is missing");
    try (Shadows shadows = Shadows.open(texts.job(original, "cache"))) {
      assertThatThrownBy(() -> shadows.answers(0, 1, Progress.silent()))
          .isInstanceOf(InputException.class)
          .hasMessage("--shadows is 0, expected >= 1");
    }
    ShadowAnswers none = new ShadowAnswers(answers.population(), answers.shadows().subList(0, 0));
    assertThatThrownBy(() -> none.lira(FORGET))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("needs shadow models and there are none");
    ShadowAnswers two = new ShadowAnswers(answers.population(), answers.shadows().subList(0, 2));
    assertThatThrownBy(() -> two.lira(FORGET))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("--shadows 4 or more");
  }

  /**
   * A method that does nothing is found out. The targets are the 40 forgotten samples and 100 never
   * seen; of either, a model forgets those that it has.
   */
  @Test
  void uLiraFindsAMethodThatDoesNothing() {
    ShadowAnswers unlearned;
    try (Shadows shadows = Shadows.open(texts.job(original, "cache"))) {
      ShadowUnlearning nothing =
          new ShadowUnlearning(
              shadows.training(),
              FORGET,
              (model, split, targets, run) -> {
                assertThat(split.forget().length).isBetween(50, 90);
                assertThat(split.forgetSet().examples())
                    .isSubsetOf(targets.examples())
                    .doesNotContainAnyElementsOf(split.retainSet().examples());
                return model.evaluate(targets, Progress.silent());
              });
      List<PooledModel> models =
          IntStream.range(0, MODELS).mapToObj(k -> nothing.unlearn(k, Run.of(1))).toList();
      unlearned = new ShadowAnswers(nothing.targets(), models);
    }
    Dataset eval = unlearned.population().eval();
    ShadowAttack.Result found =
        unlearned
            .uLira()
            .on(
                logOdds(original, unlearned.population().train()),
                logOdds(original, eval),
                new Bootstrap(new SplittableRandom(1)));
    assertThat(found.test()).isEqualTo(ShadowAttack.Test.U_LIRA);
    assertThat(found.others()).isEqualTo(100);
    assertThat(number(found.tpr().get(1))).as("TPR at 1 %% FPR").isGreaterThanOrEqualTo(.1);
  }

  /** Processes train the very models that this one did, and train none twice. */
  @Test
  @Tag("slow")
  void processesTrainTheSameModelsAndUnlearn() throws IOException {
    try (Shadows shadows = Shadows.open(texts.job(original, "processes"))) {
      shadows.pool().write(answers.shadows().get(1));
      Path there = shadows.pool().folder().resolve("0001.shadow");
      var written = Files.getLastModifiedTime(there);
      same(shadows.answers(3, 2, Progress.silent()));
      assertThat(Files.getLastModifiedTime(there)).isEqualTo(written);
      Map<String, String> settings = Map.of("passes", "1", "stop", "never");
      var how = new Shadows.Unlearning("deepcut-paper", settings, null, FORGET);
      ShadowAnswers unlearned = shadows.unlearned(how, 1, 1, Progress.silent());
      assertThat(unlearned.population().size()).isEqualTo(FORGET.length + 100);
      float[][] before = answers.shadows().get(0).logOdds();
      assertThat(unlearned.shadows().get(0).logOdds()[0]).isNotEqualTo(before[FORGET[0]]);
    }
    assertThat(texts.path("processes").toFile().list()).hasSize(1);
  }

  /** A pool whose making is killed outright goes on, and the processes at it end. */
  @Test
  @Tag("slow")
  void goesOnAfterAKill() throws Exception {
    Shadows.Job job = texts.job(original, "killed");
    List<String> command = Workers.java(Making.class);
    command.add(new ShadowWorker.Job(job, null).line());
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(texts.path("killed.log").toFile())
            .start();
    try (Shadows shadows = Shadows.open(job)) {
      while (process.isAlive() && shadows.pool().missing(4).size() == 4) {
        Thread.sleep(20);
      }
      List<ProcessHandle> workers = process.descendants().toList();
      process.destroyForcibly().waitFor();
      for (ProcessHandle worker : workers) {
        worker.onExit().get(60, TimeUnit.SECONDS);
      }
      assertThat(shadows.pool().missing(4)).as("killed half-way").hasSizeBetween(1, 3);
      same(shadows.answers(4, 2, Progress.silent()));
    }
  }

  /** Makes a pool of four in a process of its own. */
  static final class Making {
    public static void main(String[] args) {
      try (Shadows shadows = Shadows.open(ShadowWorker.Job.parse(args[0]).pool())) {
        shadows.answers(4, 2, Progress.silent());
      }
    }
  }

  private void same(ShadowAnswers trained) {
    for (PooledModel model : trained.shadows()) {
      PooledModel here = answers.shadows().get(model.model());
      assertThat(model.members()).isEqualTo(here.members());
      assertThat(model.logOdds()).isDeepEqualTo(here.logOdds());
    }
  }

  private ShadowAttack.Result lira(Path folder) {
    Dataset forget = answers.population().train().select(FORGET);
    return answers
        .lira(FORGET)
        .on(
            logOdds(folder, forget),
            logOdds(folder, answers.population().eval()),
            new Bootstrap(new SplittableRandom(1)));
  }

  private static double[] logOdds(Path folder, Dataset data) {
    try (FineTunedModel model = FineTunedModel.open(folder)) {
      return LogOdds.examples(model.evaluate(data, Progress.silent()));
    }
  }

  private static double number(Value value) {
    return value.number().orElseThrow();
  }
}
