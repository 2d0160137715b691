package io.github.deepcut.shadow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.deepcut.data.Dataset;
import io.github.deepcut.data.Example;
import io.github.deepcut.data.LabeledText;
import io.github.deepcut.data.Task;
import io.github.deepcut.run.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShadowPoolTest {
  private static final PoolIdentity IDENTITY = identity("d");
  private static final Shadow SHADOW =
      new Shadow(3, new boolean[] {true, false, true}, new float[][] {{1.5f}, {-2, 3, 0.25f}, {}});

  @TempDir private Path cache;

  private static PoolIdentity identity(String data) {
    return new PoolIdentity("1", data, "e", "b", "r", List.of("no", "yes"), 1);
  }

  @Test
  void keepsAnswers() {
    ShadowPool pool = ShadowPool.open(cache, IDENTITY);
    assertThat(pool.missing(4)).containsExactly(0, 1, 2, 3);
    pool.write(SHADOW);
    assertThat(ShadowPool.open(cache, IDENTITY).missing(4)).containsExactly(0, 1, 2);
    pool.write(new Shadow(0, SHADOW.members(), SHADOW.logOdds()));
    Shadow read = pool.read(1).get(0);
    assertThat(read.members()).isEqualTo(SHADOW.members());
    assertThat(read.logOdds()).isDeepEqualTo(SHADOW.logOdds());
  }

  @Test
  void otherDataOrRecipeHaveAnotherPool() {
    assertThat(ShadowPool.open(cache, identity("other")).folder())
        .isNotEqualTo(ShadowPool.open(cache, IDENTITY).folder());
    assertThat(IDENTITY.key()).hasSize(32).isEqualTo(identity("d").key());
  }

  /** A flipped bit anywhere, a missing end, a file of another pool: none is taken for answers. */
  @Test
  void refusesWhatIsNotItsOwn() throws IOException {
    ShadowPool pool = ShadowPool.open(cache, IDENTITY);
    pool.write(new Shadow(0, SHADOW.members(), SHADOW.logOdds()));
    Path file = pool.folder().resolve("0000.shadow");
    byte[] whole = Files.readAllBytes(file);
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < 200; i++) {
      byte[] damaged = whole.clone();
      damaged[random.nextInt(whole.length)] ^= (byte) (1 << random.nextInt(8));
      Files.write(file, damaged);
      refused(pool, "is damaged");
    }
    Files.write(file, java.util.Arrays.copyOf(whole, whole.length - 5));
    refused(pool, "is damaged");
    ShadowPool other = ShadowPool.open(cache, identity("other"));
    Files.write(other.folder().resolve("0000.shadow"), whole);
    refused(other, "is of another pool");
  }

  private static void refused(ShadowPool pool, String why) {
    assertThatThrownBy(() -> pool.read(1))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("0000.shadow")
        .hasMessageContaining(why);
  }

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
