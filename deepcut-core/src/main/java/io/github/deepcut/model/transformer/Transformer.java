package io.github.deepcut.model.transformer;

import static org.bytedeco.pytorch.global.torch.embedding;

import io.github.deepcut.data.TextBatch;
import io.github.deepcut.tensor.Local;
import io.github.deepcut.tensor.Weights;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * An encoder: embeddings, then layers, as its {@link Family} has them. It holds no weights; it
 * names them as the family's checkpoints do and reads them from {@link Weights}.
 */
public final class Transformer {
  private final EncoderConfig config;
  private final Weights weights;
  private final Parts parts;
  private final boolean averages;

  /** Over {@code weights} under their full names; they are not copied. An item is a token. */
  public Transformer(EncoderConfig config, Weights weights) {
    this(config, weights, false);
  }

  /** {@code averages}: an item is the mean of its row's tokens. */
  Transformer(EncoderConfig config, Weights weights, boolean averages) {
    this.averages = averages;
    this.config = config;
    this.weights = weights.under(config.family().prefix());
    this.parts = config.family().over(config, this.weights);
  }

  /** The last hidden state of each real token (R, H); with {@code training}, dropout is on. */
  public Tensor forward(TextBatch batch, boolean training) {
    Tensor embedded = Local.of(() -> parts.embed(words(batch), batch, training)); // (R, H)
    return parts.last(layers(0, config.layers(), embedded, batch, training));
  }

  /** The word embedding of each token (R, E): what the encoder starts from. */
  Tensor words(TextBatch batch) {
    return embedding(table(), batch.ids());
  }

  /** The word embeddings of all tokens (V, E). */
  Tensor table() {
    return weights.get(parts.words() + ".weight");
  }

  /**
   * The last hidden state of each item (N, H). The last layer computes of other tokens only what
   * the items look at, keys and values.
   */
  public Tensor items(TextBatch batch, boolean training) {
    return items(words(batch), batch, training);
  }

  /** The same for these word embeddings in place of the tokens' own. */
  Tensor items(Tensor words, TextBatch batch, boolean training) {
    Tensor embedded = Local.of(() -> parts.embed(words, batch, training)); // (R, H)
    return items(0, embedded, batch, training);
  }

  /** The hidden states (R, H) that the layer of that number sees; dropout is off. */
  Tensor below(int layer, TextBatch batch) {
    return layers(0, layer, Local.of(() -> parts.embed(words(batch), batch, false)), batch, false);
  }

  /** The last hidden state of each item (N, H), from what the layer of that number sees (R, H). */
  Tensor items(int layer, Tensor x, TextBatch batch, boolean training) {
    int last = config.layers() - 1;
    Tensor below = layers(layer, last, x, batch, training); // (R, H)
    if (averages) {
      return ofItems(parts.last(parts.layer(last, below, batch, training)), batch);
    }
    return parts.last(parts.items(last, below, batch, training));
  }

  /** The mean over the tokens of each row (B, H), of (R, H). */
  private static Tensor means(Tensor x, TextBatch batch) {
    Tensor row = batch.cells().floor_divide(new Scalar(batch.columns())); // (R)
    Tensor sums = torch.zeros(new long[] {batch.rows(), x.size(1)}, x.options());
    Tensor counts = torch.zeros(new long[] {batch.rows(), 1}, x.options());
    Tensor ones = torch.ones(new long[] {x.size(0), 1}, x.options());
    return sums.index_add(0, row, x).div(counts.index_add(0, row, ones));
  }

  /** The layers of some numbers, one after the other: (R, H) to (R, H). */
  private Tensor layers(int from, int to, Tensor x, TextBatch batch, boolean training) {
    for (int i = from; i < to; i++) {
      x = parts.layer(i, x, batch, training);
    }
    return x;
  }

  /** The hidden state of each item (N, H): of the embeddings, then of each layer. */
  List<Tensor> layers(TextBatch batch) {
    Tensor x = parts.embed(words(batch), batch, false); // (R, H)
    List<Tensor> all = new ArrayList<>(List.of(ofItems(x, batch)));
    for (int i = 0; i < config.layers(); i++) {
      x = parts.layer(i, x, batch, false);
      all.add(ofItems(i + 1 < config.layers() ? x : parts.last(x), batch));
    }
    return all;
  }

  private Tensor ofItems(Tensor x, TextBatch batch) {
    return averages ? means(x, batch) : x.index_select(0, batch.items());
  }
}
