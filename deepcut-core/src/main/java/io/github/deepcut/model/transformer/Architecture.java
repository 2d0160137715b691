package io.github.deepcut.model.transformer;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.deepcut.run.InputException;
import java.util.Arrays;
import java.util.List;

/** The encoder families that can be read, and where each keeps its weights. */
public enum Architecture {
  BERT("bert", "Bert", "encoder.layer.", BertNames.LAYER),
  ROBERTA("roberta", "Roberta", "encoder.layer.", BertNames.LAYER),
  DISTILBERT("distilbert", "DistilBert", "transformer.layer.", DistilBertNames.LAYER);

  /** The eight parts of a layer, without {@code .weight} and {@code .bias}. */
  record LayerNames(
      String query,
      String key,
      String value,
      String attentionOutput,
      String attentionNorm,
      String up,
      String down,
      String outputNorm) {

    List<String> norms() {
      return List.of(attentionNorm, outputNorm);
    }
  }

  private final String modelType;
  private final String className;
  private final String layers;
  private final LayerNames layer;

  Architecture(String modelType, String className, String layers, LayerNames layer) {
    this.modelType = modelType;
    this.className = className;
    this.layers = layers;
    this.layer = layer;
  }

  /** From {@code model_type} of a {@code config.json}. */
  public static Architecture of(JsonNode config) {
    String type = config.path("model_type").asText("");
    return Arrays.stream(values())
        .filter(a -> a.modelType.equals(type))
        .findFirst()
        .orElseThrow(
            () ->
                new InputException(
                    "config.json: model_type '"
                        + type
                        + "' is not supported; supported are bert, roberta, distilbert"));
  }

  /** {@code model_type} in {@code config.json}; also the prefix of the encoder's tensor names. */
  public String modelType() {
    return modelType;
  }

  /** Start of the class names in {@code architectures} of {@code config.json}. */
  public String className() {
    return className;
  }

  String layer(int i) {
    return layers + i + ".";
  }

  LayerNames layerNames() {
    return layer;
  }

  private static final class BertNames {
    static final LayerNames LAYER =
        new LayerNames(
            "attention.self.query",
            "attention.self.key",
            "attention.self.value",
            "attention.output.dense",
            "attention.output.LayerNorm",
            "intermediate.dense",
            "output.dense",
            "output.LayerNorm");
  }

  private static final class DistilBertNames {
    static final LayerNames LAYER =
        new LayerNames(
            "attention.q_lin",
            "attention.k_lin",
            "attention.v_lin",
            "attention.out_lin",
            "sa_layer_norm",
            "ffn.lin1",
            "ffn.lin2",
            "output_layer_norm");
  }
}
