package io.github.deepcut.model.transformer;

import static org.bytedeco.pytorch.global.torch.linear;

import io.github.deepcut.tensor.Weights;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/**
 * The classifier over an item's hidden state, as each family's {@code ForSequenceClassification}
 * and {@code ForTokenClassification} builds it.
 *
 * @param dense the hidden layer before the output, or null (token classification)
 * @param inner whether {@code dense} lies under the encoder's prefix (BERT's pooler)
 * @param output the output layer
 * @param tanh whether the hidden layer ends in tanh, else in ReLU
 * @param dropsInput whether dropout also comes before {@code dense} (RoBERTa)
 */
record Head(String dense, boolean inner, String output, boolean tanh, boolean dropsInput) {

  static Head ofTokens() {
    return new Head(null, false, "classifier", false, false);
  }

  static Head ofSentences(Architecture architecture) {
    return switch (architecture) {
      case BERT -> new Head("pooler.dense", true, "classifier", true, false);
      case ROBERTA -> new Head("classifier.dense", false, "classifier.out_proj", true, true);
      case DISTILBERT -> new Head("pre_classifier", false, "classifier", false, false);
    };
  }

  /** Its parameters by full name. */
  List<Parameter> parameters(EncoderConfig c, int classes) {
    List<Parameter> out = new ArrayList<>();
    if (dense != null) {
      Parameter.addLinear(out, denseName(c.architecture()), c.hidden(), c.hidden());
    }
    Parameter.addLinear(out, output, classes, c.hidden());
    return out;
  }

  private String denseName(Architecture architecture) {
    return inner ? architecture.modelType() + "." + dense : dense;
  }

  /** Logits (N, C) of hidden states (N, H). */
  Tensor logits(Tensor x, Weights all, EncoderConfig c, boolean training) {
    boolean distilTagger = dense == null && c.architecture() == Architecture.DISTILBERT;
    Dropout dropout = new Dropout(distilTagger ? c.dropout() : c.headDropout(), training);
    if (dense != null) {
      String name = denseName(c.architecture());
      Tensor in = dropsInput ? dropout.of(x) : x;
      Tensor h = linear(in, all.get(name + ".weight"), all.get(name + ".bias")); // (N, H)
      x = tanh ? h.tanh() : h.relu();
    }
    return linear(dropout.of(x), all.get(output + ".weight"), all.get(output + ".bias")); // (N, C)
  }
}
