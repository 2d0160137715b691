package io.github.deepcut.model.transformer;

import io.github.deepcut.data.TextBatch;
import org.bytedeco.pytorch.Tensor;

/** An encoder's parts over its weights: embeddings of width E, then layers of width H. */
interface Parts {
  /** The name of the word table. */
  default String words() {
    return "embeddings.word_embeddings";
  }

  /** What the first layer sees (R, H) of tokens with these word embeddings (R, E). */
  Tensor embed(Tensor words, TextBatch batch, boolean training);

  /** A layer of all tokens, (R, H) to (R, H). */
  Tensor layer(int number, Tensor x, TextBatch batch, boolean training);

  /** A layer's output for the items alone (N, H), from all tokens (R, H). */
  default Tensor items(int number, Tensor x, TextBatch batch, boolean training) {
    return layer(number, x, batch, training).index_select(0, batch.items());
  }

  /** What comes after the last layer, of any tokens (N, H). */
  default Tensor last(Tensor x) {
    return x;
  }
}
