package io.github.deepcut.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.deepcut.data.Sequence;
import io.github.deepcut.model.transformer.Activation;
import io.github.deepcut.model.transformer.Bert;
import io.github.deepcut.model.transformer.EncoderConfig;
import io.github.deepcut.model.transformer.MaskedLanguageModel;
import io.github.deepcut.model.transformer.Parameter;
import io.github.deepcut.run.Run;
import io.github.deepcut.tensor.Weights;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;

class MaskedTokensTest {
  private static final List<Sequence> ROWS = rows(80);

  /** 80 rows of 62 to 63 tokens, so that evaluation takes two batches. */
  private static List<Sequence> rows(int count) {
    SplittableRandom random = new SplittableRandom(1);
    List<Sequence> rows = new ArrayList<>();
    for (int r = 0; r < count; r++) {
      int[] ids = random.ints(62 + r % 2, 5, 50).toArray();
      int[] all = IntStream.range(0, ids.length).toArray();
      rows.add(new Sequence(r, ids, new int[ids.length], all, all, ids));
    }
    return rows;
  }

  /** Without dropout, so that masks alone are random. */
  private static MaskedTokens tokens(long seed) {
    EncoderConfig c =
        new EncoderConfig(
            new Bert(), 50, 16, 16, 1, 2, 32, 64, 2, 0, Activation.GELU, 1e-12, 0, 0, 0, 0.5);
    SplittableRandom random = new SplittableRandom(2);
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    try (var scope = new PointerScope()) {
      MaskedLanguageModel.parameters(c)
          .forEach((Parameter p) -> tensors.put(p.name(), p.fresh(0.5, random)));
      Masking masking = new Masking(0.15, 4, IntStream.range(5, 50).toArray());
      return new MaskedTokens(
          new MaskedLanguageModel(c, Weights.of(tensors)), masking, false, Run.of(seed));
    }
  }

  @Test
  void masksDependOnSeedAndStepAlone() {
    assertThat(loss(1, 0)).isEqualTo(loss(1, 0)).isNotEqualTo(loss(1, 1)).isNotEqualTo(loss(2, 0));
  }

  private static double loss(long seed, long step) {
    MaskedTokens tokens = tokens(seed);
    try (var scope = new PointerScope();
        var weights = tokens.weights()) {
      return tokens.loss(ROWS, step).item_double();
    }
  }

  @Test
  void evaluationMasksAreAlikeWhateverTheSeed() {
    MaskedTokens tokens = tokens(1);
    try (var weights = tokens.weights()) {
      List<Sequence> fixed = tokens.fixed(ROWS);
      assertThat(fixed)
          .usingRecursiveComparison()
          .isEqualTo(
              new MaskedTokens(tokens.model(), tokens.masking(), true, Run.of(9)).fixed(ROWS));
      double sum = 0;
      int hidden = 0;
      for (Sequence row : fixed) {
        sum += row.labels().length * tokens.meanLoss(List.of(row));
        hidden += row.labels().length;
      }
      assertThat(tokens.meanLoss(fixed)).isCloseTo(sum / hidden, within(1e-5));
    }
  }
}
