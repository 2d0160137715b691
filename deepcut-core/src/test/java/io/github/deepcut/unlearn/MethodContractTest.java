package io.github.deepcut.unlearn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.deepcut.Methods;
import io.github.deepcut.TinyModels;
import io.github.deepcut.TinyPictures;
import io.github.deepcut.data.Input;
import io.github.deepcut.data.Task;
import io.github.deepcut.model.Classifier;
import io.github.deepcut.run.InputException;
import io.github.deepcut.run.Run;
import io.github.deepcut.tensor.Tensors;
import io.github.deepcut.train.Recipe;
import io.github.deepcut.train.Trainer;
import io.github.deepcut.unlearn.StopRule.Judgement;
import io.github.deepcut.unlearn.UnlearningMethod.Unlearned;
import io.github.deepcut.unlearn.baseline.Sisa;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What every method promises, whatever it does. */
class MethodContractTest {
  private static final Recipe RECIPE = new Recipe(4, 16, 5e-3, 0.1, 0.01, 1, 0, 32, false, 1);
  private static final Map<Task, Classifier> TRAINED = new EnumMap<>(Task.class);

  /** Methods that make one move, which no stop rule can cut short. */
  private static final Set<String> AT_ONCE = Set.of("retrain", "fisher", "ssd");

  static Stream<Arguments> everywhere() {
    return Methods.names().stream()
        .flatMap(name -> Arrays.stream(Task.values()).map(task -> Arguments.of(name, task)));
  }

  /** Where the method is defined. */
  static Stream<Arguments> defined() {
    return everywhere().filter(a -> isDefined((String) a.get()[0], (Task) a.get()[1]));
  }

  private static boolean isDefined(String method, Task task) {
    return !(method.equals("unsir") && task == Task.NER) && !method.equals(Sisa.NAME);
  }

  private static List<? extends Input> data(Task task, int count, long seed) {
    return switch (task) {
      case CLASSIFY -> TinyModels.sentences(count, 3, seed);
      case NER -> TinyModels.tagged(count, 3, seed);
      case IMAGE -> TinyPictures.pictures(count, 3, seed);
    };
  }

  private static Classifier fresh(Task task) {
    return switch (task) {
      case CLASSIFY -> TinyModels.classifier(task, List.of("a", "b", "c"), 1);
      case NER -> TinyModels.classifier(task, List.of("O", "B-X", "I-X", "B-Y"), 1);
      case IMAGE -> TinyPictures.classifier(List.of("a", "b", "c"), 1);
    };
  }

  private static Classifier original(Task task) {
    return TRAINED.computeIfAbsent(
        task,
        t -> {
          Classifier model = fresh(t);
          new Trainer(RECIPE).train(model, data(t, 90, 1), null, Run.of(1));
          return model;
        });
  }

  private static Classifier copy(Task task) {
    return original(task).withWeights(original(task).weights().copy());
  }

  /** Ten samples, or for a method of whole classes a class. */
  private static UnlearningData sets(String method, Task task) {
    List<? extends Input> train = data(task, 90, 1);
    boolean whole = method.equals("unsir");
    List<? extends Input> forget =
        whole ? train.stream().filter(r -> r.labels()[0] == 0).toList() : train.subList(0, 10);
    List<? extends Input> retain =
        whole ? train.stream().filter(r -> r.labels()[0] != 0).toList() : train.subList(10, 90);
    return new UnlearningData(
        forget,
        retain,
        data(task, 60, 2),
        5e-3,
        false,
        Optional.of(original(task)),
        () -> new Training.Start(fresh(task), RECIPE),
        Optional.empty());
  }

  private static UnlearningMethod method(String name, Task task) {
    Map<String, String> settings = new HashMap<>();
    Set<String> there = Methods.settings(name, task).keySet();
    Map.of("passes", "2", "batch_size", "4").entrySet().stream()
        .filter(e -> there.contains(e.getKey()))
        .forEach(e -> settings.put(e.getKey(), e.getValue()));
    if (name.equals("ssd")) {
      settings.put("alpha", "0.5"); // so little is memorised here that 10 dampens nothing
    }
    return Methods.create(name, task, settings).method();
  }

  private static Unlearned unlearn(String name, Task task, Classifier model, long seed) {
    return method(name, task).unlearn(model, sets(name, task), StopRule.never(), Run.of(seed));
  }

  @ParameterizedTest
  @MethodSource("defined")
  void tensorsKeepNamesShapesAndTypesAndStayNumbers(String name, Task task) {
    Classifier model = copy(task);
    Map<String, String> before = shapes(model);
    int bits = TinyModels.bits(model.weights());
    unlearn(name, task, model, 1);
    assertThat(shapes(model)).isEqualTo(before);
    assertThat(TinyModels.bits(model.weights())).isNotEqualTo(bits);
    assertThat(model.weights().all().values()).noneMatch(Tensors::hasNonFinite);
  }

  private static Map<String, String> shapes(Classifier model) {
    Map<String, String> out = new TreeMap<>();
    model
        .weights()
        .all()
        .forEach(
            (name, t) -> out.put(name, t.scalar_type() + Arrays.toString(t.sizes().vec().get())));
    return out;
  }

