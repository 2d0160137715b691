package io.github.deepcut.model.transformer;

import io.github.deepcut.data.Sequence;
import io.github.deepcut.data.TextBatch;
import io.github.deepcut.run.InputException;
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
    this.encoder = new Transformer(config, weights);
    this.head = head(config);
  }

  /** Every parameter of encoder and head by full name, in checkpoint order, tied ones once. */
  public static List<Parameter> parameters(EncoderConfig config) {
    String prefix = config.family().prefix();
    List<Parameter> all = new ArrayList<>();
    config.family().parameters(config).forEach(p -> all.add(p.under(prefix)));
    all.addAll(head(config).parameters(config));
    return all;
  }

  private static LanguageHead head(EncoderConfig config) {
    return config
        .family()
        .languageHead()
        .orElseThrow(
            () ->
                new InputException(
                    "config.json: a model of type %s is not pretrained here; it can be fine-tuned"
                        .formatted(config.family().modelType())));
  }

  /** Whether a tensor of that full name belongs to a pre-training head of the family. */
  public static boolean isOfHead(Family family, String name) {
    return family.pretrainingHeads().stream().anyMatch(name::startsWith);
  }

  /** Packs rows where the weights are. */
  public TextBatch batch(List<Sequence> rows) {
    return TextBatch.of(rows).beside(weights.any());
  }

  /** Logits (N, V) of the batch's items; with {@code training}, dropout is on. */
  public Tensor logits(TextBatch batch, boolean training) {
    Tensor items = encoder.items(batch, training); // (N, H)
    return head.logits(items, weights, config, encoder.table());
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
