package io.github.deepcut.model.transformer;

import static org.bytedeco.pytorch.global.torch.dropout;
import static org.bytedeco.pytorch.global.torch.embedding;
import static org.bytedeco.pytorch.global.torch.layer_norm;
import static org.bytedeco.pytorch.global.torch.linear;
import static org.bytedeco.pytorch.global.torch.matmul;

import io.github.deepcut.data.Batch;
import io.github.deepcut.model.transformer.Architecture.LayerNames;
import io.github.deepcut.tensor.Weights;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;

/**
 * The encoder that BERT (arXiv 1810.04805), RoBERTa (1907.11692) and DistilBERT (1910.01108) share:
 * embeddings, then post-norm layers of self-attention and a feed-forward network. It holds no
 * weights; it names them as the family's checkpoints do and reads them from {@link Weights}.
 */
public final class Transformer {
  private final EncoderConfig config;
  private final LayerNames names;
  private final Weights weights;

  public Transformer(EncoderConfig config, Weights weights) {
    this.config = config;
    this.names = config.architecture().layerNames();
    this.weights = weights;
  }

  /** The last hidden state of each real token (R, H); with {@code training}, dropout is on. */
  public Tensor forward(Batch batch, boolean training) {
    Tensor x = embed(batch, training); // (R, H)
    for (int i = 0; i < config.layers(); i++) {
      x = layer(config.architecture().layer(i), x, batch, training);
    }
    return x;
  }

  private Tensor embed(Batch batch, boolean training) {
    Tensor x = embedding(weights.get("embeddings.word_embeddings.weight"), batch.ids());
    Tensor positions = weights.get("embeddings.position_embeddings.weight");
    Tensor used = positions.narrow(0, config.firstPosition(), batch.columns()); // (T, H)
    x = x.add(embedding(used, batch.positions())); // (R, H)
    if (config.typeVocabulary() > 0) {
      x = x.add(embedding(weights.get("embeddings.token_type_embeddings.weight"), batch.types()));
    }
    return dropout(norm("embeddings.LayerNorm", x), config.dropout(), training);
  }

  private Tensor layer(String base, Tensor x, Batch batch, boolean training) {
    Tensor context = attention(base, x, batch, training); // (R, H)
    Tensor a = dropout(fc(base + names.attentionOutput(), context), config.dropout(), training);
    x = norm(base + names.attentionNorm(), a.add(x));
    Tensor h = activate(fc(base + names.up(), x)); // (R, I)
    h = dropout(fc(base + names.down(), h), config.dropout(), training); // (R, H)
    return norm(base + names.outputNorm(), h.add(x));
  }

  /** softmax(QK'/sqrt(d)) V over h heads of width d = H/h, on the padded grid. */
  private Tensor attention(String base, Tensor x, Batch batch, boolean training) {
    Tensor q = heads(fc(base + names.query(), x), batch); // (B, h, T, d)
    Tensor k = heads(fc(base + names.key(), x), batch);
    Tensor v = heads(fc(base + names.value(), x), batch);
    double scale = 1 / Math.sqrt((double) config.hidden() / config.heads());
    Tensor scores = matmul(q.mul(new Scalar(scale)), k.transpose(-1, -2)); // (B, h, T, T)
    Tensor p = dropout(scores.add(batch.mask()).softmax(-1), config.attentionDropout(), training);
    Tensor context = matmul(p, v).transpose(1, 2).reshape(-1, config.hidden()); // (B*T, H)
    return context.index_select(0, batch.cells()); // (R, H)
  }

  /** Tokens (R, H) to heads (B, h, T, d). */
  private Tensor heads(Tensor x, Batch batch) {
    int h = config.heads();
    long cells = (long) batch.rows() * batch.columns();
    Tensor grid = x.size(0) == cells ? x : spread(x, batch, cells);
    return grid.view(batch.rows(), batch.columns(), h, config.hidden() / h).transpose(1, 2);
  }

  private static Tensor spread(Tensor x, Batch batch, long cells) {
    Tensor empty = torch.zeros(new long[] {cells, x.size(1)}, x.options());
    return empty.index_copy(0, batch.cells(), x); // (B*T, H)
  }

  /** The activation of the feed-forward network and of language-model heads. */
  Tensor activate(Tensor x) {
    return switch (config.activation()) {
      case "relu" -> x.relu();
      case "silu", "swish" -> torch.silu(x);
      case "gelu" -> torch.gelu(x);
      default -> torch.gelu(x, "tanh");
    };
  }

  private Tensor fc(String name, Tensor x) {
    return linear(x, weights.get(name + ".weight"), weights.get(name + ".bias"));
  }

  private Tensor norm(String name, Tensor x) {
    return layer_norm(
        x,
        new long[] {config.hidden()},
        new TensorOptional(weights.get(name + ".weight")),
        new TensorOptional(weights.get(name + ".bias")),
        config.epsilon(),
        true);
  }
}