  @ParameterizedTest
  @MethodSource("defined")
  void theSeedAloneDecides(String name, Task task) {
    int[] bits = new int[3];
    for (int k = 0; k < bits.length; k++) {
      Classifier model = copy(task);
      unlearn(name, task, model, k / 2);
      bits[k] = TinyModels.bits(model.weights());
    }
    assertThat(bits[1]).isEqualTo(bits[0]);
    if (!Set.of("retrain", "ssd").contains(name)) { // they do not go by this seed
      assertThat(bits[2]).isNotEqualTo(bits[0]);
    }
  }

  @ParameterizedTest
  @MethodSource("defined")
  void neitherDataNorOriginalAreTouched(String name, Task task) {
    UnlearningData sets = sets(name, task);
    List<int[]> labels = labels(sets);
    int bits = TinyModels.bits(original(task).weights());
    method(name, task).unlearn(copy(task), sets, StopRule.never(), Run.of(1));
    assertThat(labels(sets)).usingRecursiveComparison().isEqualTo(labels);
    assertThat(TinyModels.bits(original(task).weights())).isEqualTo(bits);
  }

  private static List<int[]> labels(UnlearningData sets) {
    return Stream.of(sets.forget(), sets.retain(), sets.heldOut())
        .flatMap(List::stream)
        .map(r -> r.labels().clone())
        .toList();
  }

  @ParameterizedTest
  @MethodSource("defined")
  void theStopRuleIsHonoured(String name, Task task) {
    if (AT_ONCE.contains(name)) {
      return;
    }
    Classifier model = copy(task);
    int bits = TinyModels.bits(model.weights());
    StopRule atOnce = (m, pass) -> new Judgement(0, true, "nothing to do");
    Unlearned how = method(name, task).unlearn(model, sets(name, task), atOnce, Run.of(1));
    assertThat(how).isEqualTo(new Unlearned(0, 0, "nothing to do"));
    assertThat(TinyModels.bits(model.weights())).isEqualTo(bits);
    StopRule afterOne = (m, pass) -> new Judgement(-pass, pass == 1, "enough");
    how = method(name, task).unlearn(model, sets(name, task), afterOne, Run.of(1));
    assertThat(how.passes()).isEqualTo(1);
    assertThat(how.stoppedBy()).isEqualTo("enough");
    assertThat(how.steps()).isPositive();
  }

  @ParameterizedTest
  @MethodSource("defined")
  void aRateThatIsTooHighEndsWithTheStepAndWhatToLower(String name, Task task) {
    Map<String, String> wild =
        Map.of("learning_rate", "1e38", "relative_rate", "1e41", "alpha", "1e60");
    Map<String, String> settings = new HashMap<>(wild);
    settings.keySet().retainAll(Methods.settings(name, task).keySet());
    if (name.equals("fisher")) {
      settings.put("most", "1e30");
    } else {
      settings.remove("alpha"); // of others it is a share
    }
    if (settings.isEmpty()) {
      return; // retrain has no setting, ssd's only make weights smaller
    }
    UnlearningMethod method = Methods.create(name, task, settings).method();
    assertThatThrownBy(
            () -> method.unlearn(copy(task), sets(name, task), StopRule.never(), Run.of(1)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageMatching(
            "step \\d+: (the loss is (NaN|-?Infinity)|tensor .+ is not finite any more|.+ NaN.*);"
                + " lower (the learning rate|alpha) \\(\\d\\.\\d+E\\d+\\)");
  }

  @Tag("slow")
  @ParameterizedTest
  @MethodSource("defined")
  void nativeMemoryStaysFlat(String name, Task task) {
    try (var weights = copy(task).weights()) {
      Classifier model = original(task).withWeights(weights);
      unlearn(name, task, model, 1);
      long objects = Pointer.totalCount();
      long steps = 0;
      for (int k = 0; k < 4 && steps < 120; k++) {
        steps += unlearn(name, task, model, k).steps();
      }
      assertThat(Pointer.totalCount() - objects).as("live native objects").isLessThan(60);
    }
  }

  @ParameterizedTest
  @MethodSource("everywhere")
  void whereItIsNotDefinedItSaysSo(String name, Task task) {
    if (!isDefined(name, task)) {
      assertThatThrownBy(() -> unlearn(name, task, copy(task), 1))
          .isInstanceOf(InputException.class)
          .hasMessageContaining(name);
    }
  }

  @Test
  void aMethodOfWholeClassesRefusesSamples() {
    Task task = Task.CLASSIFY;
    UnlearningMethod unsir = method("unsir", task);
    UnlearningData samples = sets("fine-tune", task);
    assertThatThrownBy(() -> unsir.unlearn(copy(task), samples, StopRule.never(), Run.of(1)))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("give --forget-class");
  }

  @Test
  void emptyAndWholeSetRequestsAreRefused() {
    List<? extends Input> rows = data(Task.CLASSIFY, 10, 1);
    for (boolean empty : new boolean[] {false, true}) {
      assertThatThrownBy(
              () ->
                  new UnlearningData(
                      empty ? List.of() : rows, empty ? rows : List.of(), List.of(), 1e-3))
          .isInstanceOf(InputException.class)
          .hasMessageContaining("expected at least one of each");
    }
  }
}
