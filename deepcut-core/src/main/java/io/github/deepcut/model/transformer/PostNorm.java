package io.github.deepcut.model.transformer;

import io.github.deepcut.data.TextBatch;
import io.github.deepcut.tensor.Local;
import io.github.deepcut.tensor.Weights;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/** Layers of self-attention and a feed-forward network, each normalised after its residual sum. */
final class PostNorm {
  private final EncoderConfig config;
  private final Weights weights;
  private final LayerNames names;
  private final Attention attention;

  PostNorm(EncoderConfig config, Weights weights, LayerNames names, Scores scores) {
    this.config = config;
    this.weights = weights;
    this.names = names;
    this.attention = new Attention(config, weights, names, scores);
  }

  /** The parameters of the layer whose names begin with {@code base}. */
  static List<Parameter> parameters(EncoderConfig c, LayerNames names, String base) {
    List<Parameter> out = new ArrayList<>();
    Parameter.addLinear(out, base + names.query(), c.hidden(), c.hidden());
    Parameter.addLinear(out, base + names.key(), c.hidden(), c.hidden());
    Parameter.addLinear(out, base + names.value(), c.hidden(), c.hidden());
    Parameter.addLinear(out, base + names.attentionOutput(), c.hidden(), c.hidden());
    Parameter.addNorm(out, base + names.attentionNorm(), c.hidden());
    Parameter.addLinear(out, base + names.up(), c.intermediate(), c.hidden());
    Parameter.addLinear(out, base + names.down(), c.hidden(), c.intermediate());
    Parameter.addNorm(out, base + names.outputNorm(), c.hidden());
    return out;
  }

  /** All layers' parameters. */
  static List<Parameter> parameters(EncoderConfig c, LayerNames names) {
    List<Parameter> out = new ArrayList<>();
    for (int i = 0; i < c.layers(); i++) {
      out.addAll(parameters(c, names, names.layer(i)));
    }
    return out;
  }

  /**
   * A layer of all tokens, (R, H) to (R, H); in a frozen one dropout would be noise and no more.
   */
  Tensor layer(String base, Tensor x, TextBatch batch, boolean training) {
    boolean drops = training && weights.get(base + names.query() + ".weight").requires_grad();
    return Local.of(
        () -> {
          Tensor context = Local.of(() -> attention.ofAll(base, x, batch, drops));
          return fed(base, x, context, drops);
        });
  }

  /** Its output for the items alone (N, H); of other tokens it computes keys and values. */
  Tensor items(String base, Tensor x, TextBatch batch, boolean training) {
    Tensor context = Local.of(() -> attention.ofItems(base, x, batch, training)); // (N, H)
    return Local.of(() -> fed(base, x.index_select(0, batch.items()), context, training)); // (N, H)
  }

  /** The rest of a layer, from its input and what attention gathered for it (both R, H). */
  private Tensor fed(String base, Tensor x, Tensor context, boolean training) {
    Dropout dropout = new Dropout(config.dropout(), training);
    Tensor a = dropout.zeroed(Linear.of(weights, base + names.attentionOutput(), context));
    x = norm(base + names.attentionNorm(), x.add(a, dropout.scale()));
    Tensor h = config.activation().of(Linear.of(weights, base + names.up(), x)); // (R, I)
    h = dropout.zeroed(Linear.of(weights, base + names.down(), h)); // (R, H)
    return norm(base + names.outputNorm(), x.add(h, dropout.scale()));
  }

  private Tensor norm(String name, Tensor x) {
    return Linear.norm(weights, name, x, config.epsilon());
  }
}
