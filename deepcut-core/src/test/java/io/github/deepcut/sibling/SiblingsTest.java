package io.github.deepcut.sibling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.deepcut.Erasure;
import io.github.deepcut.FineTunedModel;
import io.github.deepcut.TinyTexts;
import io.github.deepcut.data.Dataset;
import io.github.deepcut.data.ForgetSplit;
import io.github.deepcut.data.LabeledText;
import io.github.deepcut.data.Table;
import io.github.deepcut.data.Task;
import io.github.deepcut.data.Unseen;
import io.github.deepcut.run.InputException;
import io.github.deepcut.run.Progress;
import io.github.deepcut.run.Run;
import io.github.deepcut.sibling.known.KnownSiblings;
import io.github.deepcut.unlearn.SiblingLosses;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * A model that knows its training texts by heart, and siblings that each lack an eighth of them.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SiblingsTest {
  private static final Folds FOLDS = new Folds(8, 1, 1);
  private static final int[] FORGET = {3, 17, 40, 41, 99, 120};
  private static final int EPOCHS = 20;

  private TinyTexts texts;
  private FineTunedModel model;
  private Path made;
  private Path cache;

  @BeforeAll
  void train(@TempDir Path folder) throws IOException {
    texts = TinyTexts.in(folder, 160, 120);
    model = FineTunedModel.open(texts.model("original", EPOCHS, null));
    made = texts.path("made");
    Siblings siblings = siblings(made);
    for (int k = 0; k < FOLDS.siblings(); k++) {
      siblings.keep(siblings.train(k, Run.of(9)));
    }
  }

  @AfterAll
  void close() {
    model.close();
  }

  @BeforeEach
  void copy(@TempDir Path folder) throws IOException {
    cache = folder;
    try (var files = Files.walk(made)) {
      for (Path file : files.filter(f -> !f.equals(made)).toList()) {
        Files.copy(file, cache.resolve(made.relativize(file).toString()));
      }
    }
  }

  private Siblings siblings(Path in) {
    Dataset heldOut = model.read(texts.path("eval.jsonl")).dataset();
    var left =
        new Siblings.Left(model.read(texts.path("train.jsonl")), Units.ROW, Optional.of(heldOut));
    return Siblings.of(model, FOLDS, left, in);
  }

  private Dataset train() {
    return model.read(texts.path("train.jsonl")).dataset();
  }

  private Erasure erasure(Dataset data, int... forget) {
    BitSet gone = new BitSet();
    Arrays.stream(forget).forEach(gone::set);
    int[] rest = IntStream.range(0, data.size()).filter(i -> !gone.get(i)).toArray();
    ForgetSplit split = new ForgetSplit(data, forget, rest, "some rows");
    Dataset heldOut = model.read(texts.path("eval.jsonl")).dataset();
    return new Erasure(model, split, Unseen.of(split, Optional.of(heldOut), Optional.empty()));
  }

  private Optional<KnownSiblings> find(Erasure erasure) {
    return new SiblingCache(cache).find(erasure, Progress.silent());
  }

  /** A model that is trained by hand without the fold says the same, to the last bit. */
  @Test
  void theySayWhatAModelSaysThatNeverSawTheRow() throws IOException {
    SiblingLosses losses = find(erasure(train(), FORGET)).orElseThrow().losses();
    List<BitSet> without =
        FOLDS.without(Units.of(Units.ROW, model.read(texts.path("train.jsonl")), 1));
    BitSet fold = without.stream().filter(out -> out.get(FORGET[2])).findFirst().orElseThrow();
    int[] in = IntStream.range(0, 160).filter(i -> !fold.get(i)).toArray();
    try (FineTunedModel alone = FineTunedModel.open(texts.model("alone", EPOCHS, in))) {
      double[] said = model.evaluate(alone.classifier(), train(), Progress.silent()).losses();
      for (int k = 0; k < FORGET.length; k++) {
        assertThat(said(losses, k)).as("siblings").hasNumberOfRows(1);
        if (fold.get(FORGET[k])) {
          assertThat(said(losses, k)[0][0])
              .isCloseTo(said[FORGET[k]], org.assertj.core.data.Percentage.withPercentage(.01));
        }
      }
    }
    assertThat(losses.siblings())
        .hasSize(FOLDS.siblings())
        .allSatisfy(s -> assertThat(s.heldOut()).hasNumberOfRows(120));
    assertThat(losses.fit()).isTrue();
  }

  /** Of an example of D_f, by the siblings that never saw it. */
  private static double[][] said(SiblingLosses losses, int example) {
    return losses.siblings().stream()
        .map(s -> s.forget()[example])
        .filter(s -> s.length > 0)
        .toArray(double[][]::new);
  }

  @Test
  void rowsAreFoundAgainInAFileWithFewerInAnotherOrder() {
    SiblingLosses before = find(erasure(train(), FORGET)).orElseThrow().losses();
    int[] backwards = IntStream.range(0, 150).map(i -> 149 - i).toArray();
    Dataset turned = train().select(backwards);
    int[] forget = Arrays.stream(FORGET).map(i -> 149 - i).sorted().toArray();
    SiblingLosses after = find(erasure(turned, forget)).orElseThrow().losses();
    for (int k = 0; k < FORGET.length; k++) {
      assertThat(said(after, FORGET.length - 1 - k)).isDeepEqualTo(said(before, k));
    }
  }

  @Test
  void noByteIsLeftOfWhatTheySaidOfForgottenRows() throws IOException {
    Erasure erasure = erasure(train(), FORGET);
    List<String> secrets = secrets();
    assertThat(secrets).hasSize(FORGET.length * (FOLDS.siblings() + 1));
    assertThat(secrets).allSatisfy(secret -> assertThat(content()).contains(secret));
    assertThat(new SiblingCache(cache).forget(erasure, Progress.silent())).isEqualTo(1);
    assertThat(secrets).allSatisfy(secret -> assertThat(content()).doesNotContain(secret));
    assertThat(find(erasure)).isEmpty();
    assertThat(new SiblingCache(cache).forget(erasure, Progress.silent())).isZero();
    KnownSiblings others = find(erasure(train(), 5, 6)).orElseThrow();
    assertThat(others.gone()).isEqualTo(FORGET.length / 160.0);
  }

  /** A sibling that is trained later says nothing of them either. */
  @Test
  void whatIsForgottenStaysSo() throws IOException {
    List<String> secrets = secrets();
    new SiblingCache(cache).forget(erasure(train(), FORGET), Progress.silent());
    Siblings siblings = siblings(cache);
    Files.delete(siblings.pool().folder().resolve("0000.sibling"));
    assertThat(find(erasure(train(), 5))).as("one is missing").isEmpty();
    siblings.keep(siblings.train(0, Run.of(9)));
    assertThat(find(erasure(train(), 5))).isPresent();
    assertThat(secrets).allSatisfy(secret -> assertThat(content()).doesNotContain(secret));
  }

  /** As if the process had been killed once it had noted what was to go. */
  @Test
  void whatAKilledRunLeftGoesWhenTheNextBegins() {
    List<String> secrets = secrets();
    BitSet gone = new BitSet();
    Arrays.stream(FORGET).forEach(gone::set);
    Path folder = siblings(cache).pool().folder();
    RowKeys.read(folder).without(gone).write(folder);
    assertThat(content()).contains(secrets.get(1));
    assertThat(find(erasure(train(), 5))).isPresent();
    assertThat(secrets).allSatisfy(secret -> assertThat(content()).doesNotContain(secret));
  }

  /** They are said to be so, and not asked; what they said is deleted from the others. */
  @Test
  void damagedPoolsAreLeftOut() throws IOException {
    Path rows = siblings(cache).pool().folder().resolve(RowKeys.FILE);
    byte[] bytes = Files.readAllBytes(rows);
    List<String> said = new ArrayList<>();
    for (int left : new int[] {0, 16, bytes.length - 16, bytes.length - 1}) {
      Files.write(rows, Arrays.copyOf(bytes, left));
      assertThat(new SiblingCache(cache).find(erasure(train(), 5), into(said))).isEmpty();
    }
    assertThat(said)
        .hasSize(4)
        .allSatisfy(line -> assertThat(line).contains("not used", rows.getParent().toString()));
    assertThatThrownBy(() -> new SiblingCache(cache).forget(erasure(train(), 5), into(said)))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("may be left there");
  }

  private static Progress into(List<String> said) {
    return new Progress() {
      @Override
      public Stage stage(String name, long total) {
        return Progress.silent().stage(name, total);
      }

      @Override
      public void say(String line) {
        said.add(line);
      }
    };
  }

  /** Of rows that say the same, as many go as are forgotten; of held-out ones all. */
  @Test
  void copiesAmongTheRetainedStay() {
    Folds folds = new Folds(2, 1, 1);
    LabeledText once = new LabeledText("1", "said once", null, "label0");
    LabeledText twice = new LabeledText("2", "said twice", null, "label1");
    Dataset train = new Dataset(Task.CLASSIFY, "train", List.of(twice, once, twice));
    Dataset heldOut = new Dataset(Task.CLASSIFY, "held out", List.of(once, twice, twice));
    var left = new Siblings.Left(Table.of(train), Units.ROW, Optional.of(heldOut));
    Siblings siblings = Siblings.of(model, folds, left, cache);
    new SiblingCache(cache).forget(erasure(train, 2), Progress.silent());
    BitSet gone = RowKeys.read(siblings.pool().folder()).gone();
    assertThat(gone.stream()).containsExactly(0, 4, 5);
  }

  @Test
  void otherDataOrAnotherRecipeHaveNoSiblings() throws IOException {
    Dataset others = model.read(texts.path("eval.jsonl")).dataset();
    assertThat(find(erasure(others, 1, 2))).isEmpty();
    try (FineTunedModel other = FineTunedModel.open(texts.model("other", 2, null))) {
      Erasure same = erasure(train(), FORGET);
      Erasure its = new Erasure(other, same.split(), same.unseen());
      assertThat(find(its)).isEmpty();
    }
  }

  /** What siblings say of the rows, and the hashes of these, in hexadecimal. */
  private List<String> secrets() {
    List<String> secrets = new ArrayList<>();
    Siblings siblings = siblings(cache);
    RowKeys keys = RowKeys.read(siblings.pool().folder());
    for (int row : FORGET) {
      secrets.add(hex(keys.keys().get(row)));
      siblings
          .pool()
          .read(FOLDS.siblings())
          .forEach(s -> secrets.add(hex(floats(s.logOdds()[row]))));
    }
    return secrets;
  }

  private static ByteBuffer floats(float[] numbers) {
    ByteBuffer out = ByteBuffer.allocate(Float.BYTES * numbers.length);
    for (float number : numbers) {
      out.putFloat(number);
    }
    return out.flip();
  }

  private static String hex(ByteBuffer bytes) {
    byte[] all = new byte[bytes.remaining()];
    bytes.duplicate().get(all);
    return HexFormat.of().formatHex(all);
  }

  /** All that is in the cache, in hexadecimal. */
  private String content() {
    try (var files = Files.walk(cache)) {
      StringBuilder all = new StringBuilder();
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        all.append(HexFormat.of().formatHex(Files.readAllBytes(file))).append('|');
      }
      return all.toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
