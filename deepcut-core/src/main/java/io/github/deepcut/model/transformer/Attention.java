package io.github.deepcut.model.transformer;

import static org.bytedeco.pytorch.global.torch.linear;
import static org.bytedeco.pytorch.global.torch.matmul;

import io.github.deepcut.data.TextBatch;
import io.github.deepcut.tensor.Weights;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/**
 * Self-attention, softmax(scores) V over h heads of width d = H/h. Tokens come packed and are
 * spread over a padded grid of B rows and T columns.
 */
record Attention(EncoderConfig config, Weights weights, LayerNames names, Scores scores) {

  /** What each token gathers (R, H) from tokens (R, H) of its row, in the layer {@code base}. */
  Tensor ofAll(String base, Tensor x, TextBatch batch, boolean training) {
    List<String> three = List.of(names.query(), names.key(), names.value());
    TensorVector parts = heads(projected(base, x, three), batch, 3).unbind(0); // 3 of (B, h, T, d)
    Tensor context = context(base, parts.get(0), parts.get(1), parts.get(2), batch, training);
    return batch.full() ? context : context.index_select(0, batch.cells()); // (R, H)
  }

  /** The same for the items alone (N, H): what else a row holds asks nothing, it is only asked. */
  Tensor ofItems(String base, Tensor x, TextBatch batch, boolean training) {
    if (!batch.oneItemEach() || scores.byPlace()) {
      return ofAll(base, x, batch, training).index_select(0, batch.items());
    }
    Tensor asking = x.index_select(0, batch.items()); // (B, H)
    int h = config.heads();
    Tensor q = projected(base, asking, List.of(names.query())).view(batch.rows(), h, 1, -1);
    TensorVector kv =
        heads(projected(base, x, List.of(names.key(), names.value())), batch, 2).unbind(0);
    return context(base, q, kv.get(0), kv.get(1), batch, training); // (B, H)
  }

  /** From queries (B, h, Q, d), keys and values (B, h, T, d) to (B*Q, H). */
  private Tensor context(
      String base, Tensor q, Tensor k, Tensor v, TextBatch batch, boolean training) {
    Dropout dropout = new Dropout(config.attentionDropout(), training);
    Tensor seen = scores.of(base, q, k, batch); // (B, h, Q, T)
    if (!batch.full()) {
      seen = seen.add(batch.mask().to(seen.scalar_type()));
    }
    Tensor p = dropout.zeroed(seen.softmax(-1));
    Tensor context = matmul(p, v.mul(dropout.scale())).transpose(1, 2); // (B, Q, h, d)
    return context.reshape(-1, config.hidden());
  }

  /** Some of queries, keys and values of tokens (R, H), n of them, by one product: (R, n*H). */
  private Tensor projected(String base, Tensor x, List<String> parts) {
    TensorVector weight = new TensorVector();
    TensorVector bias = new TensorVector();
    for (String part : parts) {
      weight.push_back(weights.get(base + part + ".weight"));
      bias.push_back(weights.get(base + part + ".bias"));
    }
    return linear(x, torch.cat(weight), torch.cat(bias));
  }

  /** Tokens (R, n*H) to heads (n, B, h, T, d). */
  private Tensor heads(Tensor x, TextBatch batch, int n) {
    int h = config.heads();
    return Grid.spread(x, batch)
        .view(batch.rows(), batch.columns(), n, h, config.hidden() / h)
        .permute(2, 0, 3, 1, 4);
  }
}
