package io.github.deepcut.model.transformer;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.deepcut.data.Task;
import io.github.deepcut.model.Fields;
import io.github.deepcut.tensor.Weights;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bytedeco.pytorch.Tensor;

/** DistilBERT (Sanh et al. 2019, arXiv 1910.01108): BERT without segments, under other names. */
public record DistilBert() implements Family {
  private static final LayerNames NAMES =
      new LayerNames(
          "transformer.layer.",
          "attention.q_lin",
          "attention.k_lin",
          "attention.v_lin",
          "attention.out_lin",
          "sa_layer_norm",
          "ffn.lin1",
          "ffn.lin2",
          "output_layer_norm");

  static EncoderConfig config(JsonNode c) {
    double dropout = Fields.rate(c, "dropout", 0.1);
    return new EncoderConfig(
        new DistilBert(),
        Fields.size(c, "vocab_size", 30522),
        size(c, "dim", "hidden_size", 768),
        size(c, "dim", "hidden_size", 768),
        size(c, "n_layers", "num_hidden_layers", 6),
        size(c, "n_heads", "num_attention_heads", 12),
        Fields.size(c, "hidden_dim", 3072),
        Fields.size(c, "max_position_embeddings", 512),
        0,
        EncoderConfig.padId(c, 0),
        Activation.of(c, "activation", "gelu"),
        1e-12, // fixed, whatever its configuration says
        dropout,
        Fields.rate(c, "attention_dropout", 0.1),
        c.hasNonNull("seq_classif_dropout") ? Fields.rate(c, "seq_classif_dropout", 0.2) : 0.2,
        Fields.number(c, "initializer_range", 0.02, 0, 100));
  }

  /** Under the family's name, or the general one that transformers takes for the same. */
  private static int size(JsonNode c, String key, String general, int otherwise) {
    int found = Fields.size(c, key, Fields.size(c, general, otherwise));
    if (Fields.size(c, general, found) != found) {
      throw Fields.fail(general, c.get(general), found + ", as " + key + " has it");
    }
    return found;
  }

  @Override
  public String modelType() {
    return "distilbert";
  }

  @Override
  public String className() {
    return "DistilBert";
  }

  @Override
  public String prefix() {
    return "distilbert.";
  }

  @Override
  public List<Parameter> parameters(EncoderConfig c) {
    List<Parameter> out = new ArrayList<>(Embeddings.parameters(c));
    out.addAll(PostNorm.parameters(c, NAMES));
    return out;
  }

  @Override
  public Head head(Task task, EncoderConfig c) {
    return task == Task.NER
        ? Head.linear(c.dropout())
        : Head.of("pre_classifier", Tensor::relu, c.headDropout());
  }

  @Override
  public Optional<LanguageHead> languageHead() {
    return Optional.of(
        new LanguageHead(
            "vocab_transform", "vocab_layer_norm", "vocab_projector.bias", Optional.empty()));
  }

  @Override
  public List<String> pretrainingHeads() {
    return List.of("vocab_");
  }

  @Override
  public String layerSetsKey() {
    return "n_layers";
  }

  @Override
  public String layers() {
    return NAMES.layers();
  }

  @Override
  public Parts over(EncoderConfig c, Weights weights) {
    return new Bert.Layers(
        new Embeddings(c, weights), new PostNorm(c, weights, NAMES, Scores.Scaled.of(c)), NAMES);
  }
}
