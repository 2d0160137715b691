package io.github.deepcut.model.transformer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.deepcut.model.Fields;
import io.github.deepcut.run.InputException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
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
    if (positions <= family.firstPosition(padId)) {
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
    return positions - family.firstPosition(padId);
  }

  /** The values under BERT's names, which most families have. */
  static final class Values {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final ObjectNode c;
    private final int padId;
    private OptionalInt embedding = OptionalInt.empty();
    private OptionalInt types = OptionalInt.empty();
    private String headKey = "classifier_dropout";
    private OptionalDouble headDropout = OptionalDouble.empty();

    private Values(JsonNode config, Map<String, ?> defaults) {
      c = config.deepCopy();
      defaults.forEach(
          (key, value) -> {
            if (!c.has(key)) {
              c.set(key, JSON.valueToTree(value));
            }
          });
      padId = (int) Optional.<Object>ofNullable(defaults.get("pad_token_id")).orElse(0);
    }

    /** With a family's defaults, by their keys; BERT's for the others. */
    static Values of(JsonNode c, Map<String, ?> defaults) {
      return new Values(c, defaults);
    }

    /** H. */
    int hidden() {
      return Fields.size(c, "hidden_size", 768);
    }

    /** E, where it may be another than H. */
    Values embedding(int width) {
      embedding = OptionalInt.of(width);
      return this;
    }

    /** How many segments there are, whatever is in their place. */
    Values types(int count) {
      types = OptionalInt.of(count);
      return this;
    }

    /** The key of the dropout before the classifier; it is the encoder's where it is silent. */
    Values headDropout(String key) {
      headKey = key;
      return this;
    }

    /** The same, with a default. */
    Values headDropout(String key, double otherwise) {
      headDropout = OptionalDouble.of(otherwise);
      return headDropout(key);
    }

    EncoderConfig with(Family family) {
      double rate = Fields.rate(c, "hidden_dropout_prob", 0.1);
      double otherwise = headDropout.orElse(rate);
      return new EncoderConfig(
          family,
          Fields.size(c, "vocab_size", 30522),
          embedding.orElse(hidden()),
          hidden(),
          Fields.size(c, "num_hidden_layers", 12),
          Fields.size(c, "num_attention_heads", 12),
          Fields.size(c, "intermediate_size", 3072),
          Fields.size(c, "max_position_embeddings", 512),
          types.orElseGet(() -> Fields.size(c, "type_vocab_size", 2)),
          EncoderConfig.padId(c, padId),
          Activation.of(c, "hidden_act", "gelu"),
          Fields.number(c, "layer_norm_eps", 1e-12, 0, 1),
          rate,
          Fields.rate(c, "attention_probs_dropout_prob", 0.1),
          c.hasNonNull(headKey) ? Fields.rate(c, headKey, otherwise) : otherwise,
          Fields.number(c, "initializer_range", 0.02, 0, 100));
    }
  }
}
