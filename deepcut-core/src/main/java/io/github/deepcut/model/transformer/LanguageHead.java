package io.github.deepcut.model.transformer;

import static org.bytedeco.pytorch.global.torch.layer_norm;
import static org.bytedeco.pytorch.global.torch.linear;

import io.github.deepcut.tensor.Weights;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;

/**
 * The head over a hidden state that says which token stands there, as each family's {@code
 * ForMaskedLM} builds it: a dense layer, an activation, a layer norm, and a decoder whose matrix is
 * that of the word embeddings.
 *
 * @param bias the decoder's, full name
 * @param prefix of all tensors of the family's pre-training heads, and of no others
 */
record LanguageHead(String dense, String norm, String bias, String prefix) {

  static LanguageHead of(Architecture architecture) {
    return switch (architecture) {
      case BERT ->
          new LanguageHead(
              "cls.predictions.transform.dense",
              "cls.predictions.transform.LayerNorm",
              "cls.predictions.bias",
              "cls.");
      case ROBERTA ->
          new LanguageHead("lm_head.dense", "lm_head.layer_norm", "lm_head.bias", "lm_head.");
      case DISTILBERT ->
          new LanguageHead("vocab_transform", "vocab_layer_norm", "vocab_projector.bias", "vocab_");
    };
  }

  /** Its parameters by full name; the decoder's matrix is the encoder's. */
  List<Parameter> parameters(EncoderConfig c) {
    List<Parameter> out = new ArrayList<>();
    Parameter.addLinear(out, dense, c.hidden(), c.hidden());
    Parameter.addNorm(out, norm, c.hidden());
    out.add(new Parameter(bias, c.vocabulary()));
    return out;
  }

  /** Logits (N, V) of hidden states (N, H); RoBERTa's activation is GELU whatever the encoder's. */
  Tensor logits(Tensor x, Weights all, EncoderConfig c, Transformer encoder) {
    Tensor h = linear(x, all.get(dense + ".weight"), all.get(dense + ".bias")); // (N, H)
    Tensor a = c.architecture() == Architecture.ROBERTA ? torch.gelu(h) : encoder.activate(h);
    Tensor normed =
        layer_norm(
            a,
            new long[] {c.hidden()},
            new TensorOptional(all.get(norm + ".weight")),
            new TensorOptional(all.get(norm + ".bias")),
            c.epsilon(),
            true);
    String words = c.architecture().modelType() + ".embeddings.word_embeddings.weight"; // (V, H)
    return linear(normed, all.get(words), all.get(bias)); // (N, V)
  }
}
