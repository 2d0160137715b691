package io.github.deepcut.bench.kernels;

import io.github.deepcut.bench.scale.Sentences;
import io.github.deepcut.bench.step.Shape;
import io.github.deepcut.bench.step.Steps;
import io.github.deepcut.data.Dataset;
import io.github.deepcut.data.Sequence;
import io.github.deepcut.data.Task;
import io.github.deepcut.data.TextBatch;
import io.github.deepcut.data.read.DatasetReader;
import io.github.deepcut.data.text.Featurizer;
import io.github.deepcut.data.text.Tokenizer;
import io.github.deepcut.data.text.VocabularyBuilder;
import io.github.deepcut.model.transformer.TextClassifier;
import io.github.deepcut.train.Optimizer;
import io.github.deepcut.unlearn.loss.Contrast;
import io.github.deepcut.unlearn.loss.Contrast.Side;
import io.github.deepcut.unlearn.loss.ContrastiveLoss;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * What the code of a step costs that is ours and not libtorch's, each piece alone: one method, one
 * row of docs/performance.md.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class Kernels {
  private static final int ANCHORS = 64;
  private static final int CONTRASTED = 256;
  private static final int CLASSES = 10;

  /** Random embeddings as wide as BERT-base's, each of one of ten classes. */
  @State(Scope.Benchmark)
  public static class Embeddings {
    private final Tensor anchors = torch.randn(ANCHORS, Shape.BERT_BASE.hidden());
    private final Tensor others = torch.randn(CONTRASTED, Shape.BERT_BASE.hidden());
    private final int[] classes =
        new SplittableRandom(1).ints(ANCHORS + CONTRASTED, 0, CLASSES).toArray();
    private final int[] own = new int[ANCHORS];
    private final float[] push = new float[ANCHORS];

    /** Makes the embeddings of anchors trainable. */
    @Setup
    public void prepare() {
      anchors.set_requires_grad(true);
      Arrays.fill(own, -1);
      Arrays.fill(push, 0.5f);
    }
  }

  /** L_f of 64 anchors and 256 retained items, and its gradient. */
  @Benchmark
  public void contrastiveLoss(Embeddings e) {
    try (var scope = new PointerScope()) {
      Contrast contrast =
          Contrast.of(
              new Side(e.anchors, Arrays.copyOf(e.classes, ANCHORS)),
              new Side(e.others, Arrays.copyOfRange(e.classes, ANCHORS, e.classes.length)),
              e.own,
              0.1,
              ContrastiveLoss.DEEPCUT.needs());
      ContrastiveLoss.DEEPCUT.weighted(contrast, e.push).backward();
      e.anchors.mutable_grad().reset();
    }
  }

  /** A small encoder (2 layers, 128 wide) and 32 rows of 8 to 24 tokens. */
  @State(Scope.Benchmark)
  public static class Encoder {
    private final Shape shape = new Shape(2, 128, 4, 512, 8000, 32, 24);
    private final TextClassifier model = Steps.model(shape);
    private final Optimizer optimizer = new Optimizer(model.weights(), n -> true, 0.01, 1);
    private final List<Sequence> rows = Steps.rows(shape).stream().map(Encoder::shortened).toList();

    private static Sequence shortened(Sequence row) {
      int[] ids = Arrays.copyOf(row.ids(), 8 + row.example() % 17);
      return new Sequence(
          row.example(), ids, new int[ids.length], row.positions(), row.words(), row.labels());
    }
  }

  /** Rows to a packed batch. */
  @Benchmark
  public int packing(Encoder e) {
    try (var scope = new PointerScope()) {
      return TextBatch.of(e.rows).columns();
    }
  }

  /** A packed batch through the encoder with dropout: packing, attention, spreading. */
  @Benchmark
  public long forward(Encoder e) {
    try (var scope = new PointerScope();
        var noGrad = new NoGradGuard()) {
      return e.model.forward(e.model.batch(e.rows), true).logits().size(0);
    }
  }

  /** AdamW with clipping over all 1.5 million weights, whose gradients are 1. */
  @Benchmark
  public void optimizerStep(Encoder e) {
    try (var scope = new PointerScope()) {
      Tensor sum = torch.zeros(1L);
      for (Tensor t : e.model.weights().all().values()) {
        sum = sum.add(t.sum());
      }
      e.optimizer.step(sum, 1e-6);
    }
  }

  /** A file of 1,000 invented sentences. */
  @State(Scope.Benchmark)
  public static class Lines {
    private Path folder;
    private Path file;
    private Tokenizer tokenizer;
    private Featurizer featurizer;
    private Dataset data;

    /** Writes the file and a vocabulary. */
    @Setup
    public void prepare() throws IOException {
      folder = Files.createTempDirectory("deepcut-kernels");
      file = folder.resolve("rows.jsonl");
      Sentences.write(file, 1000, 1);
      List<String> pieces =
          VocabularyBuilder.build(
              Sentences.words(), new VocabularyBuilder.Options(true, 1, 30_522));
      VocabularyBuilder.writeTo(folder.resolve("base"), pieces, true, 64);
      tokenizer = Tokenizer.load(folder.resolve("base"), null);
      List<String> labels = IntStream.range(0, 4).mapToObj(c -> "c" + c).toList();
      featurizer = new Featurizer(tokenizer, labels, 64);
      data = DatasetReader.read(file, Task.CLASSIFY).dataset();
    }

    /** Deletes them. */
    @TearDown
    public void delete() throws IOException {
      tokenizer.close();
      try (Stream<Path> left = Files.walk(folder)) {
        left.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
      }
    }
  }

  /** 1,000 rows of JSON Lines, read and checked. */
  @Benchmark
  public int reading(Lines l) {
    return DatasetReader.read(l.file, Task.CLASSIFY).dataset().size();
  }

  /** 1,000 sentences to token ids. */
  @Benchmark
  public int tokenisation(Lines l) {
    return l.featurizer.encode(l.data).size();
  }
}
