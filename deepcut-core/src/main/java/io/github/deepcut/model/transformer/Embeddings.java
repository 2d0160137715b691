package io.github.deepcut.model.transformer;

import static org.bytedeco.pytorch.global.torch.embedding;

import io.github.deepcut.data.Sequence;
import io.github.deepcut.data.TextBatch;
import io.github.deepcut.tensor.Tensors;
import io.github.deepcut.tensor.Weights;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Tensor;

/**
 * Words, positions and segments, added, normalised and dropped out, as BERT has them; E wide.
 *
 * @param positions whether there are any
 * @param passesPads whether tokens of the padding id that stand in a text have that id's position,
 *     and do not count (RoBERTa)
 * @param projection of all that to the layers' width; null for none
 */
record Embeddings(
    EncoderConfig config,
    Weights weights,
    boolean positions,
    boolean passesPads,
    String projection) {
  private static final String AT = "embeddings.";
  private static final String POSITIONS = AT + "position_embeddings.weight";

  /** As BERT has them. */
  Embeddings(EncoderConfig config, Weights weights) {
    this(config, weights, true, false, null);
  }

  /** Those of words and segments alone, unless {@code there}. */
  Embeddings positions(boolean there) {
    return new Embeddings(config, weights, there, passesPads, projection);
  }

  /** With positions that pass over padding ids. */
  Embeddings passingPads() {
    return new Embeddings(config, weights, positions, true, projection);
  }

  /** With a linear layer of that name behind them. */
  Embeddings projectedBy(String name) {
    return new Embeddings(config, weights, positions, passesPads, name);
  }

  /** The parameters, but for those of a projection. */
  static List<Parameter> parameters(EncoderConfig c) {
    return parameters(c, true, c.embedding());
  }

  /** The same with or without positions; {@code norm} wide is the norm. */
  static List<Parameter> parameters(EncoderConfig c, boolean positions, int norm) {
    List<Parameter> out = new ArrayList<>();
    out.add(new Parameter(AT + "word_embeddings.weight", c.vocabulary(), c.embedding()));
    if (positions) {
      out.add(new Parameter(POSITIONS, c.positions(), c.embedding()));
    }
    if (c.typeVocabulary() > 0) {
      out.add(
          new Parameter(AT + "token_type_embeddings.weight", c.typeVocabulary(), c.embedding()));
    }
    Parameter.addNorm(out, AT + "LayerNorm", norm);
    return out;
  }

  /** All of it, of word embeddings (R, E): (R, H). */
  Tensor of(Tensor words, TextBatch batch, boolean training) {
    Tensor x = normed(sum(words, batch), training); // (R, E)
    return projection == null ? x : Linear.of(weights, projection, x);
  }

  /** Words, positions and segments (R, E). */
  Tensor sum(Tensor words, TextBatch batch) {
    Tensor x = positions ? words.add(positions(batch)) : words;
    return config.typeVocabulary() > 0
        ? x.add(embedding(weights.get(AT + "token_type_embeddings.weight"), batch.types()))
        : x;
  }

  /** Normalised, and dropped out where the word table is trained. */
  Tensor normed(Tensor x, boolean training) {
    boolean drops = training && weights.get(AT + "word_embeddings.weight").requires_grad();
    Tensor normed = Linear.norm(weights, AT + "LayerNorm", x, config.epsilon());
    return new Dropout(config.dropout(), drops).of(normed);
  }

  /** The position embedding of each token (R, E). */
  private Tensor positions(TextBatch batch) {
    Tensor table = weights.get(POSITIONS);
    int pad = config.padId();
    boolean passes =
        passesPads
            && batch.sequences().stream()
                .anyMatch(row -> Arrays.stream(row.ids()).anyMatch(id -> id == pad));
    if (!passes) {
      int first = config.family().firstPosition(pad);
      Tensor used = table.narrow(0, first, batch.columns()); // (T, E)
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
}
