package io.github.deepcut.model.transformer;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.deepcut.run.InputException;
import java.util.Set;

/**
 * The numbers of {@code config.json} that shape an encoder.
 *
 * @param hidden width H
 * @param intermediate width of the feed-forward layer
 * @param positions rows of the position table
 * @param typeVocabulary rows of the segment table; 0 where there is none (DistilBERT)
 * @param activation {@code gelu}, {@code gelu_new}, {@code relu} or {@code silu}
 * @param headDropout dropout before the classifier
 */
public record EncoderConfig(
    Architecture architecture,
    int vocabulary,
    int hidden,
    int layers,
    int heads,
    int intermediate,
    int positions,
    int typeVocabulary,
    int padId,
    String activation,
    double epsilon,
    double dropout,
    double attentionDropout,
    double headDropout,
    double initializerRange) {

  private static final Set<String> ACTIVATIONS =
      Set.of("gelu", "gelu_new", "gelu_pytorch_tanh", "relu", "silu", "swish");

  public EncoderConfig {
    if (hidden % heads != 0) {
      throw new InputException(
          "config.json: hidden size " + hidden + " is not a multiple of " + heads + " heads");
    }
    if (!ACTIVATIONS.contains(activation)) {
      throw new InputException(
          "config.json: activation '" + activation + "' is not one of " + ACTIVATIONS);
    }
  }

  /** Reads it under the names of each family, with the defaults of the family. */
  public static EncoderConfig of(JsonNode c) {
    Architecture a = Architecture.of(c);
    boolean distil = a == Architecture.DISTILBERT;
    String positionType = c.path("position_embedding_type").asText("absolute");
    if (!positionType.equals("absolute")) {
      throw new InputException(
          "config.json: position_embedding_type '" + positionType + "' is not 'absolute'");
    }
    double dropout = rate(c, distil ? "dropout" : "hidden_dropout_prob", 0.1);
    String headKey = distil ? "seq_classif_dropout" : "classifier_dropout";
    return new EncoderConfig(
        a,
        size(c, "vocab_size", a == Architecture.ROBERTA ? 50265 : 30522),
        size(c, distil ? "dim" : "hidden_size", 768),
        size(c, distil ? "n_layers" : "num_hidden_layers", distil ? 6 : 12),
        size(c, distil ? "n_heads" : "num_attention_heads", 12),
        size(c, distil ? "hidden_dim" : "intermediate_size", 3072),
        size(c, "max_position_embeddings", 512),
        distil ? 0 : size(c, "type_vocab_size", 2),
        c.path("pad_token_id").asInt(a == Architecture.ROBERTA ? 1 : 0),
        c.path(distil ? "activation" : "hidden_act").asText("gelu"),
        c.path("layer_norm_eps").asDouble(1e-12),
        dropout,
        rate(c, distil ? "attention_dropout" : "attention_probs_dropout_prob", 0.1),
        c.path(headKey).isNumber() ? rate(c, headKey, dropout) : distil ? 0.2 : dropout,
        c.path("initializer_range").asDouble(0.02));
  }

  /** Index of the first position used; RoBERTa counts from beyond its padding id. */
  int firstPosition() {
    return architecture == Architecture.ROBERTA ? padId + 1 : 0;
  }

  /** The longest input that the position table allows, special tokens included. */
  public int maxTokens() {
    return positions - firstPosition();
  }

  private static int size(JsonNode c, String key, int otherwise) {
    JsonNode v = c.path(key);
    if (v.isMissingNode()) {
      return otherwise;
    }
    if (!v.isInt() || v.asInt() < 1) {
      throw new InputException(
          "config.json: " + key + " is " + v + ", expected a whole number > 0");
    }
    return v.asInt();
  }

  private static double rate(JsonNode c, String key, double otherwise) {
    double v = c.path(key).asDouble(otherwise);
    if (!(v >= 0 && v < 1)) {
      throw new InputException("config.json: " + key + " is " + v + ", expected 0 <= rate < 1");
    }
    return v;
  }
}
