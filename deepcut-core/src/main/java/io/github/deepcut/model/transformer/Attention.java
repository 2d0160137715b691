package io.github.deepcut.model.transformer;

import static org.bytedeco.pytorch.global.torch.linear;

import io.github.deepcut.data.TextBatch;
import io.github.deepcut.tensor.Weights;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/** Self-attention, softmax(scores) V, by queries, keys and values of layers of their own. */
record Attention(EncoderConfig config, Weights weights, LayerNames names, Scores scores) {

  /** What each token gathers (R, H) from tokens (R, H) of its row, in the layer {@code base}. */
  Tensor ofAll(String base, Tensor x, TextBatch batch, boolean training) {
    List<String> three = List.of(names.query(), names.key(), names.value());
    TensorVector parts = heads(base, x, batch, three); // 3 of (B, h, T, d)
    Tensor seen = scores.of(base, parts.get(0), parts.get(1), batch); // (B, h, T, T)
    return Heads.packed(Heads.gathered(seen, parts.get(2), batch, dropout(training)), batch);
  }

  /** The same for the items alone (N, H): what else a row holds asks nothing, it is only asked. */
  Tensor ofItems(String base, Tensor x, TextBatch batch, boolean training) {
    if (!batch.oneItemEach() || scores.byPlace()) {
      return ofAll(base, x, batch, training).index_select(0, batch.items());
    }
    Tensor asking = x.index_select(0, batch.items()); // (B, H)
    int h = config.heads();
    Tensor q = projected(base, asking, List.of(names.query())).view(batch.rows(), h, 1, -1);
    TensorVector kv = heads(base, x, batch, List.of(names.key(), names.value()));
    Tensor seen = scores.of(base, q, kv.get(0), batch); // (B, h, 1, T)
    return Heads.gathered(seen, kv.get(1), batch, dropout(training)); // (B, H)
  }

  private Dropout dropout(boolean training) {
    return new Dropout(config.attentionDropout(), training);
  }

  private TensorVector heads(String base, Tensor x, TextBatch batch, List<String> parts) {
    Tensor all = projected(base, x, parts); // (R, n*H)
    return Heads.split(all, batch, parts.size(), config.heads()).unbind(0);
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
}
