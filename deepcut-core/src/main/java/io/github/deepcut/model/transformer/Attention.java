package io.github.deepcut.model.transformer;

import static org.bytedeco.pytorch.global.torch.linear;
import static org.bytedeco.pytorch.global.torch.matmul;

import io.github.deepcut.data.TextBatch;
import io.github.deepcut.tensor.Weights;
import java.util.List;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/**
 * Self-attention, softmax(QK'/sqrt(d)) V over h heads of width d = H/h. Tokens come packed and are
 * spread over a padded grid of B rows and T columns.
 */
record Attention(EncoderConfig config, Weights weights) {

  /** What each token gathers (R, H) from tokens (R, H) of its row, in the layer {@code base}. */
  Tensor ofAll(String base, Tensor x, TextBatch batch, boolean training) {
    var n = config.architecture().layerNames();
    Tensor qkv = heads(projected(base, x, List.of(n.query(), n.key(), n.value())), batch, 3);
    TensorVector parts = qkv.unbind(0); // 3 of (B, h, T, d)
    Tensor context = context(parts.get(0), parts.get(1), parts.get(2), batch, training);
    return batch.full() ? context : context.index_select(0, batch.cells()); // (R, H)
  }

  /** The same for the items alone (N, H): what else a row holds asks nothing, it is only asked. */
  Tensor ofItems(String base, Tensor x, TextBatch batch, boolean training) {
    if (!batch.oneItemEach()) {
      return ofAll(base, x, batch, training).index_select(0, batch.items());
    }
    var n = config.architecture().layerNames();
    Tensor asking = x.index_select(0, batch.items()); // (B, H)
    int h = config.heads();
    Tensor q = projected(base, asking, List.of(n.query())).view(batch.rows(), h, 1, -1);
    TensorVector kv = heads(projected(base, x, List.of(n.key(), n.value())), batch, 2).unbind(0);
    return context(q, kv.get(0), kv.get(1), batch, training); // (B, H)
  }

  /** From queries (B, h, Q, d), keys and values (B, h, T, d) to (B*Q, H). */
  private Tensor context(Tensor q, Tensor k, Tensor v, TextBatch batch, boolean training) {
    Dropout dropout = new Dropout(config.attentionDropout(), training);
    double scale = 1 / Math.sqrt((double) config.hidden() / config.heads());
    Tensor scores = matmul(q.mul(new Scalar(scale)), k.transpose(-1, -2)); // (B, h, Q, T)
    if (!batch.full()) {
      scores = scores.add(batch.mask().to(scores.scalar_type()));
    }
    Tensor p = dropout.zeroed(scores.softmax(-1));
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
    Tensor grid = batch.full() ? x : spread(x, batch);
    return grid.view(batch.rows(), batch.columns(), n, h, config.hidden() / h)
        .permute(2, 0, 3, 1, 4);
  }

  private static Tensor spread(Tensor x, TextBatch batch) {
    long cells = (long) batch.rows() * batch.columns();
    Tensor empty = torch.zeros(new long[] {cells, x.size(1)}, x.options());
    return empty.index_copy(0, batch.cells(), x); // (B*T, n*H)
  }
}
