package io.github.deepcut.model.transformer;

/**
 * What a family calls the eight parts of a post-norm layer, without {@code .weight} and {@code
 * .bias}.
 *
 * @param layers what the number of a layer follows
 */
record LayerNames(
    String layers,
    String query,
    String key,
    String value,
    String attentionOutput,
    String attentionNorm,
    String up,
    String down,
    String outputNorm) {

  static final LayerNames BERT =
      new LayerNames(
          "encoder.layer.",
          "attention.self.query",
          "attention.self.key",
          "attention.self.value",
          "attention.output.dense",
          "attention.output.LayerNorm",
          "intermediate.dense",
          "output.dense",
          "output.LayerNorm");

  /** What the names of a layer's parts begin with. */
  String layer(int number) {
    return layers + number + ".";
  }
}
