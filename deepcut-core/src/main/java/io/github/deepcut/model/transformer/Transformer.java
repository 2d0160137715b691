package io.github.deepcut.model.transformer;

import static org.bytedeco.pytorch.global.torch.embedding;
import static org.bytedeco.pytorch.global.torch.layer_norm;
import static org.bytedeco.pytorch.global.torch.linear;

import io.github.deepcut.data.Sequence;
import io.github.deepcut.data.TextBatch;
import io.github.deepcut.model.transformer.Architecture.LayerNames;
import io.github.deepcut.tensor.Local;
import io.github.deepcut.tensor.Tensors;
import io.github.deepcut.tensor.Weights;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;

/**
 * The encoder that BERT (arXiv 1810.04805), RoBERTa (1907.11692) and DistilBERT (1910.01108) share:
 * embeddings, then post-norm layers of self-attention and a feed-forward network. It holds no
 * weights; it names them as the family's checkpoints do and reads them from {@link Weights}.
 */
public final class Transformer {
  private final EncoderConfig config;
  private final LayerNames names;
  private final Weights weights;
  private final Attention attention;

  public Transformer(EncoderConfig config, Weights weights) {
    this.config = config;
    this.names = config.architecture().layerNames();
    this.weights = weights;
    this.attention = new Attention(config, weights);
  }

  /** The last hidden state of each real token (R, H); with {@code training}, dropout is on. */
  public Tensor forward(TextBatch batch, boolean training) {
    Tensor embedded = Local.of(() -> embed(words(batch), batch, training)); // (R, H)
    return layers(0, config.layers(), embedded, batch, training);
  }

  /** The word embedding of each token (R, H): what the encoder starts from. */
  Tensor words(TextBatch batch) {
    return embedding(weights.get("embeddings.word_embeddings.weight"), batch.ids());
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
    Tensor embedded = Local.of(() -> embed(words, batch, training)); // (R, H)
    return items(0, embedded, batch, training);
  }

  /** The hidden states (R, H) that the layer of that number sees; dropout is off. */
  Tensor below(int layer, TextBatch batch) {
    return layers(0, layer, Local.of(() -> embed(words(batch), batch, false)), batch, false);
  }

  /** The last hidden state of each item (N, H), from what the layer of that number sees (R, H). */
  Tensor items(int layer, Tensor x, TextBatch batch, boolean training) {
    Tensor below = layers(layer, config.layers() - 1, x, batch, training); // (R, H)
    String base = config.architecture().layer(config.layers() - 1);
    Tensor context = Local.of(() -> attention.ofItems(base, below, batch, training)); // (N, H)
    return Local.of(
        () -> fed(base, below.index_select(0, batch.items()), context, training)); // (N, H)
  }

  /** The layers of some numbers, one after the other: (R, H) to (R, H). */
  private Tensor layers(int from, int to, Tensor x, TextBatch batch, boolean training) {
    for (int i = from; i < to; i++) {
      x = whole(i, x, batch, training);
    }
    return x;
  }

  /** A layer of all tokens, (R, H) to (R, H). */
  private Tensor whole(int layer, Tensor x, TextBatch batch, boolean training) {
    String base = config.architecture().layer(layer);
    boolean drops = training && moves(base + names.query());
    return Local.of(
        () -> {
          Tensor context = Local.of(() -> attention.ofAll(base, x, batch, drops));
          return fed(base, x, context, drops);
        });
  }

  /** Whether a layer is trained; in a frozen one dropout would be noise and no more. */
  private boolean moves(String name) {
    return weights.get(name + ".weight").requires_grad();
  }

  /** The hidden state of each real token (R, H): of the embeddings, then of each layer. */
  List<Tensor> layers(TextBatch batch) {
    List<Tensor> all = new ArrayList<>(List.of(embed(words(batch), batch, false)));
    for (int i = 0; i < config.layers(); i++) {
      all.add(whole(i, all.get(i), batch, false));
    }
    return all;
  }

  private Tensor embed(Tensor words, TextBatch batch, boolean training) {
    Tensor x = words.add(positions(batch)); // (R, H)
    if (config.typeVocabulary() > 0) {
      x = x.add(embedding(weights.get("embeddings.token_type_embeddings.weight"), batch.types()));
    }
    boolean drops = training && moves("embeddings.word_embeddings");
    return new Dropout(config.dropout(), drops).of(norm("embeddings.LayerNorm", x));
  }

  /**
   * The position embedding of each token (R, H). RoBERTa passes over tokens of its padding id that
   * stand in a text: they have that id's row and do not count.
   */
  private Tensor positions(TextBatch batch) {
    Tensor table = weights.get("embeddings.position_embeddings.weight");
    int pad = config.padId();
    boolean passes =
        config.architecture() == Architecture.ROBERTA
            && batch.sequences().stream()
                .anyMatch(row -> Arrays.stream(row.ids()).anyMatch(id -> id == pad));
    if (!passes) {
      Tensor used = table.narrow(0, config.firstPosition(), batch.columns()); // (T, H)
      return embedding(used, batch.positions());
    }
    IntStream.Builder rows = IntStream.builder();
    for (Sequence row : batch.sequences()) {
      int last = pad;
      for (int id : row.ids()) {
        rows.add(id == pad ? pad : ++last);
      }
    }
    Tensor all = Tensors.longs(rows.build().toArray()); // (R)
    return embedding(table, Tensors.beside(all, batch.positions()));
  }

  /** The rest of a layer, from its input and what attention gathered for it (both R, H). */
  private Tensor fed(String base, Tensor x, Tensor context, boolean training) {
    Dropout dropout = new Dropout(config.dropout(), training);
    Tensor a = dropout.zeroed(fc(base + names.attentionOutput(), context));
    x = norm(base + names.attentionNorm(), x.add(a, dropout.scale()));
    Tensor h = activate(fc(base + names.up(), x)); // (R, I)
    h = dropout.zeroed(fc(base + names.down(), h)); // (R, H)
    return norm(base + names.outputNorm(), x.add(h, dropout.scale()));
  }

  /** The activation of the feed-forward network and of language-model heads. */
  Tensor activate(Tensor x) {
    return config.activation().of(x);
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
