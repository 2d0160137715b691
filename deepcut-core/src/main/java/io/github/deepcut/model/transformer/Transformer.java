package io.github.deepcut.model.transformer;

import static org.bytedeco.pytorch.global.torch.embedding;
import static org.bytedeco.pytorch.global.torch.layer_norm;
import static org.bytedeco.pytorch.global.torch.linear;
import static org.bytedeco.pytorch.global.torch.matmul;

import io.github.deepcut.data.Batch;
import io.github.deepcut.model.transformer.Architecture.LayerNames;
import io.github.deepcut.tensor.Weights;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.TensorVector;
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

  /** The hidden state of each real token (R, H): of the embeddings, then of each layer. */
  List<Tensor> layers(Batch batch) {
    List<Tensor> all = new ArrayList<>(List.of(embed(batch, false)));
    for (int i = 0; i < config.layers(); i++) {
      all.add(layer(config.architecture().layer(i), all.get(i), batch, false));
    }
    return all;
  }

  private Tensor embed(Batch batch, boolean training) {
    Tensor x = embedding(weights.get("embeddings.word_embeddings.weight"), batch.ids());
    Tensor positions = weights.get("embeddings.position_embeddings.weight");
    Tensor used = positions.narrow(0, config.firstPosition(), batch.columns()); // (T, H)
    x = x.add(embedding(used, batch.positions())); // (R, H)
    if (config.typeVocabulary() > 0) {
      x = x.add(embedding(weights.get("embeddings.token_type_embeddings.weight"), batch.types()));
    }
    return new Dropout(config.dropout(), training).of(norm("embeddings.LayerNorm", x));
  }

  private Tensor layer(String base, Tensor x, Batch batch, boolean training) {
    Dropout dropout = new Dropout(config.dropout(), training);
    Tensor context = attention(base, x, batch, training); // (R, H)
    Tensor a = dropout.zeroed(fc(base + names.attentionOutput(), context));
    x = norm(base + names.attentionNorm(), x.add(a, dropout.scale()));
    Tensor h = activate(fc(base + names.up(), x)); // (R, I)
    h = dropout.zeroed(fc(base + names.down(), h)); // (R, H)
    return norm(base + names.outputNorm(), x.add(h, dropout.scale()));
  }

  /** softmax(QK'/sqrt(d)) V over h heads of width d = H/h, on the padded grid. */
  private Tensor attention(String base, Tensor x, Batch batch, boolean training) {
    Dropout dropout = new Dropout(config.attentionDropout(), training);
    TensorVector qkv = heads(projected(base, x), batch).unbind(0); // 3 of (B, h, T, d)
    double scale = 1 / Math.sqrt((double) config.hidden() / config.heads());
    Tensor scores =
        matmul(qkv.get(0).mul(new Scalar(scale)), qkv.get(1).transpose(-1, -2)); // (B, h, T, T)
    if (!batch.full()) {
      scores = scores.add(batch.mask().to(scores.scalar_type()));
    }
    Tensor p = dropout.zeroed(scores.softmax(-1));
    Tensor context = matmul(p, qkv.get(2).mul(dropout.scale())).transpose(1, 2); // (B, T, h, d)
    Tensor grid = context.reshape(-1, config.hidden()); // (B*T, H)
    return batch.full() ? grid : grid.index_select(0, batch.cells()); // (R, H)
  }

  /** Queries, keys and values of tokens (R, H) by one product: (R, 3H). */
  private Tensor projected(String base, Tensor x) {
    TensorVector weight = new TensorVector();
    TensorVector bias = new TensorVector();
    for (String part : List.of(names.query(), names.key(), names.value())) {
      weight.push_back(weights.get(base + part + ".weight"));
      bias.push_back(weights.get(base + part + ".bias"));
    }
    return linear(x, torch.cat(weight), torch.cat(bias));
  }

  /** Tokens (R, 3H) to heads (3, B, h, T, d). */
  private Tensor heads(Tensor x, Batch batch) {
    int h = config.heads();
    Tensor grid = batch.full() ? x : spread(x, batch);
    return grid.view(batch.rows(), batch.columns(), 3, h, config.hidden() / h)
        .permute(2, 0, 3, 1, 4);
  }

  private static Tensor spread(Tensor x, Batch batch) {
    long cells = (long) batch.rows() * batch.columns();
    Tensor empty = torch.zeros(new long[] {cells, x.size(1)}, x.options());
    return empty.index_copy(0, batch.cells(), x); // (B*T, 3H)
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
