package io.github.deepcut.model.transformer;

import static org.bytedeco.pytorch.global.torch.linear;

import io.github.deepcut.tensor.Weights;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.bytedeco.pytorch.Tensor;

/**
 * The head over a hidden state that says which token stands there, as each family's {@code
 * ForMaskedLM} builds it: a dense layer, an activation, a layer norm, and a decoder whose matrix is
 * that of the word embeddings.
 *
 * @param bias the decoder's, full name
 * @param activation where it is not the encoder's
 */
public record LanguageHead(
    String dense, String norm, String bias, Optional<UnaryOperator<Tensor>> activation) {

  /** Its parameters by full name; the decoder's matrix is the encoder's. */
  List<Parameter> parameters(EncoderConfig c) {
    List<Parameter> out = new ArrayList<>();
    Parameter.addLinear(out, dense, c.hidden(), c.hidden());
    Parameter.addNorm(out, norm, c.hidden());
    out.add(new Parameter(bias, c.vocabulary()));
    return out;
  }

  /** Logits (N, V) of hidden states (N, H), by the encoder's word table (V, H). */
  Tensor logits(Tensor x, Weights all, EncoderConfig c, Tensor table) {
    Tensor h = Linear.of(all, dense, x); // (N, H)
    Tensor a = activation.map(f -> f.apply(h)).orElseGet(() -> c.activation().of(h));
    return linear(Linear.norm(all, norm, a, c.epsilon()), table, all.get(bias)); // (N, V)
  }
}
