package io.github.deepcut.model.transformer;

import io.github.deepcut.tensor.Weights;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.bytedeco.pytorch.Tensor;

/**
 * The classifier over an item's hidden state, as each family's {@code ForSequenceClassification}
 * and {@code ForTokenClassification} builds it. Names are full ones.
 *
 * @param dense a hidden layer before the output
 * @param dropout before the output
 * @param output the output layer
 */
record Head(Optional<Dense> dense, double dropout, String output) {

  /** A hidden layer, H to H wide. */
  interface Dense {
    /** Its parameters by full name. */
    List<Parameter> parameters(int width);

    /** Of hidden states (N, H). */
    Tensor of(Tensor x, Weights all, boolean training);

    /** Dropout, a linear layer, an activation. */
    static Dense of(String name, UnaryOperator<Tensor> activation, double dropout) {
      return new Dense() {
        @Override
        public List<Parameter> parameters(int width) {
          List<Parameter> out = new ArrayList<>();
          Parameter.addLinear(out, name, width, width);
          return out;
        }

        @Override
        public Tensor of(Tensor x, Weights all, boolean training) {
          Tensor in = new Dropout(dropout, training).of(x);
          return activation.apply(Linear.of(all, name, in));
        }
      };
    }
  }

  /** An output layer alone. */
  static Head linear(double dropout) {
    return new Head(Optional.empty(), dropout, "classifier");
  }

  /** A hidden layer, dropout, an output layer. */
  static Head of(String dense, UnaryOperator<Tensor> activation, double dropout) {
    return new Head(Optional.of(Dense.of(dense, activation, 0)), dropout, "classifier");
  }

  /** Its parameters by full name. */
  List<Parameter> parameters(EncoderConfig c, int classes) {
    List<Parameter> out = new ArrayList<>();
    dense.ifPresent(d -> out.addAll(d.parameters(c.hidden())));
    Parameter.addLinear(out, output, classes, c.hidden());
    return out;
  }

  /** Logits (N, C) of hidden states (N, H). */
  Tensor logits(Tensor x, Weights all, boolean training) {
    Tensor h = dense.map(d -> d.of(x, all, training)).orElse(x); // (N, H)
    return Linear.of(all, output, new Dropout(dropout, training).of(h)); // (N, C)
  }
}
