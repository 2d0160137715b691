package io.github.deepcut.model.transformer;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.deepcut.data.Task;
import io.github.deepcut.model.Fields;
import io.github.deepcut.tensor.Weights;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.global.torch;

/**
 * ELECTRA (Clark et al. 2020, arXiv 2003.10555): BERT's layers over embeddings that may be narrower
 * and are then projected, and a head with GELU.
 */
public record Electra() implements Family {
  private static final String PROJECT = "embeddings_project";

  static EncoderConfig config(JsonNode c) {
    return EncoderConfig.Values.of(
            c, Map.of("hidden_size", 256, "num_attention_heads", 4, "intermediate_size", 1024))
        .embedding(Fields.size(c, "embedding_size", 128))
        .with(new Electra());
  }

  @Override
  public String modelType() {
    return "electra";
  }

  @Override
  public String className() {
    return "Electra";
  }

  @Override
  public String prefix() {
    return "electra.";
  }

  @Override
  public List<Parameter> parameters(EncoderConfig c) {
    List<Parameter> out = new ArrayList<>(Embeddings.parameters(c));
    if (c.embedding() != c.hidden()) {
      Parameter.addLinear(out, PROJECT, c.hidden(), c.embedding());
    }
    out.addAll(PostNorm.parameters(c, LayerNames.BERT));
    return out;
  }

  @Override
  public Head head(Task task, EncoderConfig c) {
    return task == Task.NER
        ? Head.linear(c.headDropout())
        : Roberta.head(torch::gelu, c.headDropout());
  }

  @Override
  public List<String> pretrainingHeads() {
    return List.of("discriminator_predictions.", "generator_predictions.", "generator_lm_head.");
  }

  @Override
  public String layers() {
    return LayerNames.BERT.layers();
  }

  @Override
  public Parts over(EncoderConfig c, Weights weights) {
    Embeddings embeddings = new Embeddings(c, weights);
    return new Bert.Layers(
        c.embedding() == c.hidden() ? embeddings : embeddings.projectedBy(PROJECT),
        new PostNorm(c, weights, LayerNames.BERT, Scores.Scaled.of(c)),
        LayerNames.BERT);
  }
}
