package io.github.deepcut.model.transformer;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.deepcut.model.Fields;
import io.github.deepcut.run.InputException;
import java.util.List;

/**
 * The numbers of {@code config.json} that shape an encoder.
 *
 * @param hidden width H
 * @param intermediate width of the feed-forward layer
 * @param positions rows of the position table
 * @param typeVocabulary rows of the segment table; 0 where there is none (DistilBERT)
 * @param activation of the feed-forward network
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
    Activation activation,
    double epsilon,
    double dropout,
    double attentionDropout,
    double headDropout,
    double initializerRange) {

  /**
   * What makes another function of the same tensors, or other tensors, and is not computed here.
   */
  private static final List<String> NOT_COMPUTED =
      List.of("auto_map", "quantization_config", "pruned_heads", "adapters");

  public EncoderConfig {
    if (hidden % heads != 0) {
      throw new InputException(
          "config.json: hidden size " + hidden + " is not a multiple of " + heads + " heads");
    }
    if (padId < 0 || padId >= vocabulary) {
      throw new InputException(
          "config.json: pad_token_id is %d, expected 0 to vocab_size - 1, which is %d"
              .formatted(padId, vocabulary - 1));
    }
    if (architecture == Architecture.ROBERTA && positions <= padId + 1) {
      throw new InputException(
          "config.json: max_position_embeddings is %d, expected more than pad_token_id + 1, %d"
              .formatted(positions, padId + 1));
    }
  }

  /**
   * Reads it under the names of each family, with the defaults of the family.
   *
   * @throws InputException if a value is of the wrong kind, or asks for what is not computed here
   */
  public static EncoderConfig of(JsonNode c) {
    Architecture a = Architecture.of(c);
    boolean distil = a == Architecture.DISTILBERT;
    requireComputed(c);
    double dropout = Fields.rate(c, distil ? "dropout" : "hidden_dropout_prob", 0.1);
    String headKey = distil ? "seq_classif_dropout" : "classifier_dropout";
    return new EncoderConfig(
        a,
        Fields.size(c, "vocab_size", a == Architecture.ROBERTA ? 50265 : 30522),
        size(c, distil ? "dim" : "hidden_size", "hidden_size", 768),
        size(c, distil ? "n_layers" : "num_hidden_layers", "num_hidden_layers", distil ? 6 : 12),
        size(c, distil ? "n_heads" : "num_attention_heads", "num_attention_heads", 12),
        Fields.size(c, distil ? "hidden_dim" : "intermediate_size", 3072),
        Fields.size(c, "max_position_embeddings", 512),
        distil ? 0 : Fields.size(c, "type_vocab_size", 2),
        padId(c, a),
        Activation.of(c, distil ? "activation" : "hidden_act"),
        // DistilBERT's is fixed, whatever its configuration says
        distil ? 1e-12 : Fields.number(c, "layer_norm_eps", 1e-12, 0, 1),
        dropout,
        Fields.rate(c, distil ? "attention_dropout" : "attention_probs_dropout_prob", 0.1),
        c.hasNonNull(headKey) ? Fields.rate(c, headKey, dropout) : distil ? 0.2 : dropout,
        Fields.number(c, "initializer_range", 0.02, 0, 100));
  }

  private static void requireComputed(JsonNode c) {
    String positions = Fields.text(c, "position_embedding_type", "absolute");
    if (!positions.equals("absolute")) {
      throw Fields.fail("position_embedding_type", c.get("position_embedding_type"), "absolute");
    }
    List.of("is_decoder", "add_cross_attention", "is_encoder_decoder")
        .forEach(key -> Fields.requireNot(c, key));
    NOT_COMPUTED.forEach(key -> Fields.requireNone(c, key));
  }

  /** Under the family's name, or the general one that transformers takes for the same. */
  private static int size(JsonNode c, String key, String general, int otherwise) {
    int found = Fields.size(c, key, Fields.size(c, general, otherwise));
    if (Fields.size(c, general, found) != found) {
      throw Fields.fail(general, c.get(general), found + ", as " + key + " has it");
    }
    return found;
  }

  /** RoBERTa counts positions from there, and cannot do without it. */
  private static int padId(JsonNode c, Architecture a) {
    JsonNode pad = c.path("pad_token_id");
    if (pad.isMissingNode() || (pad.isNull() && a != Architecture.ROBERTA)) {
      return a == Architecture.ROBERTA ? 1 : 0;
    }
    if (!pad.isInt()) {
      throw Fields.fail("pad_token_id", pad, "a whole number");
    }
    return pad.asInt();
  }

  /** Index of the first position used; RoBERTa counts from beyond its padding id. */
  int firstPosition() {
    return architecture == Architecture.ROBERTA ? padId + 1 : 0;
  }

  /** The longest input that the position table allows, special tokens included. */
  public int maxTokens() {
    return positions - firstPosition();
  }
}
