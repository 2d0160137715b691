package io.github.deepcut.unlearn.deepcut.target;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.deepcut.TinyModels;
import io.github.deepcut.TinyPictures;
import io.github.deepcut.data.ImageSize;
import io.github.deepcut.data.Picture;
import io.github.deepcut.data.Sequence;
import io.github.deepcut.data.Task;
import io.github.deepcut.model.Classifier;
import io.github.deepcut.model.Prediction;
import io.github.deepcut.model.Predictor;
import io.github.deepcut.run.Run;
import io.github.deepcut.unlearn.UnlearningData;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EstimateTest {

  private static Sequence sentence(int label, int... words) {
    int[] ids = new int[words.length + 2];
    ids[0] = 2;
    System.arraycopy(words, 0, ids, 1, words.length);
    ids[words.length + 1] = 3;
    return new Sequence(0, ids, new int[ids.length], new int[1], new int[1], new int[] {label});
  }

  private static RankedItems items(double[] losses, double[] ease) {
    Prediction[] said =
        Arrays.stream(losses)
            .mapToObj(loss -> new Prediction(0, 0, 0, new float[] {(float) -loss, -1}))
            .toArray(Prediction[]::new);
    return new RankedItems(said, new double[][] {ease});
  }

  @Test
  void peersAreAlikeWhereTheNoviceFindsThemAsHard() {
    SplittableRandom random = new SplittableRandom(1);
    double[] few = random.doubles(30).toArray();
    double[] many = random.doubles(300).toArray();
    RankedItems forgotten = items(few, few);
    RankedItems peers = items(many, many);
    RankedItems easier = items(many, Arrays.stream(many).map(e -> e + .3).toArray());
    assertThat(Estimate.alike(forgotten, peers, label -> true)).isTrue();
    assertThat(Estimate.alike(forgotten, easier, label -> true)).isFalse();
    assertThat(Estimate.alike(easier, forgotten, label -> true)).isFalse();
    assertThat(Estimate.alike(forgotten, easier, label -> false)).isTrue(); // nothing to compare
  }

  private static int[] sampled(int label, int most) {
    return sampled(label, most, true);
  }

  private static int[] sampled(int label, int most, boolean byClass) {
    List<Sequence> heldOut =
        IntStream.range(0, 300).mapToObj(i -> sentence(i % 30 == 0 ? 1 : 0, 5)).toList();
    List<Sequence> forget = List.of(sentence(label, 5));
    UnlearningData sets = new UnlearningData(forget, forget, heldOut, 1e-3);
    return Estimate.sample(sets, most, byClass, Run.of(1));
  }

  @Test
  void heldOutSequencesOfRareClassesAreAllLookedAt() {
    assertThat(sampled(1, 100)).hasSize(100).doesNotHaveDuplicates();
    assertThat(sampled(1, 100)).contains(0, 30, 60, 90, 120, 150, 180, 210, 240, 270);
    // 290 of class 0: any 100 do; so do any 20 where ten would be half of them
    assertThat(Arrays.stream(sampled(0, 100)).filter(i -> i % 30 == 0).count()).isBetween(0L, 9L);
    assertThat(Arrays.stream(sampled(1, 20)).filter(i -> i % 30 == 0).count()).isBetween(0L, 5L);
    // nor where classes are not matched, for then more of one would weigh more
    assertThat(sampled(1, 100, false)).isEqualTo(sampled(0, 100));
    assertThat(sampled(1, 300)).hasSize(300).doesNotHaveDuplicates();
  }

  private static List<Sequence> ofOneClass(long seed) {
    return TinyModels.sentences(3000, 3, seed).stream().filter(s -> s.labels()[0] == 0).toList();
  }

  /**
   * The mean target of those twenty of sixty sentences of which a model is most or least sure. All
   * data are of one class, so that they are equally easy to the novice.
   */
  private static double target(boolean hard, int peers) {
    Classifier model = TinyModels.classifier(Task.CLASSIFY, List.of("a", "b", "c"), 1);
    List<Sequence> all = ofOneClass(1);
    Prediction[][] said = new Predictor().rows(model, all);
    List<Sequence> sorted =
        IntStream.range(0, 60)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> hard ? -said[i][0].loss() : said[i][0].loss()))
            .map(all::get)
            .toList();
    UnlearningData sets =
        new UnlearningData(sorted.subList(0, 20), all.subList(60, all.size()), ofOneClass(2), 1e-3);
    return Arrays.stream(new Estimate(1, peers).of(model, sets, Run.of(1)).logLosses())
        .mapToDouble(row -> row[0])
        .average()
        .orElseThrow();
  }

  @Test
  void whatIsHarderToTheOriginalThanItsPeersHasHigherTargets() {
    // the harder third of sixty, at the quantile 5/6, among some ninety peers: .77 of 110, from
    // 5/6 * 90 + 10, or .75 standard deviations above the mean; by itself it is spread around the
    // mean
    double[] logLosses =
        new Predictor()
                .predict(
                    TinyModels.classifier(Task.CLASSIFY, List.of("a", "b", "c"), 1), ofOneClass(2))
                .stream()
                .mapToDouble(p -> Math.log(p.loss() + TargetLosses.EPSILON))
                .toArray();
    double mean = Arrays.stream(logLosses).average().orElseThrow();
    double variance =
        Arrays.stream(logLosses).map(l -> (l - mean) * (l - mean)).average().orElseThrow();
    double half = Math.sqrt(variance) / 2;
    assertThat(target(true, 500)).isGreaterThan(target(true, 0) + half);
    assertThat(target(false, 500)).isLessThan(target(false, 0) - half);
  }

  @Test
  void neighboursOfTheOwnLabelSupportAnItemAndOthersDoNot() {
    List<Sequence> retained =
        List.of(sentence(0, 11, 12), sentence(0, 11, 13), sentence(1, 21, 22), sentence(1, 21, 23));
    double[] support =
        new Neighbours(2, 10, retained).support(List.of(sentence(0, 11, 14), sentence(0, 21, 24)));
    assertThat(support[0]).isGreaterThan(0.95);
    assertThat(support[1]).isLessThan(0.05);
  }

  /** 16 × 16 in colour: brightness 100 but for one 2 × 2 block at {@code at}, and {@code lift}. */
  private static Picture picture(int label, int at, int lift) {
    byte[] pixels = new byte[3 * 256];
    for (int p = 0; p < pixels.length; p++) {
      int block = p % 256 / 32 * 8 + p % 16 / 2;
      pixels[p] = (byte) ((block == at ? 200 : 100) + lift);
    }
    return new Picture(0, pixels, new ImageSize(3, 16, 16), new int[] {label});
  }

  @Test
  void imagesAreNearByTheirPixelsWhateverTheirBrightnessAndHandedness() {
    List<Picture> retained = List.of(picture(0, 9, 0), picture(1, 50, 0));
    Neighbours nearest = new Neighbours(1, 20, retained);
    // block 9 is the second of its row of eight, block 14 its mirror image
    List<Picture> asked =
        List.of(picture(0, 9, 40), picture(0, 14, 0), picture(0, 50, 0), picture(1, 53, 20));
    assertThat(nearest.support(asked)).containsExactly(1, 1, 0, 1);
  }

  /** In the left half alone, so that no image is near another's mirror image. */
  private static List<Picture> leftBlocks(int count, int lift) {
    return IntStream.range(0, count)
        .mapToObj(i -> picture(i % 32, i % 32 / 4 * 8 + i % 4, lift))
        .toList();
  }

  @Test
  void moreImagesThanFitAChunkKeepTheirOrder() {
    double[] support = new Neighbours(5, 20, leftBlocks(600, 0)).support(leftBlocks(300, 9));
    assertThat(support).hasSize(300).containsOnly(1);
  }

  @Test
  void aClassThatIsForgottenWholeIsToBeAsUnlikelyAsInOthersItems() {
    Classifier model = TinyPictures.classifier(List.of("a", "b", "c"), 1);
    List<Picture> all = TinyPictures.pictures(60, 3, 1);
    List<Picture> forget = all.stream().filter(p -> p.labels()[0] == 0).toList();
    List<Picture> retain = all.stream().filter(p -> p.labels()[0] != 0).toList();
    List<Picture> heldOut = TinyPictures.pictures(60, 3, 2);
    TargetLosses target =
        Estimate.defaults(Task.IMAGE)
            .of(model, new UnlearningData(forget, retain, heldOut, 1e-3), Run.of(1));
    double[] others =
        new Predictor()
            .predict(model, heldOut).stream()
                .filter(p -> p.label() != 0)
                .mapToDouble(p -> Math.log(TargetLosses.EPSILON - p.logProbabilities()[0]))
                .toArray();
    assertThat(target.logLosses().length).isEqualTo(forget.size());
    assertThat(
            Arrays.stream(target.logLosses())
                .allMatch(t -> Arrays.stream(others).anyMatch(o -> o == t[0])))
        .isTrue();
  }

  @Test
  void ofManyRetainedRowsASampleIsSearched() {
    List<Sequence> all =
        IntStream.range(0, Estimate.SEARCHED + 1).mapToObj(i -> sentence(i, 11)).toList();
    List<Sequence> most = all.subList(0, Estimate.SEARCHED);
    assertThat(Estimate.among(most, Run.of(1))).isSameAs(most);
    List<Sequence> some = Estimate.among(all, Run.of(1));
    assertThat(some).hasSize(Estimate.SAMPLED).doesNotHaveDuplicates();
    assertThat(all).containsSubsequence(some);
    assertThat(Estimate.among(all, Run.of(1))).isEqualTo(some);
    assertThat(Estimate.among(all, Run.of(2))).isNotEqualTo(some);
  }
}
