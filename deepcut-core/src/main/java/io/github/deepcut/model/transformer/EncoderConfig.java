package io.github.deepcut.model.transformer;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.deepcut.model.Fields;
import io.github.deepcut.run.InputException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * The numbers of {@code config.json} that shape an encoder.
 *
 * @param family which may hold numbers of its own
 * @param embedding width E of the embeddings; H but in families that project them
 * @param hidden width H
 * @param intermediate width of the feed-forward layer
 * @param positions rows of the position table
 * @param typeVocabulary rows of the segment table; 0 where there is none
 * @param activation of the feed-forward network
 * @param headDropout dropout before the classifier
 */
public record EncoderConfig(
    Family family,
    int vocabulary,
    int embedding,
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
  private static final List<String> NOT_COMPUTED = List.of("pruned_heads", "adapters");

  /** How each family reads its configuration, by {@code model_type}. */
  private static final Map<String, Function<JsonNode, EncoderConfig>> FAMILIES =
      new LinkedHashMap<>();

  static {
    FAMILIES.put("bert", Bert::config);
    FAMILIES.put("roberta", Roberta::roberta);
    FAMILIES.put("distilbert", DistilBert::config);
    FAMILIES.put("xlm-roberta", Roberta::xlm);
    FAMILIES.put("camembert", Roberta::camembert);
    FAMILIES.put("electra", Electra::config);
    FAMILIES.put("mpnet", Mpnet::config);
    FAMILIES.put("albert", Albert::config);
    FAMILIES.put("deberta-v2", DebertaV2::config);
    FAMILIES.put("modernbert", ModernBert::config);
  }

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
  }

  /**
   * Reads it under the names of each family, with the defaults of the family.
   *
   * @throws InputException if a value is of the wrong kind, or asks for what is not computed here
   */
  public static EncoderConfig of(JsonNode c) {
    String type = c.path("model_type").asText("");
    Function<JsonNode, EncoderConfig> family = FAMILIES.get(type);
    if (family == null) {
      throw new InputException(
          "config.json: model_type '%s' is not supported; supported are %s"
              .formatted(type, String.join(", ", FAMILIES.keySet())));
    }
    requireComputed(c);
    return family.apply(c);
  }

  private static void requireComputed(JsonNode c) {
    String positions = Fields.text(c, "position_embedding_type", "absolute");
    if (!positions.equals("absolute")) {
      throw Fields.fail("position_embedding_type", c.get("position_embedding_type"), "absolute");
    }
    List.of("is_decoder", "add_cross_attention", "is_encoder_decoder")
        .forEach(key -> Fields.requireNot(c, key));
    Fields.requireOpenWeights(c);
    NOT_COMPUTED.forEach(key -> Fields.requireNone(c, key));
  }

  /** The padding id; {@code otherwise} where there is none. */
  static int padId(JsonNode c, int otherwise) {
    JsonNode pad = c.path("pad_token_id");
    if (pad.isMissingNode() || pad.isNull()) {
      return otherwise;
    }
    if (!pad.isInt()) {
      throw Fields.fail("pad_token_id", pad, "a whole number");
    }
    return pad.asInt();
  }

  /** The longest input that the position table allows, special tokens included. */
  public int maxTokens() {
    return positions - family.firstPosition(this);
  }

  /** The values under BERT's names, which most families have, with defaults that differ. */
  static final class Values {
    private final JsonNode c;
    private int vocabulary = 30522;
    private int embedding;
    private int hidden = 768;
    private int layers = 12;
    private int heads = 12;
    private int intermediate = 3072;
    private int types = -1;
    private int padId;
    private String activation = "gelu";
    private double epsilon = 1e-12;
    private double dropout = 0.1;
    private double attentionDropout = 0.1;
    private String headKey = "classifier_dropout";
    private double headDropout = -1;

    private Values(JsonNode c) {
      this.c = c;
    }

    /** With BERT's defaults. */
    static Values of(JsonNode c) {
      return new Values(c);
    }

    Values vocabulary(int otherwise) {
      vocabulary = otherwise;
      return this;
    }

    /** Not a default: E itself. */
    Values embedding(int width) {
      embedding = width;
      return this;
    }

    Values sizes(int hidden, int layers, int heads, int intermediate) {
      this.hidden = hidden;
      this.layers = layers;
      this.heads = heads;
      this.intermediate = intermediate;
      return this;
    }

    /** Not a default: how many segments there are. */
    Values types(int count) {
      types = count;
      return this;
    }

    Values padId(int otherwise) {
      padId = otherwise;
      return this;
    }

    Values activation(String otherwise) {
      activation = otherwise;
      return this;
    }

    Values epsilon(double otherwise) {
      epsilon = otherwise;
      return this;
    }

    Values dropouts(double otherwise, double ofAttention) {
      dropout = otherwise;
      attentionDropout = ofAttention;
      return this;
    }

    /** The key of the dropout before the classifier; below 0 it is the encoder's. */
    Values headDropout(String key, double otherwise) {
      headKey = key;
      headDropout = otherwise;
      return this;
    }

    EncoderConfig with(Family family) {
      double rate = Fields.rate(c, "hidden_dropout_prob", dropout);
      double otherwise = headDropout < 0 ? rate : headDropout;
      int width = Fields.size(c, "hidden_size", hidden);
      return new EncoderConfig(
          family,
          Fields.size(c, "vocab_size", vocabulary),
          embedding > 0 ? embedding : width,
          width,
          Fields.size(c, "num_hidden_layers", layers),
          Fields.size(c, "num_attention_heads", heads),
          Fields.size(c, "intermediate_size", intermediate),
          Fields.size(c, "max_position_embeddings", 512),
          types < 0 ? Fields.size(c, "type_vocab_size", 2) : types,
          EncoderConfig.padId(c, padId),
          Activation.of(c, "hidden_act", activation),
          Fields.number(c, "layer_norm_eps", epsilon, 0, 1),
          rate,
          Fields.rate(c, "attention_probs_dropout_prob", attentionDropout),
          c.hasNonNull(headKey) ? Fields.rate(c, headKey, otherwise) : otherwise,
          Fields.number(c, "initializer_range", 0.02, 0, 100));
    }
  }
}
