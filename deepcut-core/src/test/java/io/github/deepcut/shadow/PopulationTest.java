package io.github.deepcut.shadow;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.deepcut.data.Dataset;
import io.github.deepcut.data.Example;
import io.github.deepcut.data.LabeledText;
import io.github.deepcut.data.Task;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PopulationTest {
  /** 1,200 samples never seen, 20 of a label that the model lacks, against 1,100 of training. */
  @Test
  void populationTakesSamplesNeverSeenByTheirIds() {
    Dataset train = texts(1100, 0);
    Dataset eval = texts(1200, 20);
    List<String> labels = List.of("no", "yes");
    Population population = Population.of(train, eval, labels, 1);
    assertThat(population.eval().size()).isEqualTo(Population.EVAL_SAMPLE);
    assertThat(population.eval().labels()).containsExactlyElementsOf(labels);
    assertThat(Population.of(texts(50, 0), eval, labels, 1).eval().size()).isEqualTo(50);
    int[] backwards = IntStream.range(0, 1200).map(i -> 1199 - i).toArray();
    Population turned = Population.of(train, eval.select(backwards), labels, 1);
    assertThat(turned.eval().examples())
        .containsExactlyInAnyOrderElementsOf(population.eval().examples());
  }

  @Test
  void halvesAreComplements() {
    Population population = Population.of(texts(300, 0), texts(100, 0), List.of("no", "yes"), 1);
    Dataset first = population.half(population.members(0));
    Dataset second = population.half(population.members(1));
    assertThat(first.size() + second.size()).isEqualTo(400);
    assertThat(first.size()).isBetween(160, 240);
  }

  private static Dataset texts(int n, int strange) {
    List<Example> examples =
        IntStream.range(0, n)
            .<Example>mapToObj(
                i ->
                    new LabeledText(
                        Integer.toString(i),
                        "text " + i,
                        null,
                        i < strange ? "maybe" : i % 2 == 0 ? "yes" : "no"))
            .toList();
    return new Dataset(Task.CLASSIFY, "memory", examples);
  }
}
