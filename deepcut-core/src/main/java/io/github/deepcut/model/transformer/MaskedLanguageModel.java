package io.github.deepcut.model.transformer;

import io.github.deepcut.data.Sequence;
import io.github.deepcut.data.TextBatch;
import io.github.deepcut.tensor.Weights;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/**
 * An encoder that guesses hidden tokens from those around them: the masked language model of BERT
 * (Devlin et al. 2018, arXiv 1810.04805), RoBERTa and DistilBERT. A batch's items are the tokens to
 * guess, and logits are computed for them alone.
 */
public final class MaskedLanguageModel {
  private final EncoderConfig config;
  private final Weights weights;
  private final Transformer encoder;
  private final LanguageHead head;

  /** Over {@code weights} under their full names; they are not copied. */
  public MaskedLanguageModel(EncoderConfig config, Weights weights) {
    this.config = config;
    this.weights = weights;
    this.encoder = new Transformer(config, weights.under(config.architecture().modelType() + "."));
    this.head = LanguageHead.of(config.architecture());
  }

  /** Every parameter of encoder and head by full name, in checkpoint order, tied ones once. */
  public static List<Parameter> parameters(EncoderConfig config) {
    String prefix = config.architecture().modelType() + ".";
    List<Parameter> all = new ArrayList<>();
    Parameter.ofEncoder(config).forEach(p -> all.add(new Parameter(prefix + p.name(), p.shape())));
    all.addAll(LanguageHead.of(config.architecture()).parameters(config));
    return all;
  }

  /** Whether a tensor of that full name belongs to a pre-training head of the family. */
  public static boolean isOfHead(Architecture architecture, String name) {
    return name.startsWith(LanguageHead.of(architecture).prefix());
  }

  /** Packs rows where the weights are. */
  public TextBatch batch(List<Sequence> rows) {
    return TextBatch.of(rows).beside(weights.any());
  }

  /** Logits (N, V) of the batch's items; with {@code training}, dropout is on. */
  public Tensor logits(TextBatch batch, boolean training) {
    Tensor items = encoder.items(batch, training); // (N, H)
    return head.logits(items, weights, config, encoder);
  }

  /** The parameters, owned by whoever made the model. */
  public Weights weights() {
    return weights;
  }

  /** The encoder's shape. */
  public EncoderConfig config() {
    return config;
  }
}
